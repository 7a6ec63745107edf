import type { OdooVersion } from '../options.ts';

export interface SeedGroup { readonly name: string; readonly externalId: string; readonly implies: readonly number[] }

/** Groups in the order of their ids; `implies` are ids of this list. */
export function seedGroups(version: OdooVersion, helpdesk: 'enterprise' | 'oca' | null): readonly SeedGroup[] {
  const renamed = version >= 19;
  return [
    { name: renamed ? 'Role / User' : 'Internal User', externalId: 'base.group_user', implies: [6] },
    { name: 'Access Rights', externalId: 'base.group_erp_manager', implies: [] },
    { name: 'Settings', externalId: 'base.group_system', implies: [2] },
    { name: 'Multi Companies', externalId: 'base.group_multi_company', implies: [] },
    { name: 'Multi Currencies', externalId: 'base.group_multi_currency', implies: [] },
    { name: 'Technical Features', externalId: 'base.group_no_one', implies: [] },
    { name: 'Access to export feature', externalId: 'base.group_allow_export', implies: [] },
    { name: renamed ? 'Contact/Creation' : 'Contact Creation', externalId: 'base.group_partner_manager', implies: [] },
    { name: 'Portal', externalId: 'base.group_portal', implies: [] },
    { name: 'Public', externalId: 'base.group_public', implies: [] },
    { name: 'User: Own Documents Only', externalId: 'sales_team.group_sale_salesman', implies: [1] },
    { name: 'User: All Documents', externalId: 'sales_team.group_sale_salesman_all_leads', implies: [11] },
    { name: 'Administrator', externalId: 'sales_team.group_sale_manager', implies: [12] },
    { name: 'Show Lead Menu', externalId: 'crm.group_use_lead', implies: [] },
    ...(helpdesk === null ? [] : [
      { name: 'User', externalId: `${helpdesk === 'oca' ? 'helpdesk_mgmt' : 'helpdesk'}.group_helpdesk_user`, implies: [1] },
      { name: 'Helpdesk Manager', externalId: `${helpdesk === 'oca' ? 'helpdesk_mgmt' : 'helpdesk'}.group_helpdesk_manager`, implies: [15] },
    ]),
  ];
}

/** Ids of the groups each role holds directly; those of a help desk exist only where there is one. */
export const ROLE_GROUPS = {
  'admin': [1, 2, 3, 7, 8, 13, 16],
  'sales-manager': [1, 13],
  'sales-user': [1, 11],
  'helpdesk-user': [1, 15],
  'internal': [1],
} as const;
