import type { Json } from '../../connector/json.ts';
import { answer } from './confirm.ts';
import type { Condition, Decision, FieldLine, Plan } from '../plan.ts';

/** Who owns records at the source, and by what an owner is found among the users of the destination. A route says it once. */
export interface OwnerLookup {
  readonly object: string; // source object of owners: 'owner'
  readonly email: string; // its field that names the owner
  readonly name: string | null; // its field for people; null = it has none
  readonly mapping: string; // mapping that finds the user, and makes none
  readonly through: readonly string[]; // every mapping that places owners, in the order in which they count
  readonly field: string; // destination field by which the user is found: 'login'
  readonly decision: string; // an owner's decision is `<decision>:<address>`
  readonly unassigned: string; // answer that finds nobody
}

/** An owner as the source writes the address (in every spelling), and the user who is to stand for it. */
export interface OwnerAssignment { readonly spellings: readonly string[]; readonly login: string }

const REASON = 'Assigned by a person (`portolan owners apply`).';

/**
 * Puts assignments into a plan: as answers of the decisions that it has, as new decisions with a line of their own where it asked
 * nothing about the owner. Later runs and deltas keep them, like every other answer. Pure.
 */
export function assignOwners(plan: Plan, owners: OwnerLookup, assignments: readonly OwnerAssignment[]): Plan {
  return assignments.reduce((current, assignment) => assign(current, owners, assignment), plan);
}

/** The id of an owner's decision in this plan, however the address is written; null = the plan has none. */
export function ownerDecisionId(plan: Pick<Plan, 'decisions'>, owners: OwnerLookup, email: string): string | null {
  const wanted = `${owners.decision}:${email}`.toLowerCase();
  return plan.decisions.find(({ id }) => id.toLowerCase() === wanted)?.id ?? null;
}

function assign(plan: Plan, owners: OwnerLookup, { spellings, login }: OwnerAssignment): Plan {
  const [email] = spellings;
  if (email === undefined) return plan;
  const known = ownerDecisionId(plan, owners, email);
  if (known !== null) return answer(plan, { [known]: login });
  const id = `${owners.decision}:${email}`;
  const decision: Decision = {
    id, question: `Who stands for the owner "${email}"?`,
    options: [{ value: owners.unassigned, label: 'Nobody', effect: 'The records stay unassigned.' }], free: 'text', recommendation: null, answer: login as Json as Decision['answer'], reason: REASON,
  };
  // A later line of the same field goes before an earlier one where its condition is met.
  const when: Condition = { any: spellings.map((spelling): Condition => ({ field: owners.email, equals: spelling })) };
  const line: FieldLine = { to: owners.field, constant: true, transforms: [{ decision: { id } }], when, status: 'confirmed', confidence: 1, reason: REASON };
  return {
    ...plan, decisions: [...plan.decisions, decision],
    mappings: plan.mappings.map((mapping) => (mapping.id === owners.mapping ? { ...mapping, fields: [...mapping.fields, line] } : mapping)),
  };
}
