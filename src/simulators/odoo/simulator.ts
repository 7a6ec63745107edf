import type { OdooVersion } from './options.ts';
import type { Faults } from './faults.ts';
import type { SentMail } from './orm/environment.ts';

/** A running stand-in for an Odoo server. */
export interface OdooSimulator {
  readonly version: OdooVersion;
  /** 'http://127.0.0.1:<port>' */
  readonly url: string;
  /** Another port on 127.0.0.1: faults and state over HTTP, see `http/control.ts`. */
  readonly controlUrl: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Key of the administrator: bearer over JSON-2, password over the other doors. */
  readonly apiKey: string;
  readonly faults: Faults;
  readonly state: SimulatorState;
  /** Takes the server off the network and back, with the same port and data. */
  readonly listener: { readonly stop: () => Promise<void>; readonly start: () => Promise<void> };
  readonly stop: () => Promise<void>;
}

/** The inside of the server, for assertions; no rights, archived rows included. */
export interface SimulatorState {
  readonly count: (model: string) => number;
  /** Rows as stored: sparse, empty fields left out, many2one as id. */
  readonly rows: (model: string) => readonly Readonly<Record<string, unknown>>[];
  readonly row: (model: string, id: number) => Readonly<Record<string, unknown>> | undefined;
  /** Mails that left: at once where a mail server is set up, or by `runMailQueue`. */
  readonly sentMails: () => readonly SentMail[];
  /** The scheduled action of the mail queue: sends every mail.mail in state outgoing. @returns how many */
  readonly runMailQueue: () => number;
  /** Calls seen so far by 'model.method'. */
  readonly calls: () => Readonly<Record<string, number>>;
  readonly apiKey: (login: string) => string;
  readonly revokeKey: (login: string) => void;
  readonly restoreKey: (login: string) => void;
}
