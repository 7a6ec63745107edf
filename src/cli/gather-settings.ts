import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { Connector, SettingDescription } from '../connector/connector.ts';
import { ConfigurationError } from '../connector/errors.ts';
import type { StoredConnection } from '../engine/ports/projects.ts';
import type { SecretKeeper } from './secrets.ts';
import { closest } from './suggestion.ts';

export interface GatherParams {
  readonly connector: Connector;
  readonly options: Readonly<{ set?: readonly string[]; secretEnv?: readonly string[]; secretFile?: readonly string[] }>; // each name=value
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly secrets: SecretKeeper;
  readonly stored: StoredConnection | null; // settings not named now are kept
}

/**
 * Puts the settings of a command line over the stored ones, secrets apart.
 * @throws ConfigurationError for a name the connector does not know, a secret on the command line, a variable or file that is not there
 */
export async function gatherSettings(params: GatherParams): Promise<Readonly<{ settings: Record<string, string>; secrets: Record<string, string> }>> {
  const settings = { ...params.stored?.settings } as Record<string, string>;
  const secrets: Record<string, string> = { ...params.stored?.secrets };
  for (const [name, value] of split(params.options.set)) {
    const setting = described(params.connector, name);
    if (setting.secret && value !== '') {
      throw new ConfigurationError({ code: 'secret-on-command-line', message: `'${name}' is a secret: on the command line other users and the shell's history would see it`, remedy: `put it into a variable and give --secret-env ${name}=VARIABLE, or into a file and give --secret-file ${name}=path` });
    }
    delete secrets[name];
    if (value === '') delete settings[name];
    else settings[name] = absolutePath(setting, value, params.cwd);
  }
  for (const [name, variable] of split(params.options.secretEnv)) {
    described(params.connector, name);
    const value = params.env[variable];
    if (value === undefined || value === '') throw new ConfigurationError({ code: 'secret-not-found', message: `The environment variable '${variable}' for '${name}' is not set`, remedy: `export ${variable} before the command` });
    keep(name, value);
  }
  for (const [name, path] of split(params.options.secretFile)) {
    described(params.connector, name);
    const value = await readFile(resolve(params.cwd, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new ConfigurationError({ code: 'secret-not-found', message: `The file '${path}' for '${name}' cannot be read (${error.code ?? error.message})`, remedy: 'give the path of a readable file that holds nothing but the secret', cause: error });
    });
    const secret = value.replace(/\r?\n$/, '');
    if (secret === '') throw new ConfigurationError({ code: 'secret-not-found', message: `The file '${path}' for '${name}' is empty`, remedy: 'give a file that holds the secret' });
    keep(name, secret);
  }
  return { settings, secrets };

  function keep(name: string, secret: string): void {
    params.secrets.add(secret);
    delete settings[name];
    secrets[name] = secret;
  }
}

/** A file setting is kept as an absolute path: a worker runs in another folder. */
function absolutePath({ name, isPath }: SettingDescription, value: string, cwd: string): string {
  return (isPath ?? /^(path|file|folder|.*(Path|File|Folder))$/.test(name)) && !isAbsolute(value) && !/^[a-z]+:\/\//i.test(value) ? resolve(cwd, value) : value;
}

function described(connector: Connector, name: string): SettingDescription {
  const setting = connector.settings.find((candidate) => candidate.name === name);
  if (setting !== undefined) return setting;
  throw new ConfigurationError({ code: 'unknown-setting', message: `${connector.label} has no setting '${name}'`, remedy: closest(name, connector.settings.map((candidate) => candidate.name), 'its settings are') });
}

function split(pairs: readonly string[] | undefined): [string, string][] {
  return (pairs ?? []).map((text) => {
    const at = text.indexOf('=');
    return [text.slice(0, at).trim(), text.slice(at + 1)];
  });
}
