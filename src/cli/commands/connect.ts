import { Argument } from 'commander';
import type { Connector } from '../../connector/connector.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Project, Role, StoredConnection } from '../../engine/ports/projects.ts';
import { sandboxName } from '../../engine/sandbox.ts';
import { collect, examples, type RegisterCommand } from '../command-host.ts';
import { gatherSettings } from '../gather-settings.ts';
import { pair } from '../parse-options.ts';
import { connectorOf, routeById } from '../registry-lookup.ts';
import { print, projectOf, say, type Session } from '../session.ts';
import { table } from '../table.ts';

interface ConnectOptions { readonly set?: readonly string[]; readonly secretEnv?: readonly string[]; readonly secretFile?: readonly string[] }

const collectPair = (value: string, earlier: readonly string[] | undefined): readonly string[] => collect(pair(value), earlier);

export const connectCommand: RegisterCommand = (program, host) => {
  program.command('connect').description('store the connection to the source, the destination or a sandbox; without settings: show what it takes')
    .argument('<project>', 'name of the project').addArgument(new Argument('<role>', 'which side').choices(['source', 'destination', 'sandbox']))
    .option('--set <name=value>', 'a setting; an empty value removes it (repeat for more)', collectPair)
    .option('--secret-env <name=VARIABLE>', 'a secret, taken from an environment variable', collectPair)
    .option('--secret-file <name=path>', 'a secret, taken from a file (a last line feed is not part of it)', collectPair)
    .addHelpText('after', examples('connect acme source --set path=./export.zip',
      'connect acme destination --set url=http://127.0.0.1:8069 --set database=crm --set user=admin --secret-env password=ODOO_PASSWORD'))
    .action(host.action(async (session, command) => {
      const [projectArgument, asked] = command.args as [string, Role | 'sandbox'];
      const options = command.opts<ConnectOptions>();
      const owner = await projectOf(session, projectArgument);
      const { store } = await session.workspace();
      const project = asked === 'sandbox' ? await sandboxOf(session, owner) : owner;
      const role: Role = asked === 'sandbox' ? 'destination' : asked;
      const platform = routeById(session.registry, project.route)[role];
      const connector = connectorOf(session.registry, platform);
      const stored = await store.loadConnection(project.id, role);
      if (options.set === undefined && options.secretEnv === undefined && options.secretFile === undefined) return showSettings(session, connector, stored);
      const gathered = await gatherSettings({ connector, options, env: session.io.env, cwd: session.io.cwd, secrets: session.secrets, stored: stored?.platform === platform ? stored : null });
      checkSettings(connector, { ...gathered.settings, ...gathered.secrets }, session);
      await store.saveConnection({ projectId: project.id, role, platform, settings: gathered.settings, secrets: gathered.secrets });
      const secretNames = Object.keys(gathered.secrets);
      await store.audit({ projectId: project.id, actor: session.by, action: 'connection-saved', details: { role, platform, settings: Object.keys(gathered.settings), secrets: secretNames } });
      print(session, { project: owner.name, role: asked, platform, settings: gathered.settings, secrets: secretNames },
        [`${asked} of ${owner.name}: ${connector.label}`, ...Object.entries(gathered.settings).map(([name, value]) => `  ${name}: ${String(value)}`), ...secretNames.map((name) => `  ${name}: [stored encrypted]`)].join('\n'));
      if (asked === 'sandbox') return say(session, `next: portolan run ${owner.name} --mode sandbox`);
      const other = await store.loadConnection(project.id, role === 'source' ? 'destination' : 'source');
      say(session, other === null ? `next: portolan connect ${project.name} ${role === 'source' ? 'destination' : 'source'} --set …` : `next: portolan check ${project.name}`);
    }));
};

/** The shadow project that holds the sandbox's connection, made with the first one. */
async function sandboxOf(session: Session, owner: Project): Promise<Project> {
  const { store } = await session.workspace();
  return await store.findProject(sandboxName(owner.name)) ?? await store.createProject({ name: sandboxName(owner.name), route: owner.route });
}

/** @throws ConfigurationError 'wrong-setting' with every setting the connector refuses. */
function checkSettings(connector: Connector, values: Readonly<Record<string, unknown>>, session: Session): void {
  const missing = connector.settings.filter((setting) => setting.required && (values[setting.name] === undefined || values[setting.name] === ''));
  if (missing.length > 0) {
    throw new ConfigurationError({
      code: 'setting-missing', message: `${connector.label} needs the setting ${missing.map((setting) => `'${setting.name}'`).join(', ')}`,
      remedy: missing.map((setting) => `${setting.secret ? `--secret-env ${setting.name}=VARIABLE` : `--set ${setting.name}=${setting.example ?? '…'}`} (${setting.help})`).join('; '),
    });
  }
  const parsed = connector.settingsSchema.safeParse(values);
  if (parsed.success) return;
  const issues = parsed.error.issues.map((issue) => (issue.path.length === 0 || issue.message.startsWith(`${String(issue.path[0])}:`) ? issue.message : `${issue.path.join('.')}: ${issue.message}`));
  throw new ConfigurationError({ code: 'wrong-setting', message: session.secrets.redact(`${connector.label} refuses the settings: ${issues.join('; ')}`), remedy: 'correct the named setting; without settings, `portolan connect` shows what each one takes' });
}

function showSettings(session: Session, connector: Connector, stored: StoredConnection | null): void {
  const values = { ...stored?.settings, ...Object.fromEntries(Object.keys(stored?.secrets ?? {}).map((name) => [name, '[stored encrypted]'])) } as Readonly<Record<string, unknown>>;
  print(session, { platform: connector.platform, settings: connector.settings.map((setting) => ({ ...setting, value: values[setting.name] ?? null })) },
    table(['setting', 'needed', 'secret', 'value', 'example', 'help'], connector.settings.map((setting) => [setting.name, setting.required, setting.secret, values[setting.name] === undefined ? null : String(values[setting.name]), setting.example ?? null, setting.help])));
}
