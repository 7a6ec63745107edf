/** Which Odoo the simulator stands in for. */
export type OdooVersion = 14 | 17 | 18 | 19;
export const ODOO_VERSIONS: readonly OdooVersion[] = [14, 17, 18, 19];

export type Door = 'xmlrpc' | 'jsonrpc' | 'json2';

/** What a user may do; the rights matrix of the real servers. */
export type UserRole = 'admin' | 'sales-manager' | 'sales-user' | 'helpdesk-user' | 'internal';

/** A help desk with a history made from a seed. */
export interface HelpdeskOptions {
  /** 'enterprise': helpdesk.team, .stage, .tag, .ticket.type, .sla.status; 'oca': helpdesk.ticket.team, .stage, .tag, .category, .channel. */
  readonly dialect: 'enterprise' | 'oca';
  /** How many tickets; default 0: settings and agents only. 50,000 take no more memory than 1,000. */
  readonly tickets?: number;
  readonly seed?: number; // default 1
  /** False: no x_studio_… fields on tickets. Default true. */
  readonly customFields?: boolean;
}

export interface SimulatedUser {
  readonly login: string;
  readonly password: string;
  readonly name?: string; // default: the login
  readonly email?: string; // default: the login, when it looks like an address
  readonly role?: UserRole; // default 'internal'
  readonly tz?: string; // time zone name; default none
  /** Bearer key (and password over the older doors); default: derived from the login. */
  readonly apiKey?: string;
  readonly active?: boolean; // default true
}

export interface SimulatedAutomationRule {
  readonly name: string;
  readonly model: string;
  readonly trigger: 'on_create' | 'on_write' | 'on_create_or_write' | 'on_unlink';
  readonly active?: boolean; // default true
  /** The rule mails somebody each time it fires. Default false. */
  readonly sendsMail?: boolean;
  /** Field values the rule writes on the record that fired it; default none. */
  readonly write?: Readonly<Record<string, string | number | boolean>>;
}

export interface OdooSimulatorOptions {
  readonly version: OdooVersion;
  readonly port?: number; // default 0: any free port
  /** Where the database is kept from one start to the next: read at the start, where it is there, and written at the end. Default: nowhere. */
  readonly stateFile?: string;
  readonly seed?: number; // for the probabilities of faults; default 1
  readonly database?: string; // default 'simulated'
  readonly user?: string; // login of the administrator (uid 2); default 'admin'
  readonly password?: string; // default 'admin'
  readonly users?: readonly SimulatedUser[];
  readonly automationRules?: readonly SimulatedAutomationRule[];
  /** A help desk on this server; default none: helpdesk.ticket does not exist. */
  readonly helpdesk?: HelpdeskOptions;
  readonly companyCurrency?: string; // code; default 'EUR'
  readonly languages?: readonly string[]; // installed beside en_US: 'pl_PL', 'fr_FR', 'de_DE'; default none
  /** Names of modules reported as installed beside the usual ones. */
  readonly modules?: readonly string[];
  /** Leaves these modules out: without 'crm' the crm models do not exist, without 'calendar' the calendar ones. */
  readonly withoutModules?: readonly string[];
  /** True: an outgoing mail server is set up, so that immediate mails leave at once. Default false, as on a fresh server. */
  readonly mailServer?: boolean;
  /** True: a server for incoming mail is set up and fetched from. Default false. */
  readonly incomingMailServer?: boolean;
  /** Doors that answer; default: all the version has. */
  readonly doors?: readonly Door[];
  /** True: `db.list` answers; hosted servers usually forbid it. Default true. */
  readonly listDatabases?: boolean;
  /** Largest request body in bytes over XML-RPC and JSON-RPC; default 128 MiB on 17 and 18, over XML-RPC alone on 19, none on 14. */
  readonly maxBodyBytes?: number;
  /** The server's clock; default the machine's. */
  readonly now?: () => Date;
}
