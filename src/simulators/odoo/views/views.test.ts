import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUIET, startRaw, type RawClient } from '../testing/raw-client.ts';

type Values = Record<string, unknown>;

describe.each([14, 17, 18, 19] as const)('views of Odoo %i', (version) => {
  let client: RawClient;
  let base: number;
  let model: number;
  beforeAll(async () => {
    client = await startRaw(version, { users: [{ login: 'sales', password: 's', role: 'sales-user' }] });
    [, base] = await client.call<[string, number]>('ir.model.data', 'check_object_reference', ['base', 'view_partner_form']);
    [model] = await client.call<[number]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
  });
  afterAll(() => client.odoo.stop());
  const extension = (arch: string, values: Values = {}): Values => ({ name: 'x.test', model: 'res.partner', inherit_id: base, arch, ...values });
  const make = (arch: string, values: Values = {}): Promise<number> => client.call('ir.ui.view', 'create', [extension(arch, values)], { context: QUIET });
  const arch = async (of = 'res.partner'): Promise<string> => (await client.call<{ arch: string }>(of, version === 14 ? 'fields_view_get' : 'get_view', [], { view_type: 'form' })).arch;

  it.each(['res.partner', 'crm.lead', 'mail.message', 'calendar.event', 'mail.activity', 'ir.attachment'])('has a form of %s whose fields all exist', async (name) => {
    const text = await arch(name);
    const known = await client.call<Values>(name, 'fields_get', [], { attributes: ['type'] });
    const inside = /<field name="(?:attendee_ids|child_ids)"[^>]*>[\s\S]*?<\/field>/gu;
    for (const [, field] of text.replaceAll(inside, '').matchAll(/<field name="([^"]+)"/gu)) expect(known).toHaveProperty([field!]);
  });

  it('are asked for in the way of the version', async () => {
    const answer = await client.call<Values>('res.partner', version === 14 ? 'fields_view_get' : 'get_view', [], { view_type: 'form' });
    expect(answer).toMatchObject(version === 14 ? { view_id: base, name: 'res.partner.form', type: 'form', fields: { name: { type: 'char' } } } : { id: base, model: 'res.partner', models: { 'res.partner': expect.arrayContaining(['id', 'name']) } });
    expect((await client.fail('res.partner', version === 14 ? 'get_view' : 'fields_view_get')).name).toBe('builtins.AttributeError');
    expect((await client.fail('res.partner', version === 14 ? 'fields_view_get' : 'get_view', [99_999])).name).toBe('odoo.exceptions.MissingError');
  });

  // Each form was accepted by a real Odoo 14.
  it.each([
    ['<xpath expr="//notebook" position="inside"><page name="t1"/></xpath>', 't1'],
    ['<?xml version="1.0"?><data><xpath expr="//notebook" position="inside"><page name="t2"/></xpath></data>', 't2'],
    ['<notebook position="inside"><page name="t3"/></notebook>', 't3'],
    ['<field name="vat" position="after"><group name="t4"/></field>', 't4'],
    ['<xpath expr="//sheet/*[last()]" position="after"><group name="t5"/></xpath>', 't5'],
    ['<xpath expr="/form/sheet" position="inside"><group name="t6"/></xpath>', 't6'],
    ['<xpath expr="." position="inside"><group name="t7"/></xpath>', 't7'],
    ['<xpath expr="//page[@name=\'sales_purchases\']" position="before"><page name="t8"/></xpath>', 't8'],
    ['<xpath expr="//div[hasclass(\'oe_title\')]" position="inside"><div name="t9"/></xpath>', 't9'],
    ['<xpath expr="//div[contains(@class,\'oe_title\')]" position="inside"><div name="t10"/></xpath>', 't10'],
    ['<xpath expr="//field[@name=\'ref\']" position="replace"><field name="ref" string="t11"/></xpath>', 't11'],
    ['<xpath expr="//field[@name=\'vat\']" position="attributes"><attribute name="string">t12</attribute></xpath>', 't12'],
    ['<xpath expr="//notebook"><page name="t13"/></xpath>', 't13'],
  ])('are extended by %s', async (text, mark) => {
    const id = await make(text);
    expect(await arch()).toContain(`"${mark}"`);
    await client.call('ir.ui.view', 'write', [[id], { active: false }]);
    expect(await arch()).not.toContain(`"${mark}"`);
    await client.call('ir.ui.view', 'unlink', [[id]]);
  });

  it('take extensions of extensions, moves, and arch under either name', async () => {
    const first = await make('<notebook position="inside"><page name="outer"/></notebook>');
    const second = await client.call<number>('ir.ui.view', 'create', [{ ...extension(''), arch: false, arch_db: '<page name="outer" position="inside"><group name="inner"/></page>', inherit_id: first }]);
    const third = await make('<xpath expr="//sheet" position="inside"><xpath expr="//group[@name=\'inner\']" position="move"/></xpath>', { inherit_id: second });
    expect(await arch()).toMatch(/<page name="outer"\/>[\s\S]*<group name="inner"\/><\/sheet>/u);
    expect(await client.call('ir.ui.view', 'read', [[first], ['mode', 'priority', 'type', 'arch', 'arch_base', 'xml_id']])).toMatchObject([
      { mode: 'extension', priority: 16, type: 'form', arch: '<notebook position="inside"><page name="outer"/></notebook>', arch_base: '<notebook position="inside"><page name="outer"/></notebook>', xml_id: '' },
    ]);
    expect((await client.fail('ir.ui.view', 'unlink', [[first]])).message).toMatch(/ir_ui_view_inherit_id_fkey|Inherited View/u);
    for (const id of [third, second, first]) await client.call('ir.ui.view', 'unlink', [[id]]);
  });

  it('refuse what cannot be located, unknown fields and models, bad positions, labels as selectors; nothing stays', async () => {
    const before = client.odoo.state.count('ir.ui.view');
    const refusal = async (text: string, values: Values = {}): Promise<string> => {
      const { name, message } = await client.fail('ir.ui.view', 'create', [extension(text, values)], { context: QUIET });
      expect(name).toBe('odoo.exceptions.ValidationError');
      return message;
    };
    const missed = await refusal('<xpath expr="//notebookk" position="inside"><page/></xpath>');
    expect(missed).toContain('Element \'<xpath expr="//notebookk">\' cannot be located in parent view');
    expect(missed).toMatch(version === 14 ? /^Error while validating view:\n\n[\s\S]*View name: x\.test\nError context:\n view: ir\.ui\.view\(\d+,\)\n view\.model: res\.partner\n view\.parent: ir\.ui\.view\(\d+,\)\n$/u : /^Error while parsing or validating view:\n\n[\s\S]*View error context:\n/u);
    expect(await refusal('<field name="nonesuch" position="after"><field name="color"/></field>')).toContain('Element \'<field name="nonesuch">\' cannot be located in parent view');
    const unknown = await refusal('<notebook position="inside"><page><field name="x_none"/></page></notebook>');
    expect(unknown).toContain('Field "x_none" does not exist in model "res.partner"');
    expect(unknown).toMatch(version === 14 ? /^Error while validating view:\n/u : /^Error while validating view near:\n/u);
    expect(await refusal('<notebook position="insid"><page/></notebook>')).toContain("Invalid position attribute: 'insid'");
    expect(await refusal('<xpath expr="//page[@string=\'Internal Notes\']" position="inside"><group/></xpath>')).toContain("View inheritance may not use attribute 'string' as a selector.");
    expect(await refusal('<notebook position="inside"><page/></notebook>', { model: 'no.model' })).toContain('Model not found: no.model');
    if (version >= 17) expect(await refusal('<notebook position="inside"><page attrs="{}"/></notebook>')).toContain('Since 17.0');
    expect((await client.fail('ir.ui.view', 'create', [extension('<xpath expr="//notebook[" position="inside"><page/></xpath>')])).name).toBe(version === 14 ? 'lxml.etree.XPathSyntaxError' : 'odoo.exceptions.ValidationError');
    expect((await client.fail('ir.ui.view', 'create', [extension('<notebook position="inside"><page></notebook>')])).name).toBe(version === 14 ? 'lxml.etree.XMLSyntaxError' : 'odoo.exceptions.ValidationError');
    expect((await client.fail('ir.ui.view', 'create', [extension('<notebook position="inside"/>', { inherit_id: 99_999 })])).name).toBe('odoo.exceptions.MissingError');
    expect(client.odoo.state.count('ir.ui.view')).toBe(before);
  });

  it('that are archived are not checked', async () => {
    const id = await make('<xpath expr="//notebookk" position="inside"><page/></xpath>', { active: false });
    expect((await client.fail('ir.ui.view', 'write', [[id], { active: true }])).message).toContain('cannot be located');
    await client.call('ir.ui.view', 'unlink', [[id]]);
  });

  it('show custom fields at once, and keep them from being deleted or renamed', async () => {
    const field = await client.call<number>('ir.model.fields', 'create', [{ name: 'x_shown', model_id: model, ttype: 'char', field_description: 'Shown', state: 'manual' }]);
    const view = await make('<notebook position="inside"><page name="imported" string="Imported"><group><field name="x_shown"/></group></page></notebook>');
    expect(await arch()).toContain('<field name="x_shown"/>');
    const text = 'Cannot rename/delete fields that are still present in views:\nFields: res.partner.x_shown\nView: x.test';
    expect(await client.fail('ir.model.fields', 'unlink', [[field]])).toMatchObject({ name: 'odoo.exceptions.UserError', message: text });
    expect((await client.fail('ir.model.fields', 'write', [[field], { name: 'x_other' }])).message).toBe(text);
    expect(await client.call('res.partner', 'search_read', [[['id', '=', 3]], ['x_shown']])).toMatchObject([{ x_shown: false }]);
    await client.call('ir.ui.view', 'unlink', [[view]]);
    await client.call('ir.model.fields', 'unlink', [[field]]);
  });

  it('are loaded with an external id, errors as data', async () => {
    const columns = ['id', 'name', 'model', 'inherit_id/.id', 'arch'];
    const good = await client.call<Values>('ir.ui.view', 'load', [columns, [['p.v1', 'v1', 'res.partner', String(base), '<notebook position="inside"><page name="loaded"/></notebook>']]]);
    expect(good).toMatchObject({ messages: [] });
    const bad = await client.call<{ ids: unknown; messages: Values[] }>('ir.ui.view', 'load', [columns, [['p.v2', 'v2', 'res.partner', String(base), '<xpath expr="//nnn" position="inside"/>']]]);
    expect(bad.ids).toBe(false);
    expect(bad.messages[0]!['message']).toContain('cannot be located in parent view');
    expect(await client.call('ir.ui.view', 'read', [good['ids'], ['xml_id']])).toMatchObject([{ xml_id: 'p.v1' }]);
    await client.call('ir.ui.view', 'unlink', [good['ids']]);
  });

  it('are for administrators', async () => {
    const sales = client.as(6, 's');
    expect((await sales.fail('ir.ui.view', 'create', [extension('<notebook position="inside"/>')])).name).toBe('odoo.exceptions.AccessError');
    expect(await sales.call<Values>('res.partner', version === 14 ? 'fields_view_get' : 'get_view', [], { view_type: 'form' })).toHaveProperty('arch');
  });
});
