import type { Connector } from '../../connector/connector.ts';
import { customerioSettingDescriptions, customerioSettingsSchema, type CustomerioSettings } from './settings.ts';
import { openCustomerioSource } from './source.ts';

/** What may go out at once besides the steady rate: with it, no second has more than the workspace's 10. */
const callsOfTheWorkspace = 10;

/** A Customer.io workspace as a source. */
export const customerioConnector: Connector = {
  platform: 'customerio',
  label: 'Customer.io',
  settings: customerioSettingDescriptions,
  settingsSchema: customerioSettingsSchema,
  rates: (settings) => {
    const { callsPerSecond } = settings as CustomerioSettings;
    return { calls: { perSecond: callsPerSecond, burst: Math.max(1, Math.floor(callsOfTheWorkspace - callsPerSecond)) } };
  },
  openSource: (settings, context) => openCustomerioSource(settings as CustomerioSettings, context),
};
