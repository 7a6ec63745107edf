import { z } from 'zod';
import { fieldTypes } from '../connector/catalog.ts';

/**
 * The plan file, `portolan.plan.yaml`: how one customer's data moves. This schema is its only definition;
 * the JSON Schema for editors is generated from it. Version 1.
 */

const json: z.ZodType<JsonInPlan> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(json), z.record(z.string(), json)]));
type JsonInPlan = null | boolean | number | string | JsonInPlan[] | { [key: string]: JsonInPlan };

const name = z.string().min(1);

/** Every line that a person confirms carries these. */
const judged = {
  status: z.enum(['proposed', 'confirmed', 'rejected']).describe('A production run needs every line confirmed or rejected.'),
  confidence: z.number().min(0).max(1).describe('0..1, how sure the proposer is.'),
  reason: z.string().describe('Why this line was proposed, in words.'),
  evidence: z.array(z.string()).optional().describe('Sample values of the source field.'),
  alternatives: z.array(name).optional().describe('Other destination fields that come near, best first.'),
  loss: z.string().optional().describe('What does not survive, declared before the run and counted after it.'),
};

/** A condition on one record. Structured forms for what routes need; `expression` (JSONata) for the rest. */
export type Condition =
  | { all: Condition[] } | { any: Condition[] } | { not: Condition }
  | { field: string; equals: JsonInPlan } | { field: string; oneOf: string[] } | { field: string; filled: boolean } | { field: string; yes: boolean }
  | { fact: string; atLeast: number } | { link: string; state: 'found' | 'missing' | 'ambiguous' | 'none'; through?: string | undefined }
  | { decision: string; of?: string | string[] | undefined; is: JsonInPlan } | { undecided: string; of: string | string[] } | { expression: string };
const conditionSchema: z.ZodType<Condition> = z.lazy(() => z.union([
  z.strictObject({ all: z.array(conditionSchema) }),
  z.strictObject({ any: z.array(conditionSchema) }),
  z.strictObject({ not: conditionSchema }),
  z.strictObject({ field: name, equals: json }),
  z.strictObject({ field: name, oneOf: z.array(name).min(1) }), // one of these words, spellings folded
  z.strictObject({ field: name, filled: z.boolean() }),
  z.strictObject({ field: name, yes: z.boolean() }), // the field reads as yes (tak, x, 1 …); anything else, empty too, as no
  z.strictObject({ fact: name, atLeast: z.number() }),
  z.strictObject({ link: name, state: z.enum(['found', 'missing', 'ambiguous', 'none']), through: name.optional() }), // through: found and loaded by this mapping
  // of: the decision `<decision>:<value of this field>`, of several fields their values with " / " between, spellings folded; no such decision = not met
  z.strictObject({ decision: name, of: z.union([name, z.array(name).min(1)]).optional(), is: json }),
  z.strictObject({ undecided: name, of: z.union([name, z.array(name).min(1)]) }), // no decision `<undecided>:<value of these fields>` has an answer: a later export brought the value along
  z.strictObject({ expression: name }),
])).describe('When this applies to a record.');

/** A named transform, alone (`trim`) or with its parameters (`{ date: { order: dmy } }`); one key only. */
export const transformStepSchema = z.union([name, z.record(name, json)]);
export type TransformStep = z.infer<typeof transformStepSchema>;

const fieldLineSchema = z.strictObject({
  to: name.describe('Field of the destination object.'),
  from: z.union([name, z.array(name).min(1)]).optional().describe('Source field, or several that the first transform joins.'),
  constant: json.optional().describe('A fixed value instead of `from`.'),
  link: name.optional().describe('A link of the source object (see `links`) instead of `from`: gives the id of the linked record.'),
  through: z.array(name).optional().describe('With `link`: the mappings whose records count, first one wins.'),
  give: name.optional().describe('With `link`: this field of the linked source record instead of the id of its destination record (for a link of many: the list of them).'),
  transforms: z.array(transformStepSchema).optional(),
  lookup: z.strictObject({
    object: name, by: name, ignoreCase: z.boolean().optional(),
    give: name.optional().describe('Reference field of the hit to use instead of its own id: the partner of a user.'),
    scope: z.record(name, name).optional().describe('Further conditions: lookup object field → destination field of this record already computed.'),
  }).optional().describe('Turns the value into the id of an existing destination record.'),
  whenMissing: z.enum(['empty', 'quarantine']).optional().describe('Link or lookup without a hit. Default: empty.'),
  required: z.boolean().optional().describe('An empty value sends the record to quarantine.'),
  when: conditionSchema.optional(),
  whenUnmet: z.enum(['empty', 'keep']).optional().describe('What a delta does with the value that an earlier load wrote, once `when` is no longer met and no other line fills the field: takes it away (empty), or leaves it (keep). Default: empty, where the destination can.'),
  ...judged,
});
export type FieldLine = z.infer<typeof fieldLineSchema>;

const mappingSchema = z.strictObject({
  id: name,
  source: name.describe('Source object.'),
  destination: name.describe('Destination object.'),
  phase: name,
  when: conditionSchema.optional(),
  otherwise: name.optional().describe('Reason under which records that do not meet `when` are counted as skipped.'),
  holdWhen: z.array(z.strictObject({ condition: conditionSchema, code: name, message: name, remedy: name })).optional()
    .describe('Records that need a person first: they go to quarantine with this code.'),
  identity: z.strictObject({
    match: z.array(z.strictObject({ field: name, ignoreCase: z.boolean().optional() })).optional()
      .describe('Existing destination records with the same value in this field are taken instead of creating (first rule with a hit).'),
    mergeBy: name.optional().describe('Source records with the same folded value of this destination field become one record.'),
    keepApart: z.array(name).optional().describe('Source ids that a person took out of a merge.'),
    create: z.boolean().optional().describe('false: only match, never create. Default true.'),
    whenUnmatched: name.optional().describe('With create false: reason under which unmatched records are counted as skipped.'),
    unique: z.literal('source').optional().describe('The source gives no two records with equal values: several workers may load them at once where the destination tells records apart by their values alone.'),
    whenMatched: z.enum(['keep', 'fill', 'update']).optional().describe('What becomes of a record that was there before: left as it is (keep), given values where it has none (fill), or all values of the plan (update). What it had is kept, and a rollback restores it. Default: keep.'),
  }),
  order: z.union([name, z.array(name).min(1)]).optional()
    .describe('Source field by whose value records are loaded, oldest first, by one worker; of several fields the first that can be read. Mappings of one phase that write in order into one object are loaded as one, in the order of all their records.'),
  orderWithin: name.optional().describe('With `order`: a link to the record within which the order counts. Records of one such record are loaded by one worker, those of different ones by several at once.'),
  fields: z.array(fieldLineSchema),
  leftOut: z.array(z.strictObject({ from: name, ...judged })).describe('Source fields that are not moved, each with its reason.'),
  ...judged,
});
export type Mapping = z.infer<typeof mappingSchema>;

const schemaLineSchema = z.strictObject({
  object: name, name, label: z.string(), type: z.enum(fieldTypes),
  options: z.array(z.strictObject({ value: name, label: z.string() })).optional(),
  relatedObject: name.optional(), currencyField: name.optional(), help: z.string().optional(),
  source: name.optional().describe('Source object and field it was made for: `contact.cf:Region`.'),
  ...judged,
});
export type SchemaLine = z.infer<typeof schemaLineSchema>;

const keyPart = z.strictObject({
  kind: name.describe('id, email, vat, domain, name, …'),
  from: z.union([name, z.array(name).min(1)]).describe('Field or fields; `$id` is the id of the record itself, whether the source has a column for it or not.'),
  normalise: z.enum(['exact', 'fold', 'email', 'domain', 'digits']).describe('How values are made comparable.'),
  compose: z.boolean().optional().describe('true: the fields of `from` together make one value (pipeline and stage name). Default: each counts on its own.'),
  where: z.union([z.strictObject({ field: name, oneOf: z.array(name).min(1) }), z.strictObject({ field: name, filled: z.boolean() })]).optional().describe('Only in records whose field has one of these values (folded): `record_id` where `record_type` says contact; or only where it is filled, or empty.'),
});
export type KeyPart = z.infer<typeof keyPart>;

const linkSchema = z.strictObject({
  object: name.describe('Source object that carries the reference.'),
  name: name.describe('Name of the link, used in field lines and conditions.'),
  to: name.describe('Source object it points to.'),
  by: z.array(keyPart).describe('Tried in this order; the first kind with a hit decides. More than one hit is ambiguous. Empty with `via` and `back`.'),
  via: z.strictObject({ link: name, name }).optional().describe('Instead of `by`: `link` of this object leads to a record, and that record\'s link `name` says where to: the contact of an attachment is the contact of its e-mail.'),
  back: name.optional().describe('Instead of `by`, with `many`: all records of `to` whose link of this name points here, in their order: the attachments of an e-mail.'),
  many: z.boolean().optional().describe('The field holds a list: one link per entry.'),
  label: name.optional().describe('Source field whose value labels the link, for facts (a deal\'s status).'),
});
export type Link = z.infer<typeof linkSchema>;

const decisionSchema = z.strictObject({
  id: name,
  question: z.string(),
  options: z.array(z.strictObject({ value: json, label: z.string(), effect: z.string() })),
  free: z.enum(['number', 'text']).optional().describe('Any value of this type may be given besides the options.'),
  recommendation: json.describe('null = nothing speaks for either option; a person must choose.'),
  answer: json.describe('null = open.'),
  reason: z.string(),
  evidence: z.array(z.string()).optional(),
  shapes: z.literal(true).optional().describe('Mappings follow from the answer: another answer makes the proposal anew, and is refused once records were loaded by them. Until it is answered the proposal follows the recommendation.'),
});
export type Decision = z.infer<typeof decisionSchema>;

export const planSchema = z.strictObject({
  portolan: z.literal(1).describe('Version of the plan format.'),
  project: name,
  route: name,
  source: z.strictObject({ platform: name, catalog: name.describe('Hash of the catalog the plan was made from.') }),
  destination: z.strictObject({ platform: name, version: name, catalog: name }),
  decisions: z.array(decisionSchema),
  schema: z.array(schemaLineSchema).describe('Fields to create at the destination.'),
  derived: z.array(z.strictObject({
    object: name.describe('Source object that is gathered from values of others where the source does not list it.'),
    key: z.strictObject({ kind: z.union([name, z.array(name).min(1)]) }).describe('Key kinds by which an existing record of the object is recognised: any of them; the first that the derived record has names it.'),
    from: z.array(z.strictObject({ object: name, unless: name.optional().describe('Only from records where this field is empty.'), needs: name.optional().describe('Only from records where this field is filled.'), fields: z.record(name, name).describe('Field of the derived record → field of this object; `$id` is the id of its record.'), constants: z.record(name, json).optional().describe('Field of the derived record → a fixed value.'), many: z.boolean().optional() })),
  })),
  keys: z.record(name, z.array(keyPart)).describe('Per source object: the values by which others may point to its records.'),
  links: z.array(linkSchema),
  facts: z.array(z.strictObject({
    object: name, name: name.describe('Used in conditions.'),
    count: z.strictObject({ link: name, of: name.describe('Object that carries the link.'), labels: z.array(z.string()).optional().describe('Count only links with one of these labels, in whatever case; an empty text stands for no label.'), unless: z.array(z.string()).optional().describe('Count no links with one of these labels, in whatever case.') }),
  })).describe('Counts of links that point to a record.'),
  phases: z.array(z.strictObject({ name, label: z.string() })).min(1),
  mappings: z.array(mappingSchema),
});
export type Plan = z.infer<typeof planSchema>;
