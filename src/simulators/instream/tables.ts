import { companyColumns, companyId, companyName, companyRow } from './companies.ts';
import type { Row } from './companies.ts';
import { contactColumns, contactId, contactRow, personAt } from './contacts.ts';
import { customFields, customisedObjects } from './custom-fields.ts';
import { dealAt, dealColumns, dealContact, dealState } from './deals.ts';
import { dirtOf } from './dirt.ts';
import type { DirtyFile } from './dirt.ts';
import { memberships, relationLists } from './lists.ts';
import { noteAt, noteColumns } from './notes.ts';
import { ownerList } from './owners.ts';
import { add } from './tally.ts';
import type { Tally } from './tally.ts';
import { contactTotal, isChanged, joined } from './world.ts';
import type { World } from './world.ts';

/** A file of the bundle. Its rows may be taken once: taking them counts them. */
export interface Table {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: Iterable<TableRow>;
}

/** `shape` tells the writer to spoil the row after its cells are laid out. */
export interface TableRow {
  readonly cells: Row;
  readonly shape: 'plain' | 'ragged-long' | 'ragged-short';
}

/** Sets of contact indexes, one byte each: 200 KB at 200,000 contacts. */
export interface ContactMarks {
  readonly onAnyDeal: Uint8Array;
  readonly onActiveDeal: Uint8Array;
}

export function markContacts(world: World): ContactMarks {
  const marks: ContactMarks = { onAnyDeal: new Uint8Array(contactTotal(world)), onActiveDeal: new Uint8Array(contactTotal(world)) };
  for (let index = 0; index < world.options.deals; index += 1) {
    const contact = dealContact(world, index);
    if (contact === null) continue;
    marks.onAnyDeal[contact] = 1;
    if (dirtOf('deals', index, world.options.dirt) !== 'ragged-long' && dealState(world, index).status === 'open') marks.onActiveDeal[contact] = 1;
  }
  return marks;
}

/** Whether a later export lacks the contact. One with a deal stays: InStream keeps who has active relations. */
function isRemoved(world: World, marks: ContactMarks, contact: number): boolean {
  const { later, contacts } = world.options;
  return later !== undefined && contact < contacts && marks.onAnyDeal[contact] === 0 && world.random('removed contact', contact).chance(later.removed);
}

const separatorOf = (world: World): string => joined(world, ['', '']);

/** The row as it stands, and after it the row that repeats its id, where its dirt is that. */
function* spoiled(world: World, tally: Tally, file: DirtyFile, index: number, cells: Row): Generator<TableRow> {
  const dirt = dirtOf(file, index, world.options.dirt);
  if (dirt !== null) tally.dirty(file, dirt);
  const shape = dirt === 'ragged-long' || dirt === 'ragged-short' ? dirt : 'plain';
  tally.row(`${file}.csv`, shape !== 'ragged-long');
  if (shape !== 'ragged-long' && file !== 'notes') {
    tally.tagCell(cells['tags'] ?? '', separatorOf(world));
    add(tally.owners, cells['owner_email'] ?? '');
  }
  yield { cells, shape };
  if (dirt !== 'duplicate-id') return;
  tally.row(`${file}.csv`, false);
  yield { cells: { ...cells, [file === 'notes' ? 'body' : 'description']: 'repeated row' }, shape: 'plain' };
}

function* companyRows(world: World, tally: Tally): Generator<TableRow> {
  for (let index = 0; index < world.options.companies; index += 1) {
    yield* spoiled(world, tally, 'companies', index, companyRow(world, index));
    if (isChanged(world, 'company', index)) tally.changed.push(companyId(index));
  }
}

function* contactRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (let index = 0; index < contactTotal(world); index += 1) {
    if (isRemoved(world, marks, index)) {
      tally.removed.push(contactId(index));
      continue;
    }
    if (index >= world.options.contacts) tally.added.push(contactId(index));
    else if (isChanged(world, 'contact', index)) tally.changed.push(contactId(index));
    const cells = contactRow(world, index);
    const dirt = dirtOf('contacts', index, world.options.dirt);
    if (dirt !== 'ragged-long') countContact(world, tally, index, cells);
    yield* spoiled(world, tally, 'contacts', index, cells);
    if (dirt !== 'duplicate-contact') continue;
    // the same person once more: an id of its own, the address in other case
    const again: Row = { ...cells, id: `${contactId(index)}x`, email: (cells['email'] ?? '').toUpperCase() };
    tally.row('contacts.csv', true);
    countContact(world, tally, index, again);
    tally.tagCell(again['tags'] ?? '', separatorOf(world));
    add(tally.owners, again['owner_email'] ?? '');
    yield { cells: again, shape: 'plain' };
  }
}

function countContact(world: World, tally: Tally, index: number, cells: Row): void {
  if (cells['archived'] === world.formats.yes) tally.contacts.archived += 1;
  const person = personAt(world, index);
  if (person.company !== null) tally.contacts.withCompany += 1;
  else if (person.companyName === '') tally.contacts.withoutCompany += 1;
  else {
    tally.contacts.companyOnlyNamed += 1;
    tally.onlyNamedCompanies.add(person.companyName);
  }
}

function* dealRows(world: World, tally: Tally): Generator<TableRow> {
  for (let index = 0; index < world.options.deals; index += 1) {
    const deal = dealAt(world, index);
    if (dirtOf('deals', index, world.options.dirt) !== 'ragged-long') {
      tally.deals[deal.status] += 1;
      tally.deals[deal.names] += 1;
      add(tally.byStage, `${deal.pipeline} / ${deal.stage}`);
      if (deal.amountHundredths !== null) add(tally.amounts, deal.currency, deal.amountHundredths);
    }
    if (isChanged(world, 'deal', index)) tally.changed.push(deal.id);
    yield* spoiled(world, tally, 'deals', index, deal.row);
  }
}

function* noteRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (let index = 0; index < world.options.notes; index += 1) {
    const note = noteAt(world, index);
    if (note.contact !== null && isRemoved(world, marks, note.contact)) continue;
    if (dirtOf('notes', index, world.options.dirt) !== 'ragged-long') {
      add(tally.notes, note.parent);
      add(tally.noteFormats, note.format);
    }
    yield* spoiled(world, tally, 'notes', index, note.row);
  }
}

function* membershipRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (const { list, contact, company, status, addedAt } of memberships(world)) {
    if (contact !== null && isRemoved(world, marks, contact)) continue;
    tally.row('list_memberships.csv', true);
    add(tally.memberships, list.name);
    const person = contact === null ? null : personAt(world, contact);
    yield { shape: 'plain', cells: {
      list_id: list.id, list_name: list.name, contact_id: person?.id ?? '', contact_email: person?.email ?? '',
      company_id: company === null ? '' : companyId(company), company_name: company === null ? '' : companyName(world, company), status_name: status, added_at: addedAt,
    } };
  }
}

function* smallRows(tally: Tally, file: string, rows: readonly Row[]): Generator<TableRow> {
  for (const cells of rows) {
    tally.row(file, true);
    yield { cells, shape: 'plain' };
  }
}

function smallTables(world: World, tally: Tally): readonly Table[] {
  const { words, formats, options } = world;
  const yesNo = (value: boolean): string => (value ? formats.yes : formats.no);
  const small = (file: string, columns: readonly string[], rows: readonly Row[]): Table => ({ file, columns, rows: smallRows(tally, file, rows) });
  const fields = customisedObjects.flatMap((object) => customFields(world, object));
  return [
    small('owners.csv', ['id', 'name', 'email', 'active', 'role'], ownerList(world).map((owner, index) => ({ ...owner, active: yesNo(owner.active), role: index === 0 ? 'admin' : 'user' }))),
    small('pipelines.csv', ['id', 'name', 'kind', 'archived'], words.pipelines.map(({ name }, index) => ({ id: `k${index + 1}`, name, kind: 'person', archived: formats.no }))),
    small('stages.csv', ['id', 'pipeline_id', 'pipeline_name', 'name', 'sequence', 'type', 'probability'], words.pipelines.flatMap(({ name, stages }, place) =>
      stages.map(([stage, type, probability], step) => ({ id: `k${place + 1}s${step + 1}`, pipeline_id: `k${place + 1}`, pipeline_name: name, name: stage, sequence: String(step + 1), type, probability })))),
    small('lists.csv', ['id', 'name', 'kind', 'template', 'shared', 'archived', 'treat_as'], relationLists(world).map((list, index) => ({ id: list.id, name: list.name, kind: list.kind, shared: yesNo(index % 2 === 0), archived: yesNo(index === 5), treat_as: '' }))),
    small('tags.csv', ['id', 'name', 'color', 'applies_to'], words.tags.map((name, index) => ({ id: `t${index + 1}`, name, color: `#${((index + 1) * 1_118_481).toString(16).padStart(6, '0').slice(-6)}`, applies_to: '' }))),
    ...(options.customFieldsFile ? [small('custom_fields.csv', ['object', 'list_name', 'key', 'label', 'type', 'options', 'required', 'default'], fields.map(({ object, key, label, type, options: choices }) => ({ object, key, label, type, options: joined(world, choices), required: formats.no })))] : []),
  ];
}

export function tablesOf(world: World, tally: Tally, marks: ContactMarks): readonly Table[] {
  return [
    ...smallTables(world, tally),
    { file: 'companies.csv', columns: companyColumns(world), rows: companyRows(world, tally) },
    { file: 'contacts.csv', columns: contactColumns(world), rows: contactRows(world, tally, marks) },
    { file: 'deals.csv', columns: dealColumns(world), rows: dealRows(world, tally) },
    { file: 'notes.csv', columns: noteColumns, rows: noteRows(world, tally, marks) },
    ...(world.options.lists > 0 ? [{ file: 'list_memberships.csv', columns: ['list_id', 'list_name', 'contact_id', 'contact_email', 'company_id', 'company_name', 'status_name', 'added_at'], rows: membershipRows(world, tally, marks) }] : []),
  ];
}
