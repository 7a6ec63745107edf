import { optionalText, param, text } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import type { Contact, Note } from '../model.ts';
import { notFound, Problem } from '../problem.ts';
import { companyOf, contactOf, tagOf } from '../records.ts';
import { someHtml } from '../text.ts';
import { companyView, noteView, tagView } from '../views/contact-view.ts';

const mostCompanies = 1_000;
const contactIn = (call: Call): Contact => contactOf(call.workspace, call.version, param(call, 'id'));
const onePage = (count: number): { readonly [name: string]: unknown } => ({ type: 'pages', next: null, page: 1, per_page: 50, total_pages: count > 0 ? 1 : 0 });

export const tagContact: Handler = (call) => {
  const { workspace, body } = call;
  const contact = contactIn(call);
  const tag = tagOf(workspace, text(body, 'id'));
  const applied = contact.tags.get(tag.id) ?? { at: workspace.now, by: String(workspace.tokenAdmin?.id ?? 0) };
  contact.tags.set(tag.id, applied);
  return tagView(tag, applied);
};

export const untagContact: Handler = (call) => {
  const contact = contactIn(call);
  const tag = tagOf(call.workspace, param(call, 'tag_id'));
  const applied = contact.tags.get(tag.id);
  if (applied === undefined) throw notFound();
  contact.tags.delete(tag.id);
  return tagView(tag, applied);
};

export const tagsOfContact: Handler = (call) => ({ type: 'list', data: [...contactIn(call).tags].map(([id, applied]) => tagView(tagOf(call.workspace, id), applied)) });

export const attachCompany: Handler = (call) => {
  const { workspace, body } = call;
  const contact = contactIn(call);
  if (optionalText(body, 'id') === null) throw new Problem(400, 'parameter_not_found', 'company not specified');
  const company = companyOf(workspace, text(body, 'id'));
  if (contact.companies.size >= mostCompanies && !contact.companies.has(company.id)) throw new Problem(400, 'contact_company_limit_exceeded', `Contact has reached the maximum of ${mostCompanies} company associations`);
  contact.companies.add(company.id);
  company.members.add(contact.id);
  return companyView(workspace, company);
};

export const detachCompany: Handler = (call) => {
  const contact = contactIn(call);
  const company = companyOf(call.workspace, param(call, 'company_id'));
  contact.companies.delete(company.id);
  company.members.delete(contact.id);
  return companyView(call.workspace, company);
};

export const companiesOfContact: Handler = (call) => {
  const companies = [...contactIn(call).companies].map((id) => companyView(call.workspace, companyOf(call.workspace, id)));
  return { type: 'list', data: companies, total_count: companies.length, pages: onePage(companies.length) };
};

function addNote(call: Call, on: Readonly<{ contact: string | null; company: string | null }>): unknown {
  const { workspace, body } = call;
  const written = text(body, 'body');
  const author = optionalText(body, 'admin_id') ?? String(workspace.tokenAdmin?.id ?? '');
  const admin = workspace.admins.find(({ id }) => String(id) === author);
  if (admin === undefined) throw notFound();
  // there is no date to be set, and no way to change or delete a note
  const note: Note = { id: workspace.count('note', 31), ...on, body: someHtml(written), adminId: admin.id, createdAt: workspace.now };
  workspace.notes.set(note.id, note);
  const key = on.contact ?? on.company ?? '';
  workspace.notesOf.set(key, [...workspace.notesOf.get(key) ?? [], note]);
  return noteView(workspace, note);
}

function notesOn({ workspace }: Call, id: string): unknown {
  const notes = (workspace.notesOf.get(id) ?? []).toReversed();
  return { type: 'list', data: notes.map((note) => noteView(workspace, note)), total_count: notes.length, pages: onePage(notes.length) };
}

export const noteOnContact: Handler = (call) => addNote(call, { contact: contactIn(call).id, company: null });
export const notesOfContact: Handler = (call) => notesOn(call, contactIn(call).id);
export const noteOnCompany: Handler = (call) => addNote(call, { contact: null, company: companyOf(call.workspace, param(call, 'id')).id });
export const notesOfCompany: Handler = (call) => notesOn(call, companyOf(call.workspace, param(call, 'id')).id);

export const getNote: Handler = (call) => {
  const note = call.workspace.notes.get(Number(param(call, 'id')));
  if (note === undefined) throw notFound();
  return noteView(call.workspace, note);
};

export const segmentsOfContact: Handler = (call) => {
  const { role } = contactIn(call);
  return { type: 'list', data: call.workspace.segments.filter((segment) => segment.role === role).map((segment) => segmentView(segment)) };
};

function segmentView({ id, name, role, createdAt }: Call['workspace']['segments'][number]): unknown {
  return { type: 'segment', id, name, created_at: createdAt, updated_at: createdAt, person_type: role === 'user' ? 'user' : 'contact' };
}

export const listSegments: Handler = ({ workspace }) => ({ type: 'segment.list', segments: workspace.segments.map((segment) => segmentView(segment)) });
export const getSegment: Handler = (call) => {
  const segment = call.workspace.segments.find(({ id }) => id === param(call, 'id'));
  if (segment === undefined) throw notFound('Resource Not Found');
  return segmentView(segment);
};
