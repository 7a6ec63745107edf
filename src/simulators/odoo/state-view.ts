import type { CallCounts } from './http/listener.ts';
import { Environment, type ServerState } from './orm/environment.ts';
import { deleteRecords } from './orm/unlink.ts';
import { withChanges } from './orm/write.ts';
import { contentOf } from './models/attachment.ts';
import type { ActivityView, AttachmentView, SimulatorState } from './simulator.ts';
import { plainRow } from './store/lazy-rows.ts';
import type { Row } from './store/row.ts';

/** The assertions' view of a server. */
export function stateView(state: ServerState, calls: CallCounts): SimulatorState {
  const table = (model: string): ReturnType<ServerState['database']['table']> => {
    if (!state.registry.get(model)) throw new Error(`the simulator has no model '${model}'; it has ${state.registry.names().join(', ')}`);
    return state.database.table(model);
  };
  const secretOf = (login: string): { readonly apiKey: string } => {
    const [uid] = table('res.users').withKey('login', login, (row) => row['login'] as string);
    const secret = uid === undefined ? undefined : state.secrets.get(uid);
    if (!secret) throw new Error(`the simulator has no user '${login}'`);
    return secret;
  };
  return {
    count: (model) => table(model).size,
    rows: (model) => [...table(model).rows()].map(plainRow) as Row[],
    row: (model, id) => {
      const row = table(model).get(id);
      return row && plainRow(row);
    },
    attachments: (model) => attachments(state, model),
    causedMails: () => [...state.causedMails],
    invitations: () => state.causedMails.filter((mail) => mail.model === 'calendar.event'),
    activities: () => [...table('mail.activity').rows()].map((row) => activityView(state, row)),
    sentMails: () => [...state.sentMails],
    runMailQueue: () => runMailQueue(state),
    calls: () => Object.fromEntries(calls),
    apiKey: (login) => secretOf(login).apiKey,
    revokeKey: (login) => { state.revokedKeys.add(secretOf(login).apiKey); },
    restoreKey: (login) => { state.revokedKeys.delete(secretOf(login).apiKey); },
  };
}

function attachments(state: ServerState, model: string | undefined): AttachmentView[] {
  const env = new Environment(state, 1, {}, 'jsonrpc', true);
  const views: AttachmentView[] = [];
  for (const row of env.table('ir.attachment').rows()) {
    if (model !== undefined && row['res_model'] !== model) continue;
    const content = contentOf(env, row);
    views.push({
      id: row.id, name: String(row['name']), model: text(row['res_model']), resId: (row['res_id'] as number | undefined) ?? null, mimeType: text(row['mimetype']),
      size: content?.size ?? 0, sha1: content?.sha1 ?? null, sha256: content?.sha256 ?? null,
    });
  }
  return views;
}

function activityView(state: ServerState, row: Row): ActivityView {
  const rowOf = (model: string, id: unknown): Row | undefined => (typeof id === 'number' ? state.database.table(model).get(id) : undefined);
  return {
    id: row.id, model: text(row['res_model']), resId: (row['res_id'] as number | undefined) ?? null, type: text(rowOf('mail.activity.type', row['activity_type_id'])?.['name']),
    user: text(rowOf('res.users', row['user_id'])?.['login']), deadline: text(row['date_deadline']), summary: text(row['summary']),
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function runMailQueue(state: ServerState): number {
  const env = new Environment(state, 1, {}, 'jsonrpc', true);
  const outgoing = [...env.table('mail.mail').rows()].filter((row) => row['state'] === 'outgoing');
  for (const mail of outgoing) {
    const message = env.row('mail.message', mail['mail_message_id']);
    const to = String(mail['email_to'] ?? env.row('res.partner', (mail['recipient_ids'] as readonly number[] | undefined)?.[0])?.['email'] ?? '');
    state.sentMails.push({ reason: 'queue', to, model: String(message?.['model'] ?? ''), resId: Number(message?.['res_id'] ?? 0) });
  }
  // Sent mails with auto_delete go, the others stay as sent.
  const [gone, kept] = [outgoing.filter((mail) => mail['auto_delete'] === true), outgoing.filter((mail) => mail['auto_delete'] !== true)];
  deleteRecords(env, 'mail.mail', gone.map((mail) => mail.id));
  for (const mail of kept) env.table('mail.mail').put(withChanges(mail, { state: 'sent' }));
  return outgoing.length;
}
