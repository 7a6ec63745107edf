import type { CatalogNote } from '../../connector/catalog.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import { hash64 } from '../../connector/kit/key-index.ts';
import { spoolAttachments, type AttachmentTable } from './attachment-table.ts';
import { spoolAttendees } from './attendee-table.ts';
import type { Bundle } from './bundle.ts';
import { BundleFiles } from './bundle-files.ts';
import { spoolCalendars, type CalendarTable } from './calendar-spool.ts';
import { knownValues, readCustomFields } from './companions.ts';
import type { Computed } from './computed.ts';
import { computeEmails } from './computed-email.ts';
import { computeMeetings } from './computed-meeting.ts';
import { eachRecord } from './each-record.ts';
import { auditFiles, computeFiles, type FileAudit } from './file-content.ts';
import { bareMessageId, spoolMail, type MailTables } from './mail-spool.ts';
import { Memo } from './memo.ts';
import { objectDefinition } from './objects.ts';
import { ownerAddresses } from './owner-addresses.ts';
import { readDescriptor, type RestDescriptor } from './rest/descriptor.ts';
import { createRestClient, type RestClient } from './rest/rest-client.ts';
import { spoolRest } from './rest/rest-spool.ts';
import { scanObject, type ObjectScan } from './scan.ts';
import type { InstreamSettings } from './settings.ts';
import { answeredTables, prepareTables, type Table, type Tables } from './tables.ts';

type Answers = { readonly [id: string]: Json } | null; // null = discovery: recommendations count
export type Progress = (progress: { readonly subject: string; readonly done: number }) => void;

/** How much of a source is read: everything, or what has changed since a moment. */
export interface Scope { readonly answers: Answers; readonly since: string | null }

const everything: Scope = { answers: null, since: null };

/**
 * Everything that reading an open export has found out so far: each part is worked out on first use, once, and kept until
 * the connection is closed. What does not stand in rows (mail, calendars, a service's answers) is spooled into tables first.
 */
export class Reading {
  readonly files: BundleFiles;
  readonly zone: string;
  readonly #bundle: Bundle;
  readonly #settings: InstreamSettings;
  readonly #context: ConnectionContext;
  readonly #signal: AbortSignal;
  readonly #memo = new Memo();

  constructor(bundle: Bundle, settings: InstreamSettings, context: ConnectionContext, signal: AbortSignal) {
    this.#bundle = bundle;
    this.#settings = settings;
    this.#context = context;
    this.#signal = signal;
    this.files = new BundleFiles(bundle);
    this.zone = settings.timezone ?? bundle.manifest?.timezone ?? 'Europe/Warsaw' /* InStream's own; routes read bare times in it too */;
  }

  tables(): Promise<Tables> { return this.#memo.get('tables', () => prepareTables(this.#bundle)); }
  mail(onProgress?: Progress): Promise<MailTables> { return this.#memo.get('mail', () => spoolMail(this.#bundle, this.#signal, (done) => onProgress?.({ subject: 'email', done }))); }
  calendars(): Promise<CalendarTable> { return this.#memo.get('calendars', () => spoolCalendars(this.#bundle, this.zone, this.#signal)); }

  descriptor(): Promise<RestDescriptor | null> {
    const { rest } = this.#settings;
    return this.#memo.get('descriptor', async () => (rest === undefined ? null : readDescriptor(rest)));
  }

  /** Scans one object; null = nothing holds it. */
  async scan(object: string, scope: Scope, onProgress?: Progress): Promise<ObjectScan | null> {
    const chosen = await this.#chosen(object, scope, onProgress);
    if (chosen.length === 0) return null;
    return this.#memo.get(scanKey(object, chosen), async () => {
      const all = await this.tables();
      const companion = (name: string): readonly Table[] => answeredTables((all.byObject.get(name) ?? []).filter((table) => scope.answers === null || (table.roleQuestion === null && table.headerQuestion === null)), scope.answers);
      return scanObject({
        tables: chosen, signal: this.#signal, known: await knownValues(companion('tag'), companion('list'), this.#signal), customFields: await readCustomFields(companion('custom_field'), this.#signal),
        onProgress: onProgress === undefined ? undefined : (done) => onProgress({ subject: object, done }),
      });
    });
  }

  /**
   * Lets go of the scan of an object that has been read to its end: the keys of 200,000 rows take 12 MB, and a run goes on for
   * a long time after its last row. E-mails and meetings stay: attachments, attendees and file contents are found through them.
   */
  release({ object: { name }, tables }: ObjectScan): void {
    if (!neededLater.has(name)) this.#memo.forget(scanKey(name, tables));
  }

  /** Fields that follow from others, for the records of one scan. */
  async computed(scan: ObjectScan, scope: Scope): Promise<Computed | null> {
    const object = scan.object.name;
    if (object === 'file') return computeFiles(this.files, await this.audit(scan));
    if (object === 'meeting') return computeMeetings(scan, this.zone, scope.answers ?? {});
    if (object !== 'email') return null;
    return this.#memo.get(`emails ${keyOf(scan.tables)}`, async () => {
      const { parents } = await this.mail();
      await addParents(scan, parents, this.#signal);
      return computeEmails(await ownerAddresses((name) => this.#rows(name, scope), this.#signal), parents);
    });
  }

  audit(scan: ObjectScan): Promise<FileAudit> {
    return this.#memo.get(`audit ${keyOf(scan.tables)}`, () => auditFiles(scan, this.files, this.#signal));
  }

  /** Attachments of all e-mails; null = there are no e-mails. */
  async attachments(scope: Scope): Promise<AttachmentTable | null> {
    const emails = await this.scan('email', scope);
    return emails === null ? null : this.#memo.get(`attachments ${keyOf(emails.tables)}`, () => spoolAttachments(emails, this.#bundle, this.files, this.#signal));
  }

  async #attendees(scope: Scope): Promise<Table | null> {
    const meetings = await this.scan('meeting', scope);
    return meetings === null ? null : this.#memo.get(`attendees ${keyOf(meetings.tables)}`, () => spoolAttendees(meetings, this.#bundle, this.#signal));
  }

  async #chosen(object: string, scope: Scope, onProgress?: Progress): Promise<readonly Table[]> {
    const made = object === 'email_attachment' ? (await this.attachments(scope))?.table : object === 'meeting_attendee' ? await this.#attendees(scope) : undefined;
    if (made !== undefined) return made === null ? [] : [made];
    const own = object === 'email' ? (await this.mail(onProgress)).table : object === 'meeting' ? (await this.calendars()).table : null;
    return [...await this.#rows(object, scope), ...(own === null ? [] : [own])];
  }

  /** The tables of an object that stand in rows: files of the bundle, then what the endpoint gives. */
  async #rows(object: string, scope: Scope): Promise<readonly Table[]> {
    const chosen = answeredTables((await this.tables()).byObject.get(object) ?? [], scope.answers);
    const descriptor = await this.descriptor();
    const described = descriptor?.objects.find((one) => one.definition.name === object);
    if (descriptor === null || described === undefined) return chosen;
    const since = described.updatedParam === undefined ? null : scope.since;
    const table = await this.#memo.get(`rest ${object} ${since ?? ''}`, () => spoolRest({ descriptor, object: described, client: this.#client(descriptor), bundle: this.#bundle, since }));
    return [...chosen, table];
  }

  #restClient: RestClient | null = null;
  #client(descriptor: RestDescriptor): RestClient {
    const secret = this.#settings.restSecret ?? (descriptor.auth?.secretEnv === undefined ? undefined : process.env[descriptor.auth.secretEnv]);
    if (descriptor.auth !== null && (secret === undefined || secret === '')) {
      const variable = descriptor.auth.secretEnv;
      throw new ConfigurationError({ code: 'rest-secret-missing', message: `The descriptor asks for ${descriptor.auth.kind} authentication, but there is no secret`, remedy: `Give it: \`portolan connect <project> source --secret-env restSecret=VARIABLE\`${variable === undefined ? '' : `, or set the environment variable ${variable}`}.` });
    }
    return (this.#restClient ??= createRestClient(descriptor, secret ?? '', this.#context, this.#signal));
  }

  /** What mail and calendar files hold that no record says. */
  async notes(): Promise<readonly CatalogNote[]> {
    return [...(await this.mail()).notes, ...(await this.calendars()).notes];
  }

  /** Scans without a person's answers, for looking up what a reference leads to. */
  emails(): Promise<ObjectScan | null> { return this.scan('email', everything); }

  forget(): void { this.#memo.clear(); }
}

const neededLater: ReadonlySet<string> = new Set(['email', 'meeting']);
const scanKey = (object: string, tables: readonly Table[]): string => `scan ${object} ${keyOf(tables)}`;

export const discoveryScope = everything;

/** Read at all: a name that no export has is refused. */
export function knownObject(name: string, names: readonly string[]): void {
  if (objectDefinition(name) === undefined) throw new ConfigurationError({ code: 'unknown-object', message: `InStream has no object ${JSON.stringify(name)}.`, remedy: `Use one of: ${names.join(', ')}.` });
}

/** Tables as they are told apart: the same files may be begun at another row by an answer, spooled ones are new files each time. */
const keyOf = (tables: readonly Table[]): string => tables.map((table) => `${table.source.path}@${table.begin.offset}`).join(' ');

/** Answers of messages in tables, so that threads go through them too. */
async function addParents(scan: ObjectScan, parents: MailTables['parents'], signal: AbortSignal): Promise<void> {
  if (!scan.tables.some((table) => !('format' in table.source) || table.sealed === true)) return;
  for await (const { get, spooled } of eachRecord(scan, signal)) {
    if (spooled?.key !== undefined) continue;
    const [own, parent] = [bareMessageId(get('message_id')), bareMessageId(get('in_reply_to'))];
    if (own !== '' && parent !== '' && own !== parent) parents.add(hash64(own), hash64(parent));
  }
}
