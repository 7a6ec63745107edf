import type { Connector } from '../../connector/connector.ts';
import { openIntercomDestination } from './destination.ts';
import { intercomSettingDescriptions, intercomSettingsSchema, type IntercomSettings } from './settings.ts';

/** An Intercom workspace as a destination. */
export const intercomConnector: Connector = {
  platform: 'intercom',
  label: 'Intercom',
  settings: intercomSettingDescriptions,
  settingsSchema: intercomSettingsSchema,
  openDestination: (settings, context) => openIntercomDestination(settings as IntercomSettings, context),
};
