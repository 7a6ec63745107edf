import { faultCode, OdooError, traceback, typeError } from '../python-errors.ts';
import type { OdooVersion } from '../options.ts';
import { resolveMarks } from '../store/file-content.ts';
import type { FileStore } from '../store/file-store.ts';
import type { Answer } from './answer.ts';
import { recordsIn } from './json-rpc.ts';
import type { Body } from './read-body.ts';
import type { Services } from './services.ts';
import { parseCall, writeFault, writeResponse, type XmlRpcCall } from './xml-rpc-codec.ts';

const xml = (body: string): Answer => ({ status: 200, type: 'text/xml', body });

/** Reads a call; an Answer is the fault for one that cannot be read (HTTP 200 all the same). */
export function readXmlRpc(version: OdooVersion, body: Body, files: FileStore): XmlRpcCall | Answer {
  try {
    const call = parseCall(body.bytes.toString('utf8'));
    return body.marked ? { ...call, parameters: resolveMarks(call.parameters, files) as readonly unknown[] } : call;
  } catch (error) {
    if (error instanceof OdooError) return xml(faultOf(error, version));
    throw error;
  }
}

/**
 * Carries out a call. A result of None, or of records, is committed and then answered with a fault: the data is changed.
 * @param old the deprecated /xmlrpc path: fault codes are texts, the string is empty
 */
export function answerXmlRpc(version: OdooVersion, services: Services, service: string, call: XmlRpcCall, address: string, old: boolean): Answer {
  try {
    const { value, returnsRecords } = services.call({ service, method: call.method, args: call.parameters, door: 'xmlrpc', address });
    if (returnsRecords) throw typeError("cannot marshal <class 'odoo.api.records'> objects");
    return { ...xml(writeResponse(value, version)), records: recordsIn(value) };
  } catch (error) {
    if (!(error instanceof OdooError)) throw error;
    return xml(old ? oldFault(error, version) : faultOf(error, version));
  }
}

function faultOf(error: OdooError, version: OdooVersion): string {
  const code = faultCode(error);
  return writeFault(code, code === 1 ? traceback(error) : error.message, version);
}

function oldFault(error: OdooError, version: OdooVersion): string {
  const code = faultCode(error);
  if (code === 1) return writeFault(error.message, traceback(error), version);
  const kind = code === 3 ? 'AccessDenied' : code === 4 ? 'AccessError' : 'UserError';
  return writeFault(code === 3 ? 'AccessDenied' : `warning -- ${kind}\n\n${error.message}`, '', version);
}
