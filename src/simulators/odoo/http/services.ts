import { accessDenied, attributeError, keyError, typeError } from '../python-errors.ts';
import type { Door } from '../options.ts';
import { callPositional } from '../orm/call.ts';
import { Environment, type ServerState } from '../orm/environment.ts';
import { transact } from './transact.ts';
import type { Authentication } from './authentication.ts';

export interface ServiceCall { readonly service: string; readonly method: string; readonly args: readonly unknown[]; readonly door: Door; readonly address: string }
export interface ServiceResult { readonly value: unknown; readonly returnsRecords: boolean }

/** The three services behind XML-RPC and JSON-RPC: common, object, db. */
export class Services {
  readonly #state: ServerState;
  readonly #authentication: Authentication;
  readonly #database: string;
  readonly #listDatabases: boolean;

  constructor(state: ServerState, authentication: Authentication, database: string, listDatabases: boolean) {
    this.#state = state;
    this.#authentication = authentication;
    this.#database = database;
    this.#listDatabases = listDatabases;
  }

  call(call: ServiceCall): ServiceResult {
    switch (call.service) {
      case 'common': return { value: this.#common(call), returnsRecords: false };
      case 'object': return this.#object(call);
      case 'db': return { value: this.#db(call), returnsRecords: false };
      default: throw keyError(call.service);
    }
  }

  #common({ method, args, address }: ServiceCall): unknown {
    switch (method) {
      case 'version': return versionOf(this.#state);
      case 'about': return 'See http://openerp.com';
      case 'login':
      case 'authenticate': {
        if (args.length < 3) throw typeError(`exp_${method}() missing ${3 - args.length} required positional arguments`);
        this.#authentication.checkDatabase(args[0]);
        return this.#authentication.login(args[1], args[2], address);
      }
      default: throw attributeError(`Method not found: ${method}`);
    }
  }

  #db({ method }: ServiceCall): unknown {
    switch (method) {
      case 'list':
        if (!this.#listDatabases) throw accessDenied();
        return [this.#database];
      case 'server_version': return `${this.#state.version}.0`;
      case 'db_exist': return true;
      default: throw accessDenied();
    }
  }

  #object({ method, args, door }: ServiceCall): ServiceResult {
    if (method !== 'execute_kw' && method !== 'execute') throw keyError(`Method not available: ${method}`);
    const [database, uid, password, model, name, ...rest] = args;
    this.#authentication.checkDatabase(database);
    if (!this.#authentication.isRightPassword(uid, password)) throw accessDenied();
    const [positional, keywords] = method === 'execute' ? [rest, {}] : [rest[0] ?? [], rest[1] ?? {}];
    if (!Array.isArray(positional)) throw typeError('can only concatenate list (not "dict") to list');
    if (typeof keywords !== 'object' || keywords === null || Array.isArray(keywords)) throw typeError('argument after ** must be a mapping, not list');
    const named = keywords as Record<string, unknown>;
    const context = contextOf(named['context']);
    const env = new Environment(this.#state, uid as number, context, door);
    const { method: found, result } = transact(env, () => callPositional(env, String(model), String(name), positional, named));
    return { value: result, returnsRecords: found.returnsRecords === true };
  }
}

/** Odoo's own Help Desk is a module of Enterprise, whose servers say so. */
export function editionMark({ registry }: ServerState): 'e' | '' {
  return registry.get('helpdesk.sla.status') === undefined ? '' : 'e';
}

function versionOf(state: ServerState): Record<string, unknown> {
  const { version } = state;
  const edition = editionMark(state);
  const name = `${version === 18 ? '18.0-20250506' : `${version}.0`}${edition === '' ? '' : '+e'}`;
  return { server_version: name, server_version_info: [version, 0, 0, 'final', 0, edition], server_serie: `${version}.0`, protocol_version: 1 };
}

function contextOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

