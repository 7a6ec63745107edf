import type { OdooVersion } from './options.ts';
import type { Faults } from './faults.ts';
import type { CausedMail, SentMail } from './orm/environment.ts';

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
  /** Files of ir.attachment, with digests of the bytes that are stored. @param model only those on records of this model */
  readonly attachments: (model?: string) => readonly AttachmentView[];
  /** Every mail that calls caused, whether it waits in the queue or has left: assignments, invitations, messages. */
  readonly causedMails: () => readonly CausedMail[];
  /** Invitations to meetings and notices of their changes: the part of `causedMails` that calendars cause. */
  readonly invitations: () => readonly CausedMail[];
  readonly activities: () => readonly ActivityView[];
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

export interface AttachmentView {
  readonly id: number;
  readonly name: string;
  readonly model: string | null;
  readonly resId: number | null;
  readonly mimeType: string | null;
  readonly size: number; // bytes
  readonly sha1: string | null; // null = no content: a link, or an empty file
  readonly sha256: string | null;
}

export interface ActivityView {
  readonly id: number;
  readonly model: string | null;
  readonly resId: number | null;
  readonly type: string | null; // name of the activity type
  readonly user: string | null; // login
  readonly deadline: string | null;
  readonly summary: string | null;
}
