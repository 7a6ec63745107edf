import { companyId, companyName } from './companies.ts';
import type { Row } from './companies.ts';
import { contactId, personAt } from './contacts.ts';
import { customFields, customisedObjects } from './custom-fields.ts';
import { dirtOf } from '../dirt.ts';
import { memberships, relationLists } from './lists.ts';
import type { Membership } from './lists.ts';
import { isoOf } from '../activities/moments.ts';
import { ownerList } from './owners.ts';
import { fateWithParent } from './presence.ts';
import type { ContactMarks } from './presence.ts';
import { spoiled } from '../table.ts';
import type { Table, TableRow } from '../table.ts';
import { add } from '../tally.ts';
import type { Tally } from '../tally.ts';
import { joined } from '../world.ts';
import type { World } from '../world.ts';

const valueColumn = (world: World): string => `cf:${world.words.relationValue}`;
const membershipColumns = (world: World): readonly string[] => ['list_id', 'list_name', 'contact_id', 'contact_email', 'company_id', 'company_name', 'status_name', 'owner_email', 'added_at', 'status_changed_at',
  ...(relationLists(world).some(({ treatAs }) => treatAs === 'pipeline') ? [valueColumn(world)] : [])];

function membershipCells(world: World, place: Membership): Row {
  const { list, contact, company, status, owner, valueHundredths } = place;
  const person = contact === null ? null : personAt(world, contact);
  return {
    list_id: list.id, list_name: list.name, contact_id: person?.id ?? '', contact_email: person?.email ?? '',
    company_id: company === null ? '' : companyId(company), company_name: company === null ? '' : companyName(world, company), status_name: status, owner_email: owner,
    added_at: world.formats.dateTime(place.addedAt), status_changed_at: world.formats.dateTime(place.statusChangedAt), [valueColumn(world)]: valueHundredths === null ? '' : world.formats.decimal(valueHundredths),
  };
}

function* membershipRows(world: World, tally: Tally, marks: ContactMarks): Generator<TableRow> {
  for (const place of memberships(world)) {
    const { list, contact, company } = place;
    const fate = fateWithParent(world, marks, { contact, deal: null }, place.fate);
    tally.fate('membership', place.id, fate);
    if (fate === 'removed' || fate === 'never') continue;
    const dirt = dirtOf('list_memberships', place.ordinal, world.options.dirt);
    const cells = membershipCells(world, place);
    if (dirt === 'unknown-list') Object.assign(cells, { list_id: 'l0', list_name: `${list.name} ?` });
    if (dirt === 'unknown-contact') Object.assign(cells, { contact_id: 'p0', contact_email: 'nobody@nowhere.example', company_id: '', company_name: '' });
    add(tally.memberships, cells['list_name'] ?? '');
    const lost = dirt === 'unknown-contact' || (contact !== null && dirtOf('contacts', contact, world.options.dirt) === 'ragged-long') || (company !== null && dirtOf('companies', company, world.options.dirt) === 'ragged-long');
    tally.details?.memberships.push({
      list: cells['list_name'] ?? '', record: lost ? null : contact === null ? companyId(company ?? 0) : contactId(contact), status: place.status, owner: place.owner,
      addedAt: isoOf(world, place.addedAt), statusChangedAt: isoOf(world, place.statusChangedAt), valueHundredths: place.valueHundredths, dirt,
    });
    yield* spoiled(world, tally, 'list_memberships', place.ordinal, cells);
  }
}

function* smallRows(tally: Tally, file: string, rows: readonly Row[]): Generator<TableRow> {
  for (const cells of rows) {
    tally.row(file, true);
    yield { cells, shape: 'plain' };
  }
}

function fieldRows(world: World): readonly Row[] {
  const fields = customisedObjects.flatMap((object) => customFields(world, object));
  const { formats, words } = world;
  return [
    ...fields.map(({ object, key, label, type, options: choices }) => ({ object, key, label, type, options: joined(world, choices), required: formats.no })),
    ...relationLists(world).filter(({ treatAs }) => treatAs === 'pipeline').map(({ name }) => ({ object: 'list', list_name: name, key: 'relation_value', label: words.relationValue, type: 'currency', required: formats.no })),
  ];
}

/** Owners, pipelines, stages, lists, tags, custom fields, and who stands on which list. */
export function smallTables(world: World, tally: Tally, marks: ContactMarks): readonly Table[] {
  const { words, formats, options } = world;
  const yesNo = (value: boolean): string => (value ? formats.yes : formats.no);
  const small = (file: string, columns: readonly string[], rows: readonly Row[]): Table => ({ file, columns, rows: smallRows(tally, file, rows) });
  return [
    small('owners.csv', ['id', 'name', 'email', 'active', 'role'], ownerList(world).map((owner, index) => ({ ...owner, active: yesNo(owner.active), role: index === 0 ? 'admin' : 'user' }))),
    small('pipelines.csv', ['id', 'name', 'kind', 'archived'], words.pipelines.map(({ name }, index) => ({ id: `k${index + 1}`, name, kind: 'person', archived: formats.no }))),
    small('stages.csv', ['id', 'pipeline_id', 'pipeline_name', 'name', 'sequence', 'type', 'probability'], words.pipelines.flatMap(({ name, stages }, place) =>
      stages.map(([stage, type, probability], step) => ({ id: `k${place + 1}s${step + 1}`, pipeline_id: `k${place + 1}`, pipeline_name: name, name: stage, sequence: String(step + 1), type, probability })))),
    small('lists.csv', ['id', 'name', 'kind', 'template', 'shared', 'archived', 'treat_as'], relationLists(world).map((list, index) => ({
      id: list.id, name: list.name, kind: list.kind, shared: yesNo(index % 2 === 0), archived: yesNo(index === 5), treat_as: options.treatLists === 'given' ? list.treatAs : '' }))),
    small('tags.csv', ['id', 'name', 'color', 'applies_to'], words.tags.map((name, index) => ({ id: `t${index + 1}`, name, color: `#${((index + 1) * 1_118_481).toString(16).padStart(6, '0').slice(-6)}`, applies_to: '' }))),
    ...(options.customFieldsFile ? [small('custom_fields.csv', ['object', 'list_name', 'key', 'label', 'type', 'options', 'required', 'default'], fieldRows(world))] : []),
    ...(options.lists > 0 ? [{ file: 'list_memberships.csv', columns: membershipColumns(world), rows: membershipRows(world, tally, marks) }] : []),
  ];
}
