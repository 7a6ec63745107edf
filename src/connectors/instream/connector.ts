import type { Connector } from '../../connector/connector.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import { settingDescriptions, settingsSchema } from './settings.ts';
import { openInstreamSource } from './source-connection.ts';

/** InStream as a source: reads an export bundle, a folder or a zip. There is no documented API to read from. */
export const instreamConnector: Connector = {
  platform: 'instream',
  label: 'InStream',
  settings: settingDescriptions,
  settingsSchema,
  openSource: async (settings, context) => {
    const parsed = settingsSchema.safeParse(settings);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new ConfigurationError({ code: 'bad-setting', message: `InStream setting ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`, remedy: 'Correct the setting with `portolan connect <project> source --set name=value`.' });
    }
    return openInstreamSource(parsed.data, context);
  },
};
