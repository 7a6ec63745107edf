import { z } from 'zod';
import { plainText } from '../values/plain-text.ts';
import { defineTransform } from './transform.ts';

const parameters = z.strictObject({
  link: z.string().min(1).describe('Link of many to the parts of the message, whose label is their content id.'),
  through: z.array(z.string().min(1)).min(1).describe('Mappings whose records are the images; first one wins.'),
  url: z.string().includes('{id}').describe('Address of an image at the destination, with `{id}` for its id there.'),
});

export const inlineImages = defineTransform({
  name: 'inlineImages', summary: 'Images inside a message (`cid:…`) point to the loaded attachment. One whose image did not go in keeps its place and counts as a loss.', input: 'html', output: 'html', parameters,
  examples: [
    { parameters: { link: 'parts', through: ['attachments'], url: '/web/image/{id}' }, input: '<p>no image</p>', output: '<p>no image</p>' },
    { parameters: { link: 'parts', through: ['attachments'], url: '/web/image/{id}' }, input: '<img src="cid:logo@x">', output: '<img src="cid:logo@x">', warning: 'logo@x' },
  ],
  prepare: ({ link, through, url }) => (value, { links }) => {
    const text = plainText(value) ?? '';
    if (!/cid:/i.test(text)) return { value: text };
    const addresses = new Map<string, string>();
    for (const resolution of links[link] ?? []) {
      if (resolution.state !== 'found') continue;
      const name = (resolution.label ?? '').replace(/^<|>$/g, '');
      if (name === '') continue;
      const id = through.map((mapping) => resolution.targets[mapping]).find((target) => target !== undefined);
      if (id !== undefined) addresses.set(name, url.replace('{id}', id));
    }
    const missing = new Set<string>();
    const changed = text.replaceAll(/cid:([^"'\s>)]+)/gi, (whole, name: string) => {
      const address = addresses.get(name) ?? addresses.get(decoded(name));
      if (address === undefined) missing.add(name);
      return address ?? whole;
    });
    return missing.size === 0 ? { value: changed } : { value: changed, warning: `no attachment for the inline image ${[...missing].join(', ')}`, loss: `inline image ${[...missing].join(', ')}` };
  },
});

/** Content ids may be written percent-encoded in the body. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a per cent sign of its own
  }
}
