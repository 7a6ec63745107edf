import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.resolve(import.meta.dirname, '../console/src');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));

/** Words between tags, or in an attribute that people read. */
const words = /(?<=[\w"'}/]>)[^<>{}=;()|&?]*\p{L}{3}[^<>{}=;()|&?]*(?=<)|(?<=\b(?:label|placeholder|title|aria-label|description|alt)=")[^"]*\p{L}[^"]*(?=")/gu;

/** An address as an example is the same in every language. */
const example = /^\S+[.@]\S+$/;

test.each(files)('%s takes its texts from the catalog, so that another language is one file', (name) => {
  const found = readFileSync(path.join(folder, name), 'utf8').split('\n').flatMap((line, index) => [...line.matchAll(words)].filter(([text]) => !example.test(text)).map(([text]) => `line ${index + 1}: ${text}`));
  expect(found).toEqual([]);
});

test('finds a text that is not in the catalog', () => {
  expect('<Text>Not here</Text>'.match(words)).toEqual(['Not here']);
  expect('<Text size="sm">Not here</Text>'.match(words)).toEqual(['Not here']);
  expect('<TextInput label="Name" />'.match(words)).toEqual(['Name']);
});
