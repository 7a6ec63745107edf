import { optionalText, param, text } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import type { Admin, Conversation, Part, Thread } from '../model.ts';
import { invalid, notFound } from '../problem.ts';
import { adminOf, conversationOf } from '../records.ts';
import { someHtml } from '../text.ts';
import { addPart, byAdmin } from '../thread-parts.ts';
import { conversationView } from '../views/thread-view.ts';
import type { Workspace } from '../workspace.ts';

type Assigned = NonNullable<Part['assignedTo']>;

/** Who is to have it; `0` is nobody. @throws Problem 404 */
export function assigneeOf(workspace: Workspace, type: 'admin' | 'team', id: string): Assigned {
  const known = id === '0' || (type === 'admin' ? workspace.admins : workspace.teams).some((one) => String(one.id) === id);
  if (!known) throw notFound('Assignee not found', 'assignee_not_found');
  return { type, id };
}

/** Sets the admin or the team; they are two things, and both can be set. */
export function assign(workspace: Workspace, thread: Thread, { type, id }: Assigned): void {
  if (type === 'team') {
    thread.teamAssignee = Number(id);
    return;
  }
  const team = workspace.teams.find((one) => one.id === thread.teamAssignee);
  const outside = id !== '0' && team !== undefined && !team.adminIds.includes(Number(id));
  if (!(outside && workspace.unknowns.adminOutsideTeam === 'ignored')) thread.adminAssignee = Number(id);
}

function snooze(call: Call, conversation: Conversation): void {
  const until = call.body['snoozed_until'];
  if (typeof until !== 'number' || !Number.isInteger(until)) throw invalid('snoozed_until must be a timestamp');
  if (until <= call.workspace.now && call.workspace.unknowns.snoozeInThePast === 'rejected') throw invalid('snoozed_until must be in the future');
  Object.assign(conversation, { state: 'snoozed', snoozedUntil: until });
}

function assignment(call: Call, conversation: Conversation, admin: Admin, body: string | null): void {
  const { workspace } = call;
  const type = optionalText(call.body, 'type') === 'team' ? 'team' : 'admin';
  const assignedTo = assigneeOf(workspace, type, text(call.body, 'assignee_id'));
  assign(workspace, conversation, assignedTo);
  const reopens = conversation.state === 'closed';
  if (reopens) conversation.state = 'open';
  addPart(workspace, conversation, { type: reopens ? 'assign_and_reopen' : 'assignment', author: byAdmin(admin), body, assignedTo });
}

/** Close, open, snooze, assign. All are dated now: none of these takes a date. */
export const manage: Handler = (call) => {
  const { workspace, body } = call;
  const conversation = conversationOf(workspace, param(call, 'id'));
  const kind = text(body, 'message_type');
  const admin = adminOf(workspace, text(body, 'admin_id'));
  const written = optionalText(body, 'body');
  const html = written === null ? null : someHtml(written);
  switch (kind) {
    case 'close':
      Object.assign(conversation, { state: 'closed', snoozedUntil: null, waitingSince: null });
      addPart(workspace, conversation, { type: 'close', author: byAdmin(admin), body: html });
      workspace.caused('workflow', 'teammate closes a conversation', conversation.id);
      break;
    case 'open':
      Object.assign(conversation, { state: 'open', snoozedUntil: null });
      addPart(workspace, conversation, { type: 'open', author: byAdmin(admin), body: html });
      workspace.caused('workflow', 'teammate opens a conversation', conversation.id);
      break;
    case 'snoozed':
      snooze(call, conversation);
      addPart(workspace, conversation, { type: 'snoozed', author: byAdmin(admin), body: html });
      workspace.caused('workflow', 'teammate snoozes a conversation', conversation.id);
      break;
    case 'assignment':
      assignment(call, conversation, admin, html);
      break;
    default: throw invalid(`message_type '${kind}' is not valid`);
  }
  if (html !== null && kind !== 'assignment') workspace.caused('customer-notified', `body of a ${kind}`, conversation.id);
  return conversationView(call, conversation, true);
};
