import type { Json } from '../../../connector/json.ts';

const each = Symbol('each entry of a list');
type Step = string | number | typeof each;

/** A path into an answer: `data.items`, `emails[0].value`, `tags[*].name`. Empty = the answer itself. */
export interface JsonPath { readonly text: string; readonly steps: readonly Step[] }

/** null = the text is no path. */
export function parseJsonPath(text: string): JsonPath | null {
  const plain = text.trim().replace(/^\$\.?/, '');
  if (plain === '') return { text, steps: [] };
  if (!/^(?:[^.[\]]+|\[(?:\d+|\*)\])(?:\.[^.[\]]+|\[(?:\d+|\*)\])*$/.test(plain)) return null;
  return { text, steps: [...plain.matchAll(/\[(\d+|\*)\]|([^.[\]]+)/g)].map(([, index, name]) => (name !== undefined ? name : index === '*' ? each : Number(index))) };
}

/** What stands at the path; undefined = nothing. `[*]` gathers a list. */
export function valueAt(value: Json | undefined, path: JsonPath): Json | undefined {
  return follow(value, path.steps, 0);
}

function follow(value: Json | undefined, steps: readonly Step[], at: number): Json | undefined {
  const step = steps[at];
  if (step === undefined || value === undefined || value === null) return value;
  if (step === each) return Array.isArray(value) ? value.flatMap((one: Json) => { const found = follow(one, steps, at + 1); return found === undefined || found === null ? [] : Array.isArray(found) ? [...found] : [found]; }) : undefined;
  if (typeof step === 'number') return Array.isArray(value) ? follow(value[step] as Json | undefined, steps, at + 1) : undefined;
  if (typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, step)) return undefined;
  return follow((value as { readonly [name: string]: Json })[step], steps, at + 1);
}

/** A value as a cell of the bundle has it: text as it is, lists as JSON lists, anything deeper as JSON. '' = empty. */
export function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const cells = value.map((one: Json) => cellOf(one)).filter((cell) => cell !== '');
    return cells.length === 0 ? '' : JSON.stringify(cells);
  }
  return JSON.stringify(value);
}
