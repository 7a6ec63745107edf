import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ReportFile } from '../reports/report-files.ts';

/** The files as one zip, made while it is read. A file that cannot be made to its end ends the stream with its error. */
export function zipOf(files: readonly ReportFile[]): Readable {
  const pack = new ZipFile();
  const packed = pack.outputStream as Readable;
  pack.on('error', (error: Error) => { packed.destroy(error); });
  for (const { name, content } of files) {
    if (typeof content === 'string' || Buffer.isBuffer(content)) pack.addBuffer(Buffer.from(content), name);
    else {
      pack.addReadStreamLazy(name, (opened) => {
        const stream = Readable.from(content, { objectMode: false });
        stream.on('error', (error) => { pack.emit('error', error); }); // yazl 3.3 listens to none of a stream that it is given: the process would end
        opened(null, stream);
      });
    }
  }
  pack.end();
  return packed;
}
