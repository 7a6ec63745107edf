import { describe, expect, it } from 'vitest';
import type { PortolanError } from '../../../connector/errors.ts';
import type { OdooClient } from '../client.ts';
import { callLoad } from './load-call.ts';

/** What `callLoad` makes of an answer of `load`; [] in `ids` stands for Odoo's `false`. */
async function outcome(answer: { readonly ids: readonly number[]; readonly messages: readonly object[] }): Promise<unknown> {
  const client = { write: async () => ({ ids: answer.ids.length === 0 ? false : answer.ids, messages: answer.messages }) } as unknown as OdooClient;
  return callLoad(client, 'crm.lead', ['id', 'name', 'stage_id/.id'], [['a', 'A', '1'], ['b', 'B', '1'], ['c', 'C', '1']]).catch((error: unknown) => {
    const { name, code, rejections } = error as PortolanError & { readonly rejections?: readonly object[] };
    return { name, code, ...(rejections === undefined ? {} : { rejections }) };
  });
}
const error = (record: number, message: string, more: object = {}): object => ({ type: 'error', record, message, ...more });
const busy = 'could not serialize access due to concurrent update\n';
const follows = 'current transaction is aborted, commands ignored until end of transaction block\n';

describe('the answer of `load`', () => {
  it('gives the ids, whatever it warns of', async () => {
    expect(await outcome({ ids: [7, 8, 9], messages: [{ type: 'warning', record: 1, message: 'odd' }] })).toEqual([7, 8, 9]);
  });
  it('names each refused record, with its field where it is one of the call', async () => {
    expect(await outcome({ ids: [], messages: [error(0, "No matching record found for database id '77' in field 'Stage'", { field: 'stage_id' }), error(2, 'Invalid', { field: 'tag_ids' })] })).toEqual({
      name: 'RecordRejectedError', code: 'refused', rejections: [{ index: 0, code: 'link-not-found', message: "No matching record found for database id '77' in field 'Stage'", field: 'stage_id' }, { index: 2, code: 'refused', message: 'Invalid' }],
    });
  });
  it('holds no record back for what a busy database made of one of them: the whole call is sent again', async () => {
    expect(await outcome({ ids: [], messages: [error(0, busy), error(1, "Unknown error during import: <class 'odoo.exceptions.MissingError'>: Record does not exist or has been deleted.")] })).toEqual({ name: 'RetriableError', code: 'rolled-back' });
  });
  it('names the record at fault, not those that only followed it', async () => {
    expect(await outcome({ ids: [], messages: [error(0, 'value too long for type character varying(2)'), error(1, follows), error(2, follows)] })).toMatchObject({ code: 'refused', rejections: [{ index: 0 }] });
    expect(await outcome({ ids: [], messages: [error(0, follows), error(1, follows)] })).toEqual({ name: 'RetriableError', code: 'rolled-back' });
  });
  it('waits for an Odoo that builds its models anew', async () => {
    expect(await outcome({ ids: [], messages: [error(0, "Unknown error during import: <class 'AttributeError'>: 'Char' object has no attribute 'depends'")] })).toEqual({ name: 'RetriableError', code: 'registry-in-flux' });
  });
  it('refuses as a whole what stored nothing and says nothing', async () => {
    expect(await outcome({ ids: [], messages: [] })).toEqual({ name: 'RecordRejectedError', code: 'refused', rejections: [] });
  });
});
