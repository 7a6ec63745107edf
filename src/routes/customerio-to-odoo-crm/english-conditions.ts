import type { Json } from '../../connector/json.ts';

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const operators: { readonly [operator: string]: string } = { eq: 'is', neq: 'is not', exists: 'is there', not_exists: 'is not there', gt: 'is above', gte: 'is at least', lt: 'is below', lte: 'is at most', contains: 'contains', changed: 'has changed' };

/**
 * The conditions of a segment in English, as far as they can be read: they are no part of the documented API, so that a part of
 * another shape is quoted as it is.
 * @param nameOf name of another segment by its number; null = it is not listed (archived)
 */
export function inEnglish(conditions: Json, nameOf: (segment: string) => string | null): string {
  if (conditions === null) return 'a list made by hand, or no rule is given';
  return part(conditions, nameOf);
}

function part(node: unknown, nameOf: (segment: string) => string | null): string {
  if (!isTree(node)) return quoted(node);
  for (const [word, joint] of [['and', ' and '], ['or', ' or ']] as const) {
    const parts = node[word];
    if (Array.isArray(parts)) {
      const said = (parts as readonly unknown[]).map((each) => part(each, nameOf));
      return said.length === 1 ? said[0] ?? '' : said.length === 0 ? 'anything' : word === 'or' ? `(${said.join(joint)})` : said.join(joint);
    }
  }
  if (node['not'] !== undefined) return `not (${part(node['not'], nameOf)})`;
  const { attribute, segment, event, message } = node;
  if (isTree(attribute)) return comparison(attribute);
  if (isTree(segment)) return `in the segment ${nameOf(String(segment['id'])) ?? `${String(segment['id'])}, which is not listed (archived)`}`;
  if (isTree(message)) return aboutMessage(message);
  if (isTree(event)) return behaviour(node, event, nameOf);
  return quoted(node);
}

/** `{"newsletter_id": 3, "metric": "opened"}`: what became of something that was sent. */
function aboutMessage(message: Tree): string {
  const [kind, id] = Object.entries(message).find(([name]) => name.endsWith('_id')) ?? [];
  const what = kind === undefined ? 'any message' : `a message of ${kind.slice(0, -3).replaceAll('_', ' ')} ${String(id)}`;
  // Whatever else it says is quoted rather than dropped.
  return typeof message['metric'] === 'string' && Object.keys(message).length === (kind === undefined ? 1 : 2) ? `${what} was ${message['metric']}` : quoted({ message });
}

function comparison({ field, operator, value }: Tree): string {
  const word = operators[String(operator)] ?? String(operator);
  return value === undefined ? `${String(field)} ${word}` : `${String(field)} ${word} "${String(value)}"`;
}

function behaviour(node: Tree, event: Tree, nameOf: (segment: string) => string | null): string {
  const times = Number(node['times'] ?? 1);
  const within = Number(node['within'] ?? 0);
  const filters = isTree(event['filters']) ? part({ and: (Array.isArray(event['filters']['and']) ? event['filters']['and'] as readonly unknown[] : []).map((each) => ({ attribute: each })) }, nameOf) : 'anything';
  const days = within === 0 ? '' : ` within ${Math.round(within / 86_400)} days`;
  return `has ${node['inverse'] === true ? 'not ' : ''}done "${String(event['name'])}"${times > 1 ? ` ${times} times` : ''}${days}${filters === 'anything' ? '' : ` with ${filters}`}`;
}

/** Whether people come and go by what they do: then a tag does not follow, and an automation has to. */
export function asksForEvents(conditions: Json): boolean {
  return /"(?:event|message)"\s*:/u.test(JSON.stringify(conditions));
}

const quoted = (value: unknown): string => JSON.stringify(value);
