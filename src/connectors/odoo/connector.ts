import type { Connector } from '../../connector/connector.ts';
import { openOdooDestination } from './destination.ts';
import { odooSettingDescriptions, odooSettingsSchema, type OdooSettings } from './settings.ts';

/** Odoo 14 to 19, Community and Enterprise, as a destination. */
export const odooConnector: Connector = {
  platform: 'odoo',
  label: 'Odoo',
  settings: odooSettingDescriptions,
  settingsSchema: odooSettingsSchema,
  openDestination: (settings, context) => openOdooDestination(settings as OdooSettings, context),
};
