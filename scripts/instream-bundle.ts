/**
 * Writes a made-up InStream export: `npm run bundle -- --folder ./export --contacts 2000 --dirt 0.05 --language pl`.
 * Any field of BundleOptions is an option: --encoding windows-1250, --zip ./export.zip, --known-owners a@b.example,c@d.example.
 * --changed 0.1 --removed 0.05 --added 0.1 (shares, 0 to 1) write a second export of the same account.
 * Prints what the bundle holds as one JSON document; --without-details leaves out the single records.
 */
import { parseArgs } from 'node:util';
import { generateBundle } from '../src/simulators/instream/bundle.ts';
import { mutate } from '../src/simulators/instream/later.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string' }, zip: { type: 'string' }, seed: { type: 'string' }, contacts: { type: 'string' }, companies: { type: 'string' },
    deals: { type: 'string' }, notes: { type: 'string' }, lists: { type: 'string' },
    emails: { type: 'string' }, calls: { type: 'string' }, meetings: { type: 'string' }, tasks: { type: 'string' }, files: { type: 'string' }, 'record-tags': { type: 'string' },
    'attachment-bytes': { type: 'string' }, 'email-form': { type: 'string' }, 'meeting-form': { type: 'string' }, 'treat-lists': { type: 'string' }, language: { type: 'string' }, format: { type: 'string' }, encoding: { type: 'string' },
    delimiter: { type: 'string' }, dates: { type: 'string' }, numbers: { type: 'string' }, dirt: { type: 'string' },
    'ambiguous-dates': { type: 'boolean' }, 'without-ids': { type: 'boolean' }, manifest: { type: 'boolean' }, 'without-custom-fields-file': { type: 'boolean' },
    'known-owners': { type: 'string' }, changed: { type: 'string' }, removed: { type: 'string' }, added: { type: 'string' },
    'without-details': { type: 'boolean' },
  },
});

const choices: { readonly [option: string]: readonly string[] } = {
  'email-form': ['mixed', 'eml', 'mbox', 'csv'], 'meeting-form': ['mixed', 'ics', 'csv'], 'treat-lists': ['open', 'given'], language: ['pl', 'en'], format: ['csv', 'xlsx'], encoding: ['utf-8', 'utf-8-bom', 'windows-1250', 'iso-8859-2', 'utf-16le'], delimiter: [',', ';', '\t', '|'],
  dates: ['iso', 'dmy-dots', 'dmy-slashes', 'mdy-slashes'], numbers: ['plain', 'space-comma', 'dot-comma', 'comma-dot'],
};

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

/** `email-form` → `emailForm`. */
const fieldOf = (option: string): string => option.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const options: { [name: string]: unknown } = {};
for (const name of ['folder', 'zip'] as const) if (values[name] !== undefined) options[name] = values[name];
for (const name of ['seed', 'contacts', 'companies', 'deals', 'notes', 'lists', 'emails', 'calls', 'meetings', 'tasks', 'files', 'record-tags', 'attachment-bytes', 'dirt'] as const) {
  const text = values[name];
  if (text === undefined) continue;
  if (text.trim() === '' || !Number.isFinite(Number(text))) fail(`--${name} ${text}: expected a number`);
  options[fieldOf(name)] = Number(text);
}
for (const [name, allowed] of Object.entries(choices)) {
  const text = values[name as keyof typeof values];
  if (text === undefined) continue;
  if (typeof text !== 'string' || !allowed.includes(text)) fail(`--${name} ${String(text)}: expected one of ${allowed.map((choice) => JSON.stringify(choice)).join(', ')}`);
  options[fieldOf(name)] = text;
}
if (values['ambiguous-dates'] === true) options['ambiguousDates'] = true;
if (values['without-ids'] === true) options['ids'] = false;
if (values.manifest === true) options['manifest'] = true;
if (values['without-custom-fields-file'] === true) options['customFieldsFile'] = false;
if (values['known-owners'] !== undefined) options['knownOwners'] = values['known-owners'].split(',');
const isLater = values.changed !== undefined || values.removed !== undefined || values.added !== undefined;
try {
  const all = isLater ? mutate(options, { changed: Number(values.changed ?? 0), removed: Number(values.removed ?? 0), added: Number(values.added ?? 0) }) : options;
  const { details, ...counts } = await generateBundle(all);
  console.log(JSON.stringify(values['without-details'] === true ? counts : { ...counts, details }, null, 2));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
