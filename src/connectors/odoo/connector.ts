import type { Connector } from '../../connector/connector.ts';
import { openOdooDestination } from './destination.ts';
import { openHelpDeskSource } from './help-desk/source.ts';
import { recordAddress } from './record-address.ts';
import { odooSettingDescriptions, odooSettingsSchema, settleMs, type OdooSettings } from './settings.ts';

/** Odoo 14 to 19, Community and Enterprise: as a destination, and its help desk as a source. */
export const odooConnector: Connector = {
  platform: 'odoo',
  label: 'Odoo',
  settings: odooSettingDescriptions,
  settingsSchema: odooSettingsSchema,
  schemaSettleMs: (settings) => settleMs(settings as OdooSettings),
  recordAddress: (settings, record) => recordAddress(settings as OdooSettings, record),
  openSource: (settings, context) => openHelpDeskSource(settings as OdooSettings, context),
  openDestination: (settings, context) => openOdooDestination(settings as OdooSettings, context),
};
