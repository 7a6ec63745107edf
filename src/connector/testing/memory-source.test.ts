import type { CatalogField } from '../catalog.ts';
import { describeSourceConformance } from '../conformance/source-suite.ts';
import { createMemorySource, memoryFileValue, memoryRecord, type MemoryFile } from './memory-source.ts';

const field = (name: string, type: CatalogField['type']): CatalogField => ({ name, label: name, type, required: false, readonly: true, custom: false });
const files = new Map<string, MemoryFile>([['a.txt', new Uint8Array(0)], ['b.txt', new Uint8Array(200_000).fill(3)], ['c.bin', { size: 150_000, chunk: () => new Uint8Array(70_000).fill(9) }]]);

describeSourceConformance('the memory source', {
  open: async () => createMemorySource({
    catalog: {
      platform: 'memory-source', version: null, edition: null, facts: {}, limits: [], notes: [], questions: [],
      objects: [
        { name: 'contact', label: 'Contact', count: null, fields: [field('id', 'text'), field('name', 'text')] },
        { name: 'file', label: 'File', count: null, fields: [field('id', 'text'), field('content', 'binary')] },
      ],
    },
    records: {
      contact: Array.from({ length: 25 }, (_, at) => memoryRecord('contact', `c${at}`, { name: `Contact ${at}` })),
      file: [...files].map(([reference, file], at) => memoryRecord('file', `f${at}`, { content: { ...memoryFileValue(reference, file, at === 1 ? ['sha1'] : ['sha256']) } })),
    },
    rejected: { contact: [{ object: 'contact', id: 'row 26', position: 'row 26', code: 'unreadable', message: 'Row 26 cannot be read.', raw: '?' }] },
    files,
  }),
  exceptions: { 'page-size': 'rejected rows come on top of the first page' },
});
