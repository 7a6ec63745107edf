import type { Json } from '../../../connector/json.ts';
import type { Bundle } from '../bundle.ts';
import { TableSpool } from '../spooled-table.ts';
import type { Table } from '../tables.ts';
import type { RestDescriptor, RestObject } from './descriptor.ts';
import { cellOf, valueAt } from './json-path.ts';
import type { RestClient } from './rest-client.ts';
import { restPages } from './rest-pages.ts';

/** Reads all pages of an object once and makes a table of them, which is then read and interpreted like a file of the bundle. */
export async function spoolRest(params: Readonly<{ descriptor: RestDescriptor; object: RestObject; client: RestClient; bundle: Bundle; since: string | null; onProgress?: ((rows: number) => void) | undefined }>): Promise<Table> {
  const { descriptor, object } = params;
  const canonical = new Set(object.definition.columns.map((column) => column.name));
  const named = Object.entries(object.fields).filter(([name]) => name !== 'id' || object.idPath === undefined);
  const columns = [...(object.idPath === undefined ? [] : [{ field: 'id', path: object.idPath }]), ...named.map(([name, path]) => ({ field: canonical.has(name) || name.startsWith('cf:') ? name : `cf:${name}`, path }))];
  const address = `${descriptor.baseUrl}/${object.path.replace(/^\/+/, '')}`;
  const spool = await TableSpool.create(params.bundle);
  try {
    for await (const page of restPages(descriptor, object, params.client, params.since)) {
      for (const [index, item] of page.items.entries()) {
        const position = `${object.path} page ${page.number} item ${index + 1}`;
        if (isRecord(item)) await spool.write({ position, cells: columns.map(({ path }) => cellOf(valueAt(item, path))) });
        else await spool.write({ position, cells: [], rejected: { code: 'not-a-record', message: 'the item is no JSON object', raw: JSON.stringify(item).slice(0, 10_000) } });
      }
      params.onProgress?.(spool.rows);
    }
  } catch (error) {
    await spool.close();
    throw error;
  }
  const table = await spool.finish(object.definition, `rest ${object.definition.fileKey}`, columns.map((column) => column.field), { address, paging: object.paging.kind });
  return { ...table, sealed: true };
}

const isRecord = (item: Json): boolean => typeof item === 'object' && item !== null && !Array.isArray(item);
