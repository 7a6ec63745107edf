import { SaxesParser } from 'saxes';
import { OdooError, typeError } from '../python-errors.ts';
import { PythonFloat } from '../orm/read.ts';
import { FileContent } from '../store/file-content.ts';

export interface XmlRpcCall { readonly method: string; readonly parameters: readonly unknown[] }

/**
 * Reads a methodCall. Control characters, U+FFFE and bad XML are refused as expat refuses them.
 * @throws OdooError xml.parsers.expat.ExpatError
 */
export function parseCall(xml: string): XmlRpcCall {
  const parser = new SaxesParser();
  const stack: Frame[] = [{ tag: '', values: [] }];
  let method = '';
  let text = '';
  let failure: Error | null = null;
  parser.on('error', (error) => { failure ??= error; });
  parser.on('text', (part) => { text += part; });
  parser.on('cdata', (part) => { text += part; });
  parser.on('opentag', ({ name }) => {
    if (name === 'array' || name === 'struct' || name === 'value' || name === 'member') stack.push({ tag: name, values: [] });
    text = '';
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'methodName') method = text.trim();
    else closeTag(stack, name, text);
    if (name !== 'value') text = '';
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    failure ??= error as Error;
  }
  if (failure !== null) throw new OdooError('xml.parsers.expat.ExpatError', `not well-formed (invalid token): line ${parser.line}, column ${parser.column}`);
  return { method, parameters: stack[0]!.values };
}

interface Frame { readonly tag: string; readonly values: unknown[]; name?: string; typed?: boolean }

function closeTag(stack: Frame[], name: string, text: string): void {
  const top = stack.at(-1)!;
  const give = (value: unknown): void => {
    const value_ = stack.at(-1)!;
    value_.values.push(value);
    value_.typed = true;
  };
  switch (name) {
    case 'int': case 'i4': case 'i8': return give(Number(text.trim()));
    case 'double': return give(Number(text.trim()));
    case 'boolean': return give(text.trim() === '1' || text.trim() === 'true');
    case 'string': return give(text);
    case 'nil': return give(null);
    case 'base64': throw typeError("'Binary' object is not a string");
    case 'dateTime.iso8601': return give(text.trim().replace(/^(\d{4})(\d{2})(\d{2})T/u, '$1-$2-$3 '));
    case 'name': top.name = text; return;
    case 'value': {
      const frame = stack.pop()!;
      stack.at(-1)!.values.push(frame.typed ? frame.values[0] : text);
      return;
    }
    case 'array': {
      const frame = stack.pop()!;
      return give(frame.values);
    }
    case 'member': {
      const frame = stack.pop()!;
      stack.at(-1)!.values.push([frame.name ?? '', frame.values[0]]);
      return;
    }
    case 'struct': {
      const frame = stack.pop()!;
      return give(Object.fromEntries(frame.values as [string, unknown][]));
    }
    default:
  }
}

/**
 * Writes a methodResponse.
 * @throws OdooError "cannot marshal None" for null and "cannot marshal <class …>" for records: the call itself is committed by then
 */
export function writeResponse(value: unknown, version: number): string {
  return `<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n${writeValue(value, version)}</param>\n</params>\n</methodResponse>\n`;
}

export function writeFault(code: number | string, text: string, version: number): string {
  return `<?xml version='1.0'?>\n<methodResponse>\n<fault>\n${writeValue({ faultCode: code, faultString: text }, version)}</fault>\n</methodResponse>\n`;
}

function writeValue(value: unknown, version: number): string {
  const parts: string[] = [];
  write(value, version, parts);
  return parts.join('');
}

function write(value: unknown, version: number, parts: string[]): void {
  if (value === null || value === undefined) throw typeError('cannot marshal None unless allow_none is enabled');
  if (typeof value === 'boolean') parts.push(`<value><boolean>${value ? 1 : 0}</boolean></value>\n`);
  else if (typeof value === 'number') parts.push(writeNumber(value));
  else if (typeof value === 'string') parts.push(`<value><string>${escapeText(value, version)}</string></value>\n`);
  else if (value instanceof FileContent) parts.push(`<value><string>${value.written()}</string></value>\n`);
  else if (value instanceof PythonFloat) parts.push(`<value><double>${floatText(value.value)}</double></value>\n`);
  else if (Array.isArray(value)) {
    parts.push('<value><array><data>\n');
    for (const entry of value) write(entry, version, parts);
    parts.push('</data></array></value>\n');
  } else {
    parts.push('<value><struct>\n');
    for (const [key, entry] of Object.entries(value as Record<string, unknown>)) {
      if (entry === undefined) continue;
      parts.push(`<member>\n<name>${escapeText(key, version)}</name>\n`);
      write(entry, version, parts);
      parts.push('</member>\n');
    }
    parts.push('</struct></value>\n');
  }
}

function writeNumber(value: number): string {
  if (!Number.isInteger(value)) return `<value><double>${floatText(value)}</double></value>\n`;
  if (value > 2 ** 31 - 1 || value < -(2 ** 31)) throw new OdooError('builtins.OverflowError', 'int exceeds XML-RPC limits');
  return `<value><int>${value}</int></value>\n`;
}

function floatText(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** 17 and later drop control characters; 14 writes them, and U+FFFE goes out on all: the whole answer is then not XML. */
function escapeText(text: string, version: number): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // oxlint-disable-next-line no-control-regex -- these very characters are meant
  return version >= 17 ? escaped.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/gu, '') : escaped;
}
