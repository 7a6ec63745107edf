import { optionalText, param, text } from '../call.ts';
import type { Body, Handler } from '../call.ts';
import type { Tag } from '../model.ts';
import { invalid } from '../problem.ts';
import { tagOf } from '../records.ts';
import { tagView } from '../views/contact-view.ts';
import type { Workspace } from '../workspace.ts';

const folded = (name: string): string => name.toLowerCase();

export function findOrMakeTag(workspace: Workspace, name: string): Tag {
  for (const tag of workspace.tags.values()) if (folded(tag.name) === folded(name)) return tag;
  const tag = { id: String(workspace.count('tag', 81)), name };
  workspace.tags.set(tag.id, tag);
  return tag;
}

function applyTo(workspace: Workspace, tag: Tag, entries: unknown, what: 'companies' | 'users'): readonly { readonly id: string; readonly tagged: boolean }[] {
  if (!Array.isArray(entries)) throw invalid('invalid tag parameters');
  return (entries as readonly Body[]).flatMap((entry) => {
    const id = optionalText(entry, 'id') ?? optionalText(entry, 'company_id') ?? '';
    const record = what === 'users' ? workspace.contacts.get(id) : workspace.companies.get(id) ?? [...workspace.companies.values()].find(({ companyId }) => companyId === id);
    if (record === undefined) return []; // who is not there is left out in silence
    const remove = entry['untag'] === true;
    if (remove) record.tags.delete(tag.id);
    else if (!record.tags.has(tag.id)) record.tags.set(tag.id, { at: workspace.now, by: String(workspace.tokenAdmin?.id ?? 0) });
    return [{ id, tagged: !remove }];
  });
}

/** Finds a tag by name whatever its case, or makes it; with `id` it renames. The answer does not say whether it was there. */
export const saveTag: Handler = ({ workspace, body }) => {
  const name = text(body, 'name').trim();
  const id = optionalText(body, 'id');
  const tag = id === null ? findOrMakeTag(workspace, name) : tagOf(workspace, id);
  if (id !== null) {
    for (const other of workspace.tags.values()) if (other.id !== tag.id && folded(other.name) === folded(name)) throw invalid(`A tag named '${name}' already exists`);
    tag.name = name;
  }
  const companies = body['companies'] === undefined ? [] : applyTo(workspace, tag, body['companies'], 'companies');
  const users = body['users'] === undefined ? [] : applyTo(workspace, tag, body['users'], 'users');
  return { ...tagView(tag), users, companies };
};

export const listTags: Handler = ({ workspace }) => ({ type: 'list', data: [...workspace.tags.values()].map((tag) => tagView(tag)) });
export const getTag: Handler = (call) => tagView(tagOf(call.workspace, param(call, 'id')));

export const deleteTag: Handler = (call) => {
  const { workspace } = call;
  const tag = tagOf(workspace, param(call, 'id'));
  workspace.tags.delete(tag.id);
  for (const holder of [...workspace.contacts.values(), ...workspace.companies.values(), ...workspace.conversations.values(), ...workspace.tickets.values()]) holder.tags.delete(tag.id);
  return {};
};
