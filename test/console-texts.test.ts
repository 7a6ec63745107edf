import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../console/src');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && name !== 'texts.ts');

interface Node { readonly type: string; readonly start: number; readonly [part: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
const nodeAt = (node: Node | undefined, part: string): Node | undefined => (isNode(node?.[part]) ? node[part] : undefined);

/** Attributes whose words are for the browser. */
const ofTheBrowser = new Set(['className', 'rel', 'key', 'type', 'w', 'c', 'role', 'component', 'autoComplete']);
/** An address as an example is the same in every language. */
const example = /^\S+[.@]\S+$/;

/**
 * Whether a text is for people: between tags and in attributes that people read, any word; elsewhere two words in a row, or one that
 * begins as a sentence does. A single small word elsewhere may be a name of the code as well: that cannot be told.
 */
function isForPeople(text: string, up: readonly Node[]): boolean {
  const [above, parent] = [up.at(-2), up.at(-1)];
  if (example.test(text)) return false;
  if (parent?.type === 'JSXAttribute' && /^(?:label|placeholder|title|aria-label|description|alt)$/.test(String(nodeAt(parent, 'name')?.['name']))) return /\p{L}/u.test(text);
  if (parent?.type === 'JSXElement' || parent?.type === 'JSXFragment') return /\p{L}{2}/u.test(text);
  if (!/\p{L}{2,}[,:;.]? \p{L}{2,}|^\p{Lu}\p{Ll}+/u.test(text)) return false;
  if (up.some((node) => node.type === 'JSXAttribute' && ofTheBrowser.has(String(nodeAt(node, 'name')?.['name'])))) return false;
  if (parent?.type === 'BinaryExpression') return false; // compared with what the browser or the server says
  return !(parent?.type === 'CallExpression' && nodeAt(parent, 'callee')?.['name'] === 'lazyRouteComponent') && above?.type !== 'ImportDeclaration';
}

/** Texts for people in a source; names of properties, imports and types are none. */
function textsIn(name: string, source: string): readonly string[] {
  const found: string[] = [];
  const walk = (node: Node, up: readonly Node[]): void => {
    if (/^(?:Import|TS(?!As|Satisfies|NonNull))/.test(node.type)) return;
    const raw = node.type === 'Literal' || node.type === 'JSXText' ? node['value'] : node.type === 'TemplateElement' ? (node['value'] as { readonly cooked: string }).cooked : null;
    if (typeof raw === 'string' && isForPeople(raw.trim(), up)) found.push(`line ${source.slice(0, node.start).split('\n').length}: ${raw.trim()}`);
    for (const [part, value] of Object.entries(node)) {
      if (part === 'key' && node['computed'] !== true) continue;
      for (const child of Array.isArray(value) ? value as readonly unknown[] : [value]) if (isNode(child)) walk(child, [...up, node]);
    }
  };
  const { program, errors } = parseSync(name, source);
  expect(errors).toEqual([]);
  walk(program as unknown as Node, []);
  return found;
}

test.each(files)('%s takes its texts from the catalog, so that another language is one file', (name) => {
  expect(textsIn(name, readFileSync(path.join(folder, name), 'utf8'))).toEqual([]);
});

test.each([
  ['a.tsx', '<Text>Not here</Text>', ['Not here']], ['a.tsx', '<Text size="sm">saved</Text>', ['saved']], ['a.tsx', '<Text>{count} of {all}</Text>', ['of']], ['a.tsx', '<TextInput label="Name" />', ['Name']], ['a.tsx', '<Text>{done ? "All saved" : null}</Text>', ['All saved']], ['a.tsx', '<Text>{`Sheet ${number}`}</Text>', ['Sheet']],
  ['a.ts', 'tell("the server is away");', ['the server is away']], ['a.ts', 'const remedy = { message: `Load the page ${again}` };', ['Load the page']], ['a.ts', 'throw new Error("Away");', ['Away']], ['a.ts', 'const words = ["Saved"];', ['Saved']],
] as const)('finds in %s: %s', (name, source, texts) => {
  expect(textsIn(name, source).map((text) => text.replace(/^line \d+: /, ''))).toEqual(texts);
});

test.each([
  ['a.tsx', '<Text className="value small text">{texts.saved}</Text>'], ['a.tsx', '<TextInput placeholder="mail.example.com" />'], ['a.tsx', '<Anchor rel="noreferrer noopener" />'],
  ['a.ts', 'if (event.key === "Enter") send({ "plan show": 1, state: "paused" });'], ['a.ts', 'import { a } from "./Some file.ts";'], ['a.ts', 'const path = `/api/projects/${project}/runs`;'],
])('finds nothing in %s: %s', (name, source) => { expect(textsIn(name, source)).toEqual([]); });
