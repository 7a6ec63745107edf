import { activityTables } from './activities/activity-tables.ts';
import { companyColumns, companyId, companyRow } from './records/companies.ts';
import type { Row } from './records/companies.ts';
import { contactColumns, contactId, contactRow, personAt } from './records/contacts.ts';
import { dealAt, dealColumns, dealId, isDealRemoved } from './records/deals.ts';
import { dirtOf } from './dirt.ts';
import { listsChanged } from './records/lists.ts';
import { noteAt, noteColumns } from './activities/notes.ts';
import { isoOf } from './activities/moments.ts';
import { fateWithParent, isRemoved } from './records/presence.ts';
import type { ContactMarks } from './records/presence.ts';
import { smallTables } from './records/small-tables.ts';
import { separatorOf, spoiled } from './table.ts';
import type { Table, TableRow } from './table.ts';
import { add } from './tally.ts';
import type { Tally } from './tally.ts';
import { companyTotal, contactTotal, dealTotal, isChanged } from './world.ts';
import type { World } from './world.ts';
import { totalWithLater } from './later.ts';

function* companyRows(world: World, tally: Tally): Generator<TableRow> {
  for (let index = 0; index < companyTotal(world); index += 1) {
    tally.fate('company', companyId(index), index >= world.options.companies ? 'added' : isChanged(world, 'company', index) ? 'changed' : 'same');
    yield* spoiled(world, tally, 'companies', index, companyRow(world, index));
  }
}

function* contactRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (let index = 0; index < contactTotal(world); index += 1) {
    if (isRemoved(world, marks, index)) {
      tally.fate('contact', contactId(index), 'removed');
      continue;
    }
    tally.fate('contact', contactId(index), index >= world.options.contacts ? 'added' : isChanged(world, 'contact', index) || listsChanged(world, index) ? 'changed' : 'same');
    const cells = contactRow(world, index);
    const dirt = dirtOf('contacts', index, world.options.dirt);
    if (dirt !== 'ragged-long') countContact(world, tally, index, cells);
    yield* spoiled(world, tally, 'contacts', index, cells);
    if (dirt !== 'duplicate-contact') continue;
    // the same person once more: an id of its own, the address in other case
    const again: Row = { ...cells, id: `${contactId(index)}x`, email: (cells['email'] ?? '').toUpperCase() };
    tally.row('contacts.csv', true);
    countContact(world, tally, index, again);
    tally.tagCell(again['tags'] ?? '', separatorOf(world), again['id'] ?? null);
    add(tally.owners, again['owner_email'] ?? '');
    yield { cells: again, shape: 'plain' };
  }
}

function countContact(world: World, tally: Tally, index: number, cells: Row): void {
  if (cells['archived'] === world.formats.yes) tally.contacts.archived += 1;
  const person = personAt(world, index);
  tally.details?.contacts.push({ id: cells['id'] ?? '', email: cells['email'] ?? '', company: person.company === null ? null : companyId(person.company) });
  if (person.company !== null) tally.contacts.withCompany += 1;
  else if (person.companyName === '') tally.contacts.withoutCompany += 1;
  else {
    tally.contacts.companyOnlyNamed += 1;
    tally.onlyNamedCompanies.add(person.companyName);
  }
}

function* dealRows(world: World, tally: Tally): Generator<TableRow> {
  for (let index = 0; index < dealTotal(world); index += 1) {
    if (isDealRemoved(world, index)) {
      tally.fate('deal', dealId(index), 'removed');
      continue;
    }
    const deal = dealAt(world, index);
    if (dirtOf('deals', index, world.options.dirt) !== 'ragged-long') {
      tally.deals[deal.status] += 1;
      tally.deals[deal.names] += 1;
      add(tally.byStage, `${deal.pipeline} / ${deal.stage}`);
      if (deal.amountHundredths !== null) add(tally.amounts, deal.currency, deal.amountHundredths);
    }
    tally.fate('deal', deal.id, index >= world.options.deals ? 'added' : isChanged(world, 'deal', index) ? 'changed' : 'same');
    yield* spoiled(world, tally, 'deals', index, deal.row);
  }
}

function* noteRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (let index = 0; index < totalWithLater(world, world.options.notes); index += 1) {
    const note = noteAt(world, index);
    const { id, parent, author, format, createdAt } = note;
    const fate = fateWithParent(world, marks, parent, note.fate);
    tally.fate('note', id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    const dirt = dirtOf('notes', index, world.options.dirt);
    if (dirt !== 'ragged-long') {
      add(tally.notes, parent.kind);
      add(tally.noteFormats, format);
      tally.details?.notes.push({ id, record: parent.record, author, format, createdAt: createdAt === null ? null : isoOf(world, createdAt), body: note.row['body'] ?? '', dirt });
    }
    yield* spoiled(world, tally, 'notes', index, note.row);
  }
}

/** The files of rows, in the order in which they are written. */
export function tablesOf(world: World, tally: Tally, marks: ContactMarks): readonly Table[] {
  return [
    ...smallTables(world, tally, marks),
    { file: 'companies.csv', columns: companyColumns(world), rows: companyRows(world, tally) },
    { file: 'contacts.csv', columns: contactColumns(world), rows: contactRows(world, tally, marks) },
    { file: 'deals.csv', columns: dealColumns(world), rows: dealRows(world, tally) },
    { file: 'notes.csv', columns: noteColumns, rows: noteRows(world, tally, marks) },
    ...activityTables(world, tally, marks),
  ];
}
