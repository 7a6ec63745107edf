import type { Admin, Attachment, Author, Contact, Part, Thread } from './model.ts';
import type { Workspace } from './workspace.ts';

export const byContact = ({ role, id, name, email }: Contact): Author => ({ type: role, id, name, email });
export const byAdmin = ({ id, name, email }: Admin): Author => ({ type: 'admin', id: String(id), name, email });
/** Who the service says made what nobody wrote. */
export const byBot = ({ idCode }: Workspace): Author => ({ type: 'bot', id: '991267000', name: 'Fin', email: `operator+${idCode}@intercom.io` });

export interface NewPart {
  readonly type: string;
  readonly author: Author;
  readonly body?: string | null;
  readonly createdAt?: number;
  readonly attachments?: readonly Attachment[];
  readonly assignedTo?: Part['assignedTo'];
  readonly event?: Part['event'];
  readonly notified?: boolean;
}

/** Adds a part, dated now unless its date is given, and moves the thread's own date. */
export function addPart(workspace: Workspace, thread: Thread, given: NewPart): Part {
  const { now } = workspace;
  const part: Part = {
    id: workspace.count('part', 501), type: given.type, body: given.body ?? null, createdAt: given.createdAt ?? now, updatedAt: now, notifiedAt: given.notified === false ? null : given.createdAt ?? now,
    author: given.author, attachments: given.attachments ?? [], assignedTo: given.assignedTo ?? null, redacted: false, event: given.event ?? null,
  };
  thread.parts.push(part);
  thread.updatedAt = now;
  return part;
}
