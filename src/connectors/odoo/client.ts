import { RateLimitedError } from '../../connector/errors.ts';
import type { ConnectionContext } from '../../connector/context.ts';
import type { HttpEffect } from '../../connector/kit/http/http-outcomes.ts';
import type { FileOpener } from '../../connector/file-value.ts';
import type { Json, JsonObject } from '../../connector/json.ts';
import type { OdooDoor } from './doors/door.ts';
import { quietContext, readContext } from './fields/contexts.ts';
import { schemaTurnsOf } from './fields/schema-turns.ts';
import { wasTooMuch } from './doors/too-much.ts';
import type { OdooVersion, VersionTraits } from './fields/versions.ts';

/**
 * How often one refused reading call (429: certainly not carried out) is sent before the refusal is passed on. Repeated here and
 * not by the step as a whole: a step of 40 calls that begins anew at each refusal never ends at a limit of 25 calls a window. A
 * changing call is passed on at once: whoever made it looks again, before each attempt, whether the work is still his.
 */
const refusalsOfOneCall = 6;

/** A logged-in Odoo: one way to call it, whatever the door. Calls are counted, budgeted and carry the right context. */
export interface OdooClient {
  readonly version: OdooVersion;
  readonly traits: VersionTraits;
  readonly door: OdooDoor['name'];
  readonly uid: number;
  readonly database: string;
  /** A reading call, archived records included; `context` adds to it. */
  read(model: string, method: string, args: JsonObject, context?: JsonObject): Promise<Json>;
  /** A changing call, with the quiet context; `context` adds to it, `files` opens the `FileValue`s among the arguments. */
  write(model: string, method: string, args: JsonObject, context?: JsonObject, files?: FileOpener): Promise<Json>;
  /** search_read over all matching records, in pages by id. */
  searchRead(model: string, domain: Json, fields: readonly string[], options?: { readonly limit?: number }): Promise<readonly JsonObject[]>;
}

/** Page of reading: from 1,000 on Odoo gains nothing more (measured on 17). */
const pageSize = 1_000;

export function createOdooClient(params: Readonly<{ door: OdooDoor; version: OdooVersion; traits: VersionTraits; uid: number; url: string; database: string; context: ConnectionContext }>): OdooClient {
  const { door, context } = params;
  const turns = schemaTurnsOf(`${params.url} ${params.database}`);
  const call = async (model: string, method: string, args: JsonObject, effect: HttpEffect, files?: FileOpener): Promise<Json> => {
    for (let attempt = 1; ; attempt += 1) {
      await context.budget.acquire('calls');
      context.countCall(`${model}.${method}`);
      try {
        const send = (): Promise<Json> => door.call({ model, method, args, effect, ...(files === undefined ? {} : { files }) });
        return await (effect === 'write' && model === 'ir.model.fields' ? turns.alone(send) : turns.ordinary(send));
      } catch (error) {
        if (!(error instanceof RateLimitedError)) throw error;
        await context.budget.penalise('calls', error.retryAfterMs);
        if (effect === 'write' || attempt >= refusalsOfOneCall) throw error;
      }
    }
  };
  const read: OdooClient['read'] = (model, method, args, extra = {}) => call(model, method, { ...args, context: { ...readContext, ...extra } }, 'read');
  return {
    version: params.version, traits: params.traits, door: door.name, uid: params.uid, database: params.database,
    read,
    write: (model, method, args, extra = {}, files) => call(model, method, { ...args, context: { ...quietContext, ...extra } }, 'write', files),
    // Keyset paging: safe against rows that come and go while reading. The default order is not by id, so it is always given.
    async searchRead(model, domain, fields, options = {}) {
      const rows: JsonObject[] = [];
      const limit = options.limit ?? Number.POSITIVE_INFINITY;
      let size = pageSize;
      for (let last = 0; rows.length < limit;) {
        const asked = Math.min(size, limit - rows.length);
        try {
          const page = await read(model, 'search_read', { domain: [...(domain as Json[]), ['id', '>', last]], fields: [...fields], order: 'id', limit: asked }) as readonly JsonObject[];
          rows.push(...page);
          if (page.length < asked) break;
          last = Number(page.at(-1)?.['id']);
        } catch (error) {
          if (asked === 1 || !wasTooMuch(error)) throw error;
          size = Math.ceil(asked / 2); // and no larger again: the server is as slow for the next page
        }
      }
      return rows;
    },
  };
}
