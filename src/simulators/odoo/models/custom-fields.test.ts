import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRaw, type RawClient } from '../testing/raw-client.ts';

describe.each([14, 17, 19] as const)('custom fields of Odoo %i', (version) => {
  let client: RawClient;
  let model: number;
  beforeAll(async () => {
    client = await startRaw(version, { users: [{ login: 'sam', password: 'sam', role: 'sales-manager' }] });
    [model] = await client.call<[number]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
  });
  afterAll(() => client.odoo.stop());
  const define = (name: string, ttype: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ name, model_id: model, ttype, field_description: `Field ${name}`, state: 'manual', ...more });
  const fail = (values: Record<string, unknown>): Promise<{ message: string }> => client.fail('ir.model.fields', 'create', [values]);

  it('of every kind are usable at once, and gone with their data when deleted', async () => {
    const ids = await client.call<number[]>('ir.model.fields', 'create', [[
      define('x_char', 'char', { size: 5 }), define('x_text', 'text'), define('x_int', 'integer'), define('x_float', 'float'), define('x_bool', 'boolean'), define('x_date', 'date'),
      define('x_dt', 'datetime'), define('x_html', 'html'), define('x_m2o', 'many2one', { relation: 'crm.tag' }), define('x_m2m', 'many2many', { relation: 'crm.tag' }),
      define('x_sel', 'selection', { selection_ids: [[0, 0, { value: 'a', name: 'Aye', sequence: 2 }], [0, 0, { value: 'b', name: 'Bee', sequence: 1 }]] }),
      define('x_old', 'selection', { selection: "[('k', 'It\\'s'), (\"q\", \"L\")]" }),
    ]]);
    const fields = await client.call<Record<string, { type: string; manual: boolean; selection?: unknown }>>('res.partner', 'fields_get', [], {});
    expect(fields['x_sel']).toMatchObject({ type: 'selection', manual: true, selection: [['b', 'Bee'], ['a', 'Aye']] });
    expect(fields['x_old']!.selection).toEqual([['k', "It's"], ['q', 'L']]);
    expect(await client.call('res.users', 'fields_get', [['x_char']])).toHaveProperty('x_char');
    const tag = await client.call<number>('crm.tag', 'create', [{ name: 'T' }]);
    const values = { x_char: 'longer than five', x_text: 't', x_int: 5, x_float: 1.5, x_bool: true, x_date: '2020-01-01', x_dt: '2020-01-01 10:00:00', x_html: '<p>h</p>', x_m2o: tag, x_m2m: [[6, 0, [tag]]], x_sel: 'b', x_old: 'k' };
    const partner = await client.call<number>('res.partner', 'create', [{ name: 'P', ...values }]);
    expect((await client.call<Record<string, unknown>[]>('res.partner', 'read', [[partner], Object.keys(values)]))[0]).toEqual({ id: partner, ...values, x_char: 'longe', x_m2o: [tag, 'T'], x_m2m: [tag] });
    expect(await client.call('ir.model.fields', 'unlink', [ids])).toBe(true);
    expect(await client.call('res.partner', 'fields_get', [['x_char', 'x_sel']])).toEqual({});
    expect(Object.keys(client.odoo.state.row('res.partner', partner)!).filter((name) => name.startsWith('x_'))).toEqual([]);
  });

  it('obey the rules of names, types and relations', async () => {
    expect((await fail(define('plain', 'char'))).message).toBe("Custom fields must have a name that starts with 'x_' !");
    for (const name of ['x_a-b', 'x_ä', `x_${'a'.repeat(62)}`]) expect((await fail(define(name, 'char'))).message).toBe('Field names can only contain characters, digits and underscores (up to 63).');
    await client.call('ir.model.fields', 'create', [define(`x_${'a'.repeat(61)}`, 'char')]);
    expect((await fail(define(`x_${'a'.repeat(61)}`, 'char'))).message).toBe(version === 14 ? 'ir_model_fields_name_unique' : 'The operation cannot be completed: Field names must be unique per model.');
    expect((await fail(define('x_rel', 'many2one', { relation: 'no.model' }))).message).toBe("Unknown model name 'no.model' in Related Model");
    expect((await client.fail('ir.model.fields', 'create', [define('x_json', 'serialized')])).name).toBe('builtins.ValueError');
  });

  it('come in a batch that is whole or not at all', async () => {
    await client.fail('ir.model.fields', 'create', [[define('x_good', 'char'), define('bad', 'char')]]);
    expect(await client.call('res.partner', 'fields_get', [['x_good']])).toEqual({});
    expect((await client.fail('res.partner', 'create', [{ name: 'x', x_good: 'y' }])).name).toBe('builtins.ValueError');
  });

  it('of state base can never be deleted, nor their type changed', async () => {
    const id = await client.call<number>('ir.model.fields', 'create', [define('x_base', 'char', { state: 'base' })]);
    expect((await client.fail('ir.model.fields', 'unlink', [[id]])).message).toContain('This column contains module data and cannot be removed!');
    const manual = await client.call<number>('ir.model.fields', 'create', [define('x_typed', 'char')]);
    expect((await client.fail('ir.model.fields', 'write', [[manual], { ttype: 'integer' }])).name).toBe('odoo.exceptions.UserError');
    await client.call('ir.model.fields', 'write', [[manual], { name: 'x_renamed', field_description: 'New label' }]);
    expect(await client.call('res.partner', 'fields_get', [['x_typed', 'x_renamed'], ['string']])).toEqual({ x_renamed: { string: 'New label' } });
  });

  it('take further options at once', async () => {
    const id = await client.call<number>('ir.model.fields', 'create', [define('x_more', 'selection', { selection_ids: [[0, 0, { value: 'a', name: 'A' }]] })]);
    await client.call('ir.model.fields.selection', 'create', [{ field_id: id, value: 'b', name: 'B', sequence: 9 }]);
    await client.call('res.partner', 'create', [{ name: 'P', x_more: 'b' }]);
  });

  it('need the rights of an administrator', async () => {
    expect(await client.as(6, 'sam').fail('ir.model.fields', 'create', [define('x_no', 'char')])).toMatchObject({ name: 'odoo.exceptions.AccessError', message: expect.stringContaining("You are not allowed to create 'Fields' (ir.model.fields) records.") });
  });
});
