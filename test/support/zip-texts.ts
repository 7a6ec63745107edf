import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { open, type Entry, type ZipFile } from 'yauzl';

const openZip = promisify<string, { autoClose: boolean }, ZipFile>(open);

/** Every file of a zip as text. */
export async function textsIn(path: string): Promise<readonly Readonly<{ name: string; text: string }>[]> {
  const zip = await openZip(path, { autoClose: false });
  const entries: Entry[] = [];
  zip.on('entry', (entry: Entry) => { entries.push(entry); });
  await once(zip, 'end');
  const files = [];
  for (const entry of entries) files.push({ name: entry.fileName, text: await text(await promisify(zip.openReadStream.bind(zip) as (of: Entry, then: (error: Error | null, stream: NodeJS.ReadableStream) => void) => void)(entry)) });
  zip.close();
  return files;
}
