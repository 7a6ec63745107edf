import type { Json } from '../../../connector/json.ts';

/** A fault as XML-RPC carries it: a number and a text. */
export class XmlRpcFault extends Error {
  readonly faultCode: number | string;
  readonly faultString: string;
  constructor(faultCode: number | string, faultString: string) {
    super(`XML-RPC fault ${faultCode}`); // never the text: it may be a traceback with values
    this.faultCode = faultCode;
    this.faultString = faultString;
  }

  static from(value: Json): XmlRpcFault {
    const fault = (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as { readonly [name: string]: Json };
    const code = fault['faultCode'];
    return new XmlRpcFault(typeof code === 'number' || typeof code === 'string' ? code : 1, String(fault['faultString'] ?? ''));
  }
}

/**
 * Names of the exception behind a fault, in the words of JSON-RPC's `data.name`. Codes 2, 3 and 4 stand for groups; code 1 is any
 * other Python exception, named in the last unindented line of its traceback.
 */
export function faultName(fault: XmlRpcFault): { readonly name: string; readonly message: string } {
  if (fault.faultCode === 2) {
    return /does not exist or has been deleted/iu.test(fault.faultString) && /\(Record:/u.test(fault.faultString)
      ? { name: 'odoo.exceptions.MissingError', message: fault.faultString }
      : { name: 'odoo.exceptions.UserError', message: fault.faultString };
  }
  if (fault.faultCode === 3) return { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied' };
  if (fault.faultCode === 4) return { name: 'odoo.exceptions.AccessError', message: fault.faultString };
  const lines = fault.faultString.split('\n');
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const match = /^([A-Za-z_][\w.]*(?:Error|Exception|Warning|Failure|Violation|Detected|Canceled|Shutdown|NotAvailable|OutOfRange|Full|Connections|Denied|Now|\w+\.\w+))(?:: (.*))?$/u.exec(lines[at] ?? '');
    if (match?.[1] === undefined) continue;
    const name = match[1].includes('.') ? match[1] : `builtins.${match[1]}`;
    return { name, message: [match[2] ?? '', ...lines.slice(at + 1)].join('\n').trim() };
  }
  return { name: 'unknown', message: lines.findLast((line) => line.trim() !== '') ?? '' };
}

/**
 * A method that returns None or records commits its work and THEN faults, because the answer cannot be written as XML [14 17 18 19].
 * The work is done; repeating the call would do it twice.
 */
export function isFaultAfterCommit(fault: XmlRpcFault): boolean {
  return fault.faultCode === 1 && /TypeError: cannot marshal (None|<class)/u.test(fault.faultString);
}
