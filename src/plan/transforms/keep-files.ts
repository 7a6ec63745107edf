import { z } from 'zod';
import { isFileValue } from '../../connector/file-value.ts';
import type { Json } from '../../connector/json.ts';
import { defineTransform, nothing } from './transform.ts';

const file = (name: string, size: number): Json => ({ $file: name, name, mimeType: null, size, sha1: '0'.repeat(40), sha256: null });

export const keepFiles = defineTransform({
  name: 'keepFiles', summary: 'Of files, those that are not larger than `maxBytes` and have none of the `blocked` endings; the others are counted as a loss, by name.', input: 'list', output: 'same', takesLists: true,
  parameters: z.strictObject({ maxBytes: z.int().min(1), blocked: z.array(z.string().min(1)).default([]).describe('Endings without the dot: exe, bat.') }),
  examples: [
    { parameters: { maxBytes: 10 }, input: [file('a.txt', 5), file('b.txt', 11)], output: [file('a.txt', 5)] },
    { parameters: { maxBytes: 10, blocked: ['exe'] }, input: [file('a.EXE', 5)], output: null },
    { parameters: { maxBytes: 10 }, input: file('a.txt', 5), output: file('a.txt', 5) },
  ],
  prepare: ({ maxBytes, blocked }) => {
    const endings = new Set(blocked.map((ending) => ending.toLowerCase()));
    return (value) => {
      const entries = Array.isArray(value) ? value as readonly Json[] : [value];
      const left = entries.filter((entry) => isFileValue(entry) && (entry.size > maxBytes || endings.has(entry.name.split('.').at(-1)?.toLowerCase() ?? '')));
      const kept = entries.filter((entry) => !left.includes(entry));
      const loss = left.length === 0 ? {} : { loss: `file ${left.flatMap((entry) => (isFileValue(entry) ? [entry.name] : [])).join(', ')}` };
      return kept.length === 0 ? { ...nothing, ...loss } : { value: Array.isArray(value) ? kept : kept[0] ?? null, ...loss };
    };
  },
});
