import { extname } from 'node:path';
import type { Catalog, CatalogNote } from '../../connector/catalog.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import { ConfigurationError } from '../../connector/errors.ts';
import type { ReadRequest, SourceConnection, SourcePage } from '../../connector/source.ts';
import { isReadable, openBundle, type Bundle } from './bundle.ts';
import { bundleFacts } from './bundle-facts.ts';
import { describeObject } from './catalog-object.ts';
import { checkBundle } from './checks.ts';
import { knownValues, readCustomFields } from './companions.ts';
import { reportFiles } from './file-report.ts';
import { objectDefinition, objectDefinitions } from './objects.ts';
import { readPages } from './read-pages.ts';
import { scanObject, type ObjectScan } from './scan.ts';
import { zipLimits } from '../../connector/kit/zip-extract.ts';
import { maxCellLength } from '../../connector/kit/delimited-tokenizer.ts';
import type { InstreamSettings } from './settings.ts';
import { answeredTables, prepareTables, type Table, type Tables } from './tables.ts';

/** Files that are not tables: told, never passed over silently. */
function otherFiles(bundle: Bundle): readonly CatalogNote[] {
  const others = bundle.files.filter((file) => !isReadable(file.name));
  if (others.length === 0) return [];
  const endings = new Map<string, number>();
  for (const file of others) endings.set(extname(file.name).toLowerCase() || '(none)', (endings.get(extname(file.name).toLowerCase() || '(none)') ?? 0) + 1);
  return [{ subject: 'bundle', level: 'warning', code: 'files-not-read', message: `${others.length} files of the bundle are no tables and are not read by this version`, details: { byEnding: Object.fromEntries(endings), first: others.slice(0, 20).map((file) => file.name) } }];
}

type Progress = (progress: { readonly subject: string; readonly done: number }) => void;

/**
 * An open InStream export. Files are looked at on first use, each object is scanned at most once per set of answers,
 * and the scans (keys, profiles: no rows) are kept until `close`.
 */
export async function openInstreamSource(settings: InstreamSettings, context: ConnectionContext): Promise<SourceConnection> {
  const bundle = await openBundle(settings.path, context.signal);
  return sourceOf(bundle, settings, context);
}

function sourceOf(bundle: Bundle, settings: InstreamSettings, context: ConnectionContext): SourceConnection {
  let prepared: Promise<Tables> | null = null;
  const scans = new Map<string, Promise<ObjectScan | null>>();
  const closing = new AbortController();
  const signal = AbortSignal.any([context.signal, closing.signal]);

  const tables = (): Promise<Tables> => (prepared ??= prepareTables(bundle));

  const scanTables = async (chosen: readonly Table[], answers: { readonly [id: string]: unknown } | null, onProgress?: Progress): Promise<ObjectScan | null> => {
    if (chosen.length === 0) return null;
    const all = await tables();
    const companion = (object: string): readonly Table[] => answeredTables((all.byObject.get(object) ?? []).filter((table) => answers === null || (table.roleQuestion === null && table.headerQuestion === null)), answers);
    return scanObject({
      tables: chosen, signal, known: await knownValues(companion('tag'), companion('list'), signal), customFields: await readCustomFields(companion('custom_field'), signal),
      onProgress: onProgress === undefined ? undefined : (done) => onProgress({ subject: chosen[0]?.object.name ?? '', done }),
    });
  };

  const scan = (object: string, chosen: readonly Table[], answers: { readonly [id: string]: unknown } | null, onProgress?: Progress): Promise<ObjectScan | null> => {
    const key = `${object} ${chosen.map((table) => `${table.name}@${table.begin.offset}`).join(' ')}`;
    const known = scans.get(key);
    if (known !== undefined) return known;
    const started = scanTables(chosen, answers, onProgress);
    scans.set(key, started);
    started.catch(() => scans.delete(key));
    return started;
  };

  const scanAll = async (onProgress?: Progress): Promise<ReadonlyMap<string, ObjectScan>> => {
    const all = await tables();
    const found = new Map<string, ObjectScan>();
    for (const { name } of objectDefinitions) {
      const result = await scan(name, answeredTables(all.byObject.get(name) ?? [], null), null, onProgress);
      if (result !== null) found.set(name, result);
    }
    return found;
  };

  const discover = async (onProgress?: Progress): Promise<Catalog> => {
    context.countCall('discover');
    const all = await tables();
    const found = await scanAll(onProgress);
    const facts = bundleFacts(found, settings, bundle.manifest);
    const described = [...found.values()].map((one) => describeObject(one, typeof facts['timezone'] === 'string' ? facts['timezone'] : null));
    return {
      platform: 'instream', version: null, edition: null, facts,
      objects: described.map((one) => one.object),
      questions: [...all.questions, ...described.flatMap((one) => one.questions)],
      notes: [
        ...[...found.values()].flatMap(reportFiles), ...all.notes, ...described.flatMap((one) => one.notes),
        ...otherFiles(bundle),
      ],
      limits: [
        { name: 'characters in a quoted cell', value: String(maxCellLength) }, { name: 'entries of a zip', value: String(zipLimits.entries) },
        { name: 'unpacked / packed size of a zip entry', value: String(zipLimits.ratio) },
      ],
    };
  };

  async function* read(request: ReadRequest): AsyncGenerator<SourcePage> {
    if (objectDefinition(request.object) === undefined) throw new ConfigurationError({ code: 'unknown-object', message: `InStream has no object ${JSON.stringify(request.object)}.`, remedy: `Use one of: ${objectDefinitions.map((definition) => definition.name).join(', ')}.` });
    const chosen = answeredTables((await tables()).byObject.get(request.object) ?? [], request.answers);
    const scanned = await scan(request.object, chosen, request.answers);
    if (scanned === null) {
      yield { records: [], rejected: [], cursor: null };
      return;
    }
    context.countCall(`read ${request.object}`);
    yield* readPages(scanned, request, signal);
  }

  return {
    capabilities: { modifiedSince: false, pageSize: 1000 },
    check: async () => checkBundle(await tables(), await scanAll()),
    discover: (options) => discover(options?.onProgress),
    read,
    close: async () => {
      closing.abort();
      scans.clear();
      await bundle.close();
    },
  };
}
