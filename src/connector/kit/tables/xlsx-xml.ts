import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';

export interface XmlHandlers {
  readonly open: (name: string, attribute: (name: string) => string | undefined) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Streams an XML part; names come without their prefix; broken XML throws. `afterChunk` runs between chunks, so that output can be written. */
export async function parseXml(stream: Readable, handlers: XmlHandlers, afterChunk: () => Promise<void> = async () => {}): Promise<void> {
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => { handlers.open(local(tag.name), (name) => tag.attributes[name] ?? Object.entries(tag.attributes).find(([key]) => local(key) === name)?.[1]); });
  parser.on('closetag', (tag) => { handlers.close(local(tag.name)); });
  parser.on('text', handlers.text);
  parser.on('cdata', handlers.text);
  const decoder = new StringDecoder('utf8');
  for await (const chunk of stream) {
    parser.write(decoder.write(chunk as Buffer));
    await afterChunk();
  }
  parser.write(decoder.end()).close();
  await afterChunk();
}
