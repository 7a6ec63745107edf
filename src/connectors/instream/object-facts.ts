import type { JsonObject } from '../../connector/json.ts';
import { dummyEmailReason } from '../../connector/kit/values/dummy-email.ts';
import { foldText } from '../../connector/kit/fold.ts';
import { splitMulti } from '../../connector/kit/values/multi-values.ts';
import { firstEmail } from './record-key.ts';
import type { Table } from './tables.ts';

/** Stage of a pipeline with how its deals came out, in order of first appearance. */
export interface StageOutcome { readonly pipeline: string; readonly stage: string; open: number; won: number; lost: number; archived: number; other: number }

/** A stage as stages.csv lists it, as read; empty = not said. */
export interface ListedStage { readonly pipeline: string; readonly stage: string; readonly sequence: string; readonly type: string; readonly probability: string }

/** What is said of one list: by lists.csv, by list_memberships.csv, by the cells of contacts. */
export interface ListFact { readonly name: string; kind: string; treatAs: string; people: number; companies: number; inCells: number; readonly statuses: Map<string, number> }

/** What the rows of one object say that routes ask for. */
export interface ObjectFacts {
  readonly owners: ReadonlyMap<string, number>; // e-mail → records
  readonly withoutOwner: number;
  readonly ownerNames: ReadonlyMap<string, string>; // owners.csv: e-mail → name, at most 1,000
  readonly tagVariants: ReadonlyMap<string, ReadonlyMap<string, number>>; // folded → spelling → count
  readonly currencies: ReadonlyMap<string, number>;
  readonly stages: readonly StageOutcome[];
  readonly listedStages: readonly ListedStage[]; // at most 1,000
  readonly withoutContact: number;
  readonly contactsOnDeals: Readonly<{ any: number; open: number }> | null; // different contacts that deals name; null = more than can be told apart
  readonly withCompany: number; // records that name a company
  readonly archived: number;
  readonly dummies: readonly JsonObject[]; // { email, reason }, at most 1,000
  readonly dummyCount: number;
  readonly lists: readonly ListFact[]; // in order of first appearance; memberships that give an id alone stand under it
  readonly listNames: ReadonlyMap<string, string>; // lists.csv: id → name
}

const statusWords: { readonly [word: string]: 'open' | 'won' | 'lost' | 'archived' } = {
  open: 'open', otwarta: 'open', otwarty: 'open', otwarte: 'open', 'w toku': 'open', active: 'open', aktywna: 'open', aktywny: 'open',
  won: 'won', wygrana: 'won', wygrany: 'won', wygrane: 'won', lost: 'lost', przegrana: 'lost', przegrany: 'lost', przegrane: 'lost', utracona: 'lost',
  archived: 'archived', zarchiwizowana: 'archived', zarchiwizowany: 'archived', inactive: 'archived', nieaktywna: 'archived',
};
const yes = new Set(['tak', 't', 'yes', 'y', 'true', '1', 'x', '✓', 'prawda']);
const ownerFields = ['owner_email', 'author_email', 'organizer_email', 'uploaded_by'];
/** Tables of different values kept at most: beyond, new values are no longer told apart. An account has far fewer. */
const maxDistinct = 50_000;
const maxDummies = 1_000;

/** A copy that does not keep the whole chunk alive from which the text was cut. */
const detached = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

function count(map: Map<string, number>, key: string): void {
  const before = map.get(key);
  if (before !== undefined) map.set(key, before + 1);
  else if (map.size < maxDistinct) map.set(detached(key), 1);
}

export interface FactCollector {
  /** A function that takes the cells of each record of a table. */
  reader(table: Table): (cells: readonly string[]) => void;
  finish(isKnown: ReadonlyMap<string, (part: string) => boolean>): ObjectFacts;
}

/** Gathers the facts of one object while its rows go by. */
export function collectFacts(object: string): FactCollector {
  const owners = new Map<string, number>();
  const tagCells = new Map<string, number>();
  const currencies = new Map<string, number>();
  const stages = new Map<string, StageOutcome>();
  const listedStages: ListedStage[] = [];
  const dummies: JsonObject[] = [];
  const lists = new Map<string, ListFact>();
  const listNames = new Map<string, string>();
  const listCells = new Map<string, number>();
  const ownerNames = new Map<string, string>();
  const onDeals = new Map<string, boolean>(); // contact as deals name it → one of these deals is open
  let withoutOwner = 0, withoutContact = 0, withCompany = 0, archived = 0, dummyCount = 0;

  const takeStage = (pipeline: string, stage: string, status: string): void => {
    const key = `${foldText(pipeline)}|${foldText(stage)}`;
    const entry = stages.get(key) ?? { pipeline: detached(pipeline), stage: detached(stage), open: 0, won: 0, lost: 0, archived: 0, other: 0 };
    if (!stages.has(key) && stages.size < maxDistinct) stages.set(key, entry);
    entry[status === '' ? 'open' : statusWords[foldText(status)] ?? 'other'] += 1;
  };
  const listOf = (name: string): ListFact => {
    const known = lists.get(foldText(name));
    if (known !== undefined) return known;
    const fresh: ListFact = { name: detached(name), kind: '', treatAs: '', people: 0, companies: 0, inCells: 0, statuses: new Map() };
    if (lists.size < maxDistinct) lists.set(foldText(name), fresh);
    return fresh;
  };
  const takeDummy = (cell: string): void => {
    const email = firstEmail(cell) || (cell.includes('@') ? cell : '');
    const reason = email === '' ? null : dummyEmailReason(email);
    if (reason === null) return;
    dummyCount += 1;
    if (dummies.length < maxDummies) dummies.push({ email: detached(email), reason });
  };

  return {
    reader(table) {
      const at = new Map(table.columns.map((column) => [column.field, column.index]));
      const position = (field: string): number => at.get(field) ?? -1;
      const owner = ownerFields.map(position).find((index) => index >= 0) ?? -1;
      const [tags, tagName, email, archive] = ['tags', object === 'tag' ? 'name' : 'tag_name', 'email', 'archived'].map(position) as [number, number, number, number];
      const [pipeline, pipelineId, stage, stageId, status, currency, contactId, contactEmail] = ['pipeline_name', 'pipeline_id', 'stage_name', 'stage_id', 'status', 'currency', 'contact_id', 'contact_email'].map(position) as [number, number, number, number, number, number, number, number];
      const [listName, listId, listsCell] = ['list_name', 'list_id', 'lists'].map(position) as [number, number, number];
      return (cells) => {
        const cell = (index: number): string => (index < 0 ? '' : (cells[index] ?? '').trim());
        if (object !== 'owner') {
          const address = firstEmail(cell(owner)) || cell(owner);
          if (address === '') withoutOwner += 1;
          else count(owners, address);
        } else if (cell(position('name')) !== '' && firstEmail(cell(email)) !== '' && ownerNames.size < 1_000) ownerNames.set(detached(firstEmail(cell(email))), detached(cell(position('name'))));
        const tagCell = cell(tags) || cell(tagName);
        if (tagCell !== '') count(tagCells, tagCell);
        if (yes.has(cell(archive).toLowerCase())) archived += 1;
        if (object === 'stage' && listedStages.length < 1_000) {
          const of = (field: string): string => detached(cell(position(field)));
          listedStages.push({ pipeline: of('pipeline_name') || of('pipeline_id'), stage: of('name'), sequence: of('sequence'), type: of('type'), probability: of('probability') });
        }
        if (object === 'list') {
          const list = listOf(cell(position('name')));
          list.kind = detached(cell(position('kind')));
          list.treatAs = detached(cell(position('treat_as')));
          if (cell(position('id')) !== '') listNames.set(detached(cell(position('id'))), list.name);
        }
        if (object === 'list_membership' && (cell(listName) || cell(listId)) !== '') {
          const list = listOf(cell(listName) || cell(listId));
          if (cell(contactId) === '' && cell(contactEmail) === '') list.companies += 1;
          else list.people += 1;
          if (cell(position('status_name')) !== '') count(list.statuses, cell(position('status_name')));
        }
        if (object === 'contact' && cell(listsCell) !== '') count(listCells, cell(listsCell));
        if (object === 'contact') takeDummy(cell(email));
        if (object === 'contact' && (cell(position('company_id')) !== '' || cell(position('company_name')) !== '')) withCompany += 1;
        if (object === 'deal') {
          takeStage(cell(pipeline) || cell(pipelineId), cell(stage) || cell(stageId), cell(status));
          if (cell(currency) !== '') count(currencies, cell(currency).toUpperCase());
          const contact = cell(contactId) || foldText(firstEmail(cell(contactEmail)) || cell(contactEmail));
          if (contact === '') withoutContact += 1;
          else if (onDeals.has(contact) || onDeals.size < maxDistinct) onDeals.set(detached(contact), onDeals.get(contact) === true || (statusWords[foldText(cell(status))] ?? 'open') === 'open');
        }
      };
    },
    finish(isKnown) {
      for (const [cell, times] of listCells) for (const name of splitMulti(cell, isKnown.get('lists') ?? (() => true))) listOf(name).inCells += times;
      return { lists: [...lists.values()], listNames, owners, ownerNames, withoutOwner, currencies, stages: [...stages.values()], listedStages, withoutContact, withCompany, contactsOnDeals: onDeals.size < maxDistinct ? { any: onDeals.size, open: [...onDeals.values()].filter(Boolean).length } : null, archived, dummies, dummyCount, tagVariants: variants(tagCells, object, isKnown.get('tags') ?? (() => true)) };
    },
  };
}

/** Groups the spellings of each tag. */
function variants(cells: ReadonlyMap<string, number>, object: string, isKnown: (part: string) => boolean): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const [cell, times] of cells) {
    for (const name of object === 'tag' || object === 'record_tag' ? [cell] : splitMulti(cell, isKnown)) {
      const group = groups.get(foldText(name)) ?? new Map<string, number>();
      group.set(name, (group.get(name) ?? 0) + times);
      groups.set(foldText(name), group);
    }
  }
  return groups;
}
