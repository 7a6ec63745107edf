import { text } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';

/** The text of the first file of a zip. */
export function firstOfZip(bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error !== null) return reject(error);
      zip.once('entry', (entry) => zip.openReadStream(entry, (failed, stream) => { if (failed !== null) reject(failed); else resolve(text(stream)); }));
      zip.readEntry();
    });
  });
}
