import type { Catalog, CatalogNote } from '../../connector/catalog.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import { maxCellLength } from '../../connector/kit/tables/delimited-tokenizer.ts';
import { zipLimits } from '../../connector/kit/tables/zip-archive.ts';
import type { ReadRequest, SourceConnection, SourcePage } from '../../connector/source.ts';
import { openBundle, type Bundle } from './bundle.ts';
import { bundleFacts } from './bundle-facts.ts';
import { describeObject, type DescribedObject } from './catalog-object.ts';
import { checkBundle } from './checks.ts';
import { meetingNotes } from './computed-meeting.ts';
import { contentNotes, gatherContents, type Contents } from './contents.ts';
import { reportFiles } from './file-report.ts';
import { objectDefinitions } from './objects.ts';
import { FileOpening } from './open-file.ts';
import { readPages } from './read-pages.ts';
import { discoveryScope, knownObject, Reading, type Progress } from './reading.ts';
import type { ObjectScan } from './scan.ts';
import type { InstreamSettings } from './settings.ts';

/**
 * An open InStream export. Files are looked at on first use, each object is scanned at most once per set of answers,
 * and the scans (keys, profiles: no rows) are kept until the object has been read to its end, or `close`.
 * @throws ConfigurationError the export cannot be opened, or the descriptor is not as expected
 */
export async function openInstreamSource(settings: InstreamSettings, context: ConnectionContext): Promise<SourceConnection> {
  const closing = new AbortController();
  const signal = AbortSignal.any([context.signal, closing.signal]);
  const bundle = await openBundle(settings.path ?? null, signal);
  const reading = new Reading(bundle, settings, context, signal);
  try {
    const descriptor = await reading.descriptor();
    const modifiedSince = descriptor !== null && settings.path === undefined && descriptor.objects.every((object) => object.updatedParam !== undefined);
    return sourceOf({ bundle, settings, context, reading, signal, modifiedSince, stop: () => closing.abort() });
  } catch (error) {
    await bundle.close();
    throw error;
  }
}

interface Opened {
  readonly bundle: Bundle; readonly settings: InstreamSettings; readonly context: ConnectionContext; readonly reading: Reading;
  readonly signal: AbortSignal; readonly modifiedSince: boolean; readonly stop: () => void;
}

function sourceOf({ bundle, settings, context, reading, signal, modifiedSince, stop }: Opened): SourceConnection {
  const opening = new FileOpening(bundle, () => reading.mail());

  const scanAll = async (onProgress?: Progress): Promise<ReadonlyMap<string, ObjectScan>> => {
    const found = new Map<string, ObjectScan>();
    for (const { name } of objectDefinitions) {
      const result = await reading.scan(name, discoveryScope, onProgress);
      if (result !== null) found.set(name, result);
    }
    return found;
  };

  const contents = (found: ReadonlyMap<string, ObjectScan>): Promise<Contents> => gatherContents(bundle, reading, found);

  const discover = async (onProgress?: Progress): Promise<Catalog> => {
    context.countCall('discover');
    const found = await scanAll(onProgress);
    const all = await reading.tables();
    const content = await contents(found);
    const facts: Catalog['facts'] = { ...bundleFacts(found, settings, bundle.manifest), attachments: { files: content.files, bytes: content.bytes, missing: content.missing } };
    const described: DescribedObject[] = [];
    for (const scan of found.values()) described.push(describeObject(scan, typeof facts['timezone'] === 'string' ? facts['timezone'] : null, await reading.computed(scan, discoveryScope)));
    const meetings = found.get('meeting');
    const notes: readonly CatalogNote[] = [
      ...[...found.values()].flatMap(reportFiles), ...all.notes, ...described.flatMap((one) => one.notes),
      ...await reading.notes(), ...(meetings === undefined ? [] : meetingNotes(meetings)), ...contentNotes(content),
    ];
    return {
      platform: 'instream', version: null, edition: null, facts, objects: described.map((one) => one.object), notes,
      questions: [...all.questions, ...described.flatMap((one) => one.questions)],
      limits: [
        { name: 'characters in a quoted cell', value: String(maxCellLength) }, { name: 'entries of a zip', value: String(zipLimits.entries) },
        { name: 'unpacked / packed size of a zip entry', value: String(zipLimits.ratio) },
      ],
    };
  };

  async function* read(request: ReadRequest): AsyncGenerator<SourcePage> {
    knownObject(request.object, objectDefinitions.map((definition) => definition.name));
    const scope = { answers: request.answers, since: modifiedSince ? request.modifiedSince ?? null : null };
    const scan = await reading.scan(request.object, scope);
    if (scan === null) {
      yield { records: [], rejected: [], cursor: null };
      return;
    }
    context.countCall(`read ${request.object}`);
    for await (const page of readPages(scan, request, signal, await reading.computed(scan, scope))) {
      if (page.cursor === null) reading.release(scan); // before the last page goes: nobody asks for what comes after it
      yield page;
    }
  }

  return {
    capabilities: { modifiedSince, pageSize: 1000, files: true },
    check: async () => {
      const found = await scanAll();
      return checkBundle(await reading.tables(), found, await contents(found));
    },
    discover: (options) => discover(options?.onProgress),
    read,
    openFile: ({ file }) => opening.open(file),
    close: async () => {
      stop();
      reading.forget();
      await bundle.close();
    },
  };
}
