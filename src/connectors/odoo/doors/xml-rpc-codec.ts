import { SaxesParser } from 'saxes';
import { XmlRpcFault } from './xml-rpc-fault.ts';
import type { Json } from '../../../connector/json.ts';

/** Writes one XML-RPC call. null is written as <nil/>, which Odoo takes. Texts must be free of control characters (`cleanText`). */
export function encodeCall(method: string, args: readonly Json[]): string {
  return `<?xml version="1.0"?><methodCall><methodName>${escapeXml(method)}</methodName><params>${args.map((value) => `<param>${encodeValue(value)}</param>`).join('')}</params></methodCall>`;
}

function encodeValue(value: Json): string {
  if (value === null) return '<value><nil/></value>';
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? `<value><int>${value}</int></value>` : `<value><double>${value}</double></value>`;
  if (typeof value === 'string') return `<value><string>${escapeXml(value)}</string></value>`;
  if (Array.isArray(value)) return `<value><array><data>${(value as readonly Json[]).map(encodeValue).join('')}</data></array></value>`;
  const members = Object.entries(value as { readonly [name: string]: Json });
  return `<value><struct>${members.map(([name, member]) => `<member><name>${escapeXml(name)}</name>${encodeValue(member)}</member>`).join('')}</struct></value>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

/** A value under construction: a list, a record, or a scalar read from its text. */
type Frame = { kind: 'array'; items: Json[] } | { kind: 'struct'; members: { [name: string]: Json }; name: string };

const scalarTypes = new Set(['string', 'int', 'i4', 'i8', 'boolean', 'double', 'dateTime.iso8601', 'base64', 'nil']);

/**
 * Reads one XML-RPC answer.
 * Control characters that Odoo let into an answer (one stored by another client breaks the XML of a whole page) are dropped
 * before parsing: they are not XML, and the rest of the page is good.
 * @throws XmlRpcFault for a fault; Error when the text is no whole XML-RPC answer.
 */
export function decodeAnswer(text: string): Json {
  const frames: Frame[] = [];
  let scalar: string | null = null; // type of the scalar being read
  let buffer = '';
  let inValue = 0;
  let hadTyped = false;
  let inName = false;
  let isFault = false;
  let result: { readonly value: Json } | null = null;
  let closed = false;

  const deliver = (value: Json): void => {
    const top = frames.at(-1);
    if (top === undefined) result = { value };
    else if (top.kind === 'array') top.items.push(value);
    else top.members[top.name] = value;
  };

  const parser = new SaxesParser();
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name }) => {
    if (name === 'fault') isFault = true;
    else if (name === 'value') { inValue += 1; hadTyped = false; buffer = ''; }
    else if (name === 'array') { frames.push({ kind: 'array', items: [] }); hadTyped = true; }
    else if (name === 'struct') { frames.push({ kind: 'struct', members: {}, name: '' }); hadTyped = true; }
    else if (name === 'name') { inName = true; buffer = ''; }
    else if (inValue > 0 && scalarTypes.has(name)) { scalar = name; buffer = ''; hadTyped = true; }
  });
  parser.on('text', (part) => { buffer += part; });
  parser.on('cdata', (part) => { buffer += part; });
  parser.on('closetag', ({ name }) => {
    if (name === 'name' && inName) {
      inName = false;
      const top = frames.at(-1);
      if (top?.kind === 'struct') top.name = buffer;
    } else if (name === 'array' || name === 'struct') {
      const frame = frames.pop();
      if (frame !== undefined) deliver(frame.kind === 'array' ? frame.items : frame.members);
      hadTyped = true;
    } else if (scalar !== null && name === scalar) {
      deliver(readScalar(scalar, buffer));
      scalar = null;
      hadTyped = true;
    } else if (name === 'value') {
      if (!hadTyped) deliver(buffer); // <value>text</value> is a string
      inValue -= 1;
      hadTyped = true;
    } else if (name === 'methodResponse') closed = true;
  });
  parser.write(text.replaceAll(notXml, '')).close();

  const done = result as { readonly value: Json } | null;
  if (!closed || done === null) throw new Error('not a whole XML-RPC answer');
  if (isFault) throw XmlRpcFault.from(done.value);
  return done.value;
}

// eslint-disable-next-line no-control-regex -- these characters are the point
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45]));/giu;

function readScalar(type: string, text: string): Json {
  switch (type) {
    case 'nil':
      return null;
    case 'boolean':
      return text.trim() === '1';
    case 'int':
    case 'i4':
    case 'i8':
    case 'double':
      return Number(text);
    default:
      return text; // string; dates and base64 come as text from Odoo
  }
}
