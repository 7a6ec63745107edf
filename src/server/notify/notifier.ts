import { randomBytes, randomUUID } from 'node:crypto';
import type { JsonObject } from '../../connector/json.ts';
import type { Project } from '../../engine/ports/projects.ts';
import type { Run } from '../../engine/ports/runs.ts';
import { notificationStore, type Notification, type NotificationStore, type NotificationTarget } from '../../store/notifications.ts';
import type { ServerParts } from '../parts.ts';
import { refusal } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { sendMail, sendWebhook } from './send.ts';

export const notifiedEvents = ['run-ended', 'gate-waiting', 'run-failed', 'quarantine'] as const;
export type NotifiedEvent = typeof notifiedEvents[number];

/** Waits after each try, in milliseconds: half an hour in all. After the last the message is given up, and the page says so. */
const waits: readonly number[] = [15_000, 60_000, 300_000, 1_500_000];
/** How often messages that wait are looked for, in milliseconds. */
const lookMs = 15_000;

/** Tells people and programs what happens to runs. A message is kept until it is delivered or given up, also over a restart. */
export class Notifier {
  readonly #parts: ServerParts;
  readonly #settings: Settings;
  readonly #store: NotificationStore;
  readonly #url: string;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> = Promise.resolve();
  #closing = false;

  /** @param url address of the console, for links */
  constructor(parts: ServerParts, settings: Settings, url: string) {
    this.#parts = parts;
    this.#settings = settings;
    this.#store = notificationStore(parts.people.database);
    this.#url = url;
  }

  async targets(): Promise<readonly (NotificationTarget & { readonly latest: readonly Notification[] })[]> {
    const [targets, recent] = await Promise.all([this.#store.targets(), this.#store.recent(5)]);
    return targets.map((target) => ({ ...target, latest: recent.filter(({ targetId }) => targetId === target.id) }));
  }

  /** @returns the key that signs, of a webhook: shown this once */
  async addTarget(params: Readonly<{ kind: NotificationTarget['kind']; address: string; events: readonly NotifiedEvent[]; by: string }>): Promise<string | null> {
    const id = randomUUID();
    const key = params.kind === 'webhook' ? randomBytes(32).toString('base64url') : null;
    await this.#store.addTarget({ ...params, id, sealed: key === null ? null : this.#settings.seal(key, `webhook ${id}`) });
    return key;
  }

  removeTarget(id: string): Promise<boolean> {
    return this.#store.removeTarget(id);
  }

  /** Sends a message at once. @throws ApiError 422 with what the other side said */
  async test(id: string): Promise<void> {
    const target = (await this.#store.targets()).find((one) => one.id === id);
    if (target === undefined) throw refusal(404, 'no-target', 'There is nobody of that name to tell.', 'Load the page again.');
    try {
      await this.#deliver(target, { id: randomUUID(), event: 'test', subject: 'Portolan: a test', body: { event: 'test', at: new Date().toISOString(), text: 'This is a test. Messages about runs come the same way.', url: this.#url } });
    } catch (error) {
      throw refusal(422, 'not-delivered', `Not delivered: ${this.#parts.redact(error instanceof Error ? error.message : String(error))}`, target.kind === 'email' ? 'Check the mail server and the address.' : 'Check the address, and that it answers with a status from 200 to 299.');
    }
  }

  /** What a run that came to rest has to tell. */
  async rested(project: Project, run: Run): Promise<void> {
    const held = run.status === 'withQuarantine' ? (await this.#parts.store.quarantineCounts(project.id)).reduce((sum, { count }) => sum + count, 0) : 0;
    const events = eventsOf(run, held);
    const targets = events.length === 0 ? [] : await this.#store.targets();
    for (const target of targets) {
      for (const { event, text } of events.filter((one) => target.events.includes(one.event))) {
        const body: JsonObject = { event, at: new Date().toISOString(), project: project.name, run: { id: run.id, mode: run.mode, status: run.status }, heldBack: held, text: this.#parts.redact(text), url: `${this.#url}/p/${encodeURIComponent(project.name)}/${event === 'quarantine' ? 'quarantine' : 'run'}` };
        await this.#store.enqueue({ targetId: target.id, projectId: project.id, event, subject: `Portolan: ${project.name}: ${text.split('\n')[0]?.slice(0, 150) ?? event}`, body });
      }
    }
    if (targets.length > 0) void this.#pump();
  }

  /** Begins to look for messages that wait. */
  start(): void {
    this.#timer = setTimeout(() => void this.#pump().finally(() => { if (!this.#closing) this.start(); }), lookMs);
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    await this.#sending;
  }

  #pump(): Promise<void> {
    this.#sending = this.#sending.then(() => this.#sendDue());
    return this.#sending;
  }

  /** Sends what is due, one after the other. */
  async #sendDue(): Promise<void> {
    try {
      for (let next = await this.#store.take(); next !== null && !this.#closing; next = await this.#store.take()) await this.#attempt(next);
    } catch (error) {
      this.#parts.log('warning', `notifications: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #attempt(message: Notification): Promise<void> {
    const target = (await this.#store.targets()).find((one) => one.id === message.targetId);
    if (target === undefined) return;
    try {
      await this.#deliver(target, message);
      await this.#store.sent(message.id);
    } catch (error) {
      await this.#store.failed({ id: message.id, error: this.#parts.redact(error instanceof Error ? error.message : String(error)).slice(0, 500), againInMs: waits[message.attempts - 1] ?? null });
    }
  }

  async #deliver(target: NotificationTarget, message: Pick<Notification, 'id' | 'event' | 'subject' | 'body'>): Promise<void> {
    if (target.kind === 'webhook') {
      if (target.sealed === null) throw new Error('the webhook has no key');
      await sendWebhook({ url: target.address, key: this.#settings.unseal(target.sealed, `webhook ${target.id}`), id: message.id, event: message.event, body: JSON.stringify({ id: message.id, ...message.body }), timestamp: String(Math.floor(Date.now() / 1000)) });
      return;
    }
    const server = await this.#settings.mailServer();
    if (server === null) throw new Error('no mail server is set');
    await sendMail(server, { to: target.address, subject: message.subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '), text: `${String(message.body['text'])}\n\n${String(message.body['url'])}\n`, id: message.id });
  }
}

function eventsOf(run: Run, held: number): readonly Readonly<{ event: NotifiedEvent; text: string }>[] {
  const { message } = (run.error ?? {}) as { readonly message?: unknown };
  const what = `${run.mode} run`;
  if (run.status === 'waiting') return [{ event: 'gate-waiting', text: `A ${what} waits at a gate for an approval.` }];
  if (run.status === 'failed' || run.status === 'interrupted') return [{ event: 'run-failed', text: `A ${what} is ${run.status}${typeof message === 'string' ? `: ${message}` : '.'}` }];
  if (run.status === 'paused' || run.status === 'running') return [];
  return [{ event: 'run-ended', text: `A ${what} has ended: ${run.status === 'withQuarantine' ? 'done, some records are held back' : run.status}.` }, ...(held > 0 ? [{ event: 'quarantine' as const, text: held === 1 ? '1 record is held back.' : `${held} records are held back.` }] : [])];
}
