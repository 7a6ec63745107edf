import type { Catalog, CatalogField } from '../../connector/catalog.ts';
import type { Decision, KeyPart, Link, Mapping, Plan } from '../../plan/plan.ts';
import { counted } from './counted.ts';
import { byRoute } from './line-builder.ts';

/** Objects whose own columns become fields of leads and partners, and the model that each is written to. */
const homes: Readonly<Record<string, readonly string[]>> = { contact: ['res.partner', 'crm.lead'], company: ['res.partner'], deal: ['crm.lead'] };

/** What tags of a model are. A field of several choices is a list of tags of its own. */
export const tagsOf: Readonly<Record<string, string>> = { 'res.partner': 'res.partner.category', 'crm.lead': 'crm.tag' };

/** More choices than this are free text more likely than a list somebody drew up: the people who pick from it would not find theirs. */
const MOST_CHOICES = 100;

/** A column in which a record has several choices of a list: the same header on several objects is one list. */
export interface ChoiceColumn {
  readonly label: string;
  readonly columns: readonly { readonly object: string; readonly field: CatalogField }[];
}

/** Own columns of several choices, by header. `destination`: one that an earlier load keeps as text stays text and is not asked about. */
function choiceColumns(source: Catalog, destination: Catalog): readonly ChoiceColumn[] {
  const byLabel = new Map<string, { object: string; field: CatalogField }[]>();
  for (const object of Object.keys(homes)) {
    for (const field of source.objects.find(({ name }) => name === object)?.fields ?? []) {
      const isOne = field.name.startsWith('cf:') && field.type === 'multiSelection' && field.computed !== true && (field.profile?.filled ?? 0) > 0 && (field.profile?.typeConfidence ?? 0) >= 1;
      if (isOne) byLabel.set(field.label, [...byLabel.get(field.label) ?? [], { object, field }]);
    }
  }
  return [...byLabel].filter(([label]) => !isTextAlready(destination, label)).map(([label, columns]) => ({ label, columns }));
}

function isTextAlready(destination: Catalog, label: string): boolean {
  return ['res.partner', 'crm.lead'].some((model) => destination.objects.find(({ name }) => name === model)?.fields.some((field) => field.custom && field.label === label && field.type !== 'references' && (field.description ?? '').endsWith('of InStream.')));
}

const decisionOf = (label: string): string => `several-choices:${label}`;

/** The choices that the columns know: those listed for them, else at least as many as their cells differ. */
function choicesOf({ columns }: ChoiceColumn): { readonly count: number; readonly names: readonly string[] } {
  const names = [...new Set(columns.flatMap(({ field }) => field.options?.map(({ label }) => label) ?? []))];
  return names.length > 0 ? { count: names.length, names } : { count: Math.max(...columns.map(({ field }) => field.profile?.distinct ?? 0)), names };
}

const recommended = (column: ChoiceColumn): 'tags' | 'text' => (choicesOf(column).count <= MOST_CHOICES ? 'tags' : 'text');

/** IO-11: tags or text, asked for every column of several choices. */
export function choiceDecisions(source: Catalog, destination: Catalog): Decision[] {
  return choiceColumns(source, destination).map((column): Decision => {
    const { count, names } = choicesOf(column);
    return {
      id: decisionOf(column.label), shapes: true, question: `The column "${column.label}" holds several choices in a cell. How shall Odoo keep them?`,
      options: [
        { value: 'tags', label: 'A field of tags', effect: `Every choice can be searched, grouped and picked by itself. Each becomes a tag "${column.label}: …" of leads and of partners, in a field of its own beside the usual tags.` },
        { value: 'text', label: 'Text', effect: 'One line of text, such as "wood; metal". Nothing is added to the tags.' },
      ],
      recommendation: recommended(column), answer: null,
      reason: names.length > 0 ? `The export lists ${counted(count, 'choice', 'choices')}.` : `Its cells differ in ${counted(count, 'way', 'ways')}${count > MOST_CHOICES ? ': too many for a list that people pick from' : ''}.`,
      evidence: (names.length > 0 ? names : column.columns.flatMap(({ field }) => field.profile?.samples ?? [])).slice(0, 5),
    };
  });
}

/** What a plan needs for columns whose choices become tags. */
export interface Choices {
  readonly derived: Plan['derived'];
  readonly keys: Plan['keys'];
  readonly links: Plan['links'];
  readonly mappings: readonly Mapping[];
  /** Link and mapping that lead from a column of an object to its tags at a model; null = the column is text. */
  of(object: string, field: string, model: string): { readonly link: string; readonly through: string } | null;
}

/** Answers decide which columns become tags; without one the recommendation counts. */
export function choices(source: Catalog, destination: Catalog, answers: { readonly [decisionId: string]: unknown }): Choices {
  const tagged = choiceColumns(source, destination).filter((column) => (answers[decisionOf(column.label)] ?? recommended(column)) === 'tags')
    .map((column, index) => ({ ...column, object: `choice of ${column.label}`, id: `choices-${index + 1}` }));
  const byName = (from: string): KeyPart => ({ kind: 'name', from, normalise: 'exact' });
  const mappingId = (id: string, model: string): string => `${id}-${model === 'crm.lead' ? 'of-leads' : 'of-partners'}`;
  return {
    derived: tagged.map(({ object, label, columns }) => ({
      object, key: { kind: 'name' }, from: columns.map((column) => ({ object: column.object, needs: column.field.name, many: true, fields: { name: column.field.name }, constants: { column: label } })),
    })),
    keys: Object.fromEntries(tagged.map(({ object }) => [object, [byName('name')]])),
    links: tagged.flatMap(({ object, columns }) => columns.map(({ object: from, field }): Link => ({ object: from, name: object, to: object, many: true, by: [byName(field.name)] }))),
    mappings: tagged.flatMap(({ object, id, label, columns }) => [...new Set(columns.flatMap((column) => homes[column.object] ?? []))].map((model): Mapping => ({
      id: mappingId(id, model), source: object, destination: tagsOf[model] ?? '', phase: 'configuration', identity: { match: [{ field: 'name', ignoreCase: true }], mergeBy: 'name' },
      fields: [{ to: 'name', from: ['column', 'name'], transforms: [{ join: ': ' }, 'collapseSpaces'], required: true, ...byRoute('Column and choice: tells it apart from the tags that people give.') }], leftOut: [],
      ...byRoute(`Choices of the column "${label}", as tags of ${model === 'crm.lead' ? 'leads and opportunities' : 'partners'} (decision ${decisionOf(label)}).`),
    }))),
    of(object, field, model) {
      const column = tagged.find(({ columns }) => columns.some((one) => one.object === object && one.field.name === field));
      return column === undefined || homes[object]?.includes(model) !== true ? null : { link: column.object, through: mappingId(column.id, model) };
    },
  };
}
