import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FieldDefinition } from '../../../connector/destination.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { quietTestContext } from './conformance-fixture.ts';
import { openOdoo } from '../open.ts';
import { odooSettingsSchema } from '../settings.ts';
import { openTrapKit, rejectionOf, type TrapKit } from './trap-kit.ts';

/** New fields shown to people: extensions of the forms, made and taken away like records. */
export function describeDisplayTraps(label: string, settings: Readonly<Record<string, string>>): void {
  describe(`Odoo displays: ${label}`, () => {
    let kit: TrapKit;
    let reader: OdooClient; // a form holds None, which XML-RPC cannot give
    beforeAll(async () => {
      kit = await openTrapKit(settings);
      reader = await openOdoo(odooSettingsSchema.parse({ ...settings, door: 'jsonrpc' }), quietTestContext());
    });
    afterEach(() => kit.cleanUp());
    afterAll(() => kit.destination.close());

    const suffix = randomUUID().slice(0, 6);
    const fields: readonly FieldDefinition[] = [
      { object: 'crm.lead', name: `x_rate_${suffix}`, label: 'Rate <%> & "more"', type: 'decimal' },
      { object: 'crm.lead', name: `x_tags_${suffix}`, label: 'Tags', type: 'references', relatedObject: 'crm.tag' },
      { object: 'res.partner', name: `x_page_${suffix}`, label: 'Page', type: 'url' },
      { object: 'res.partner', name: `x_notes_${suffix}`, label: 'Notes', type: 'longText' },
      { object: 'mail.message', name: `x_seconds_${suffix}`, label: 'Seconds', type: 'integer' },
      { object: 'crm.lead', name: 'x_portolan_key', label: 'Key', type: 'text' },
    ];
    const form = async (model: string): Promise<string> => {
      const answer = await (kit.client.version.major <= 15
        ? reader.read(model, 'fields_view_get', { view_type: 'form' })
        : reader.read(model, 'get_view', { view_type: 'form' })) as JsonObject;
      return String(answer['arch']);
    };

    it('are one view for each form, show every new field but our key, and go without a trace', async () => {
      const objects = ['ir.ui.view', 'ir.model.fields', 'crm.lead', 'res.partner'];
      const before = await kit.destination.fingerprint({ objects });
      await kit.create('ir.model.fields', fields.map((field) => kit.destination.fieldRecord(field)));
      const displays = await kit.destination.displayRecords?.({ fields }) ?? [];
      expect(displays.map((display) => [display.object, display.name])).toEqual([['ir.ui.view', 'crm.lead form'], ['ir.ui.view', 'res.partner form']]);
      const views = await kit.create('ir.ui.view', displays.map((display) => display.values));
      for (const model of ['crm.lead', 'res.partner']) {
        const text = await form(model);
        for (const field of fields.filter((one) => one.object === model)) expect(text.includes(`name="${field.name}"`), field.name).toBe(field.name !== 'x_portolan_key');
      }
      expect(await form('crm.lead')).toContain('string="Rate &lt;%&gt; &amp; &quot;more&quot;"');
      expect(await kit.read('ir.ui.view', views[0] ?? '', Object.keys(displays[0]?.values ?? {}))).toEqual(displays[0]?.values);
      await kit.cleanUp();
      expect(await kit.destination.fingerprint({ objects })).toEqual(before);
    }, 60_000);

    it('of several records each keep a table of their own: two lists between the same models never show the same', async () => {
      const lists = ['one', 'two'].map((name): FieldDefinition => ({ object: 'crm.lead', name: `x_${name}_${suffix}`, label: name, type: 'references', relatedObject: 'crm.tag' }));
      await kit.create('ir.model.fields', lists.map((field) => kit.destination.fieldRecord(field)));
      const tags = await kit.create('crm.tag', ['A', 'B', 'C'].map((name) => ({ name: `${name} ${suffix}` })));
      const [lead = ''] = await kit.create('crm.lead', [{ name: 'Lists', type: 'lead', [lists[0]?.name ?? '']: tags.slice(0, 2), [lists[1]?.name ?? '']: tags.slice(2) }]);
      expect(Object.values(await kit.read('crm.lead', lead, lists.map(({ name }) => name))).map((ids) => [...ids as readonly string[]].toSorted())).toEqual([tags.slice(0, 2).toSorted(), tags.slice(2)]);
    }, 60_000);

    it('that Odoo refuses are held back with the instruction to add the fields by hand', async () => {
      const [display] = await kit.destination.displayRecords?.({ fields: [{ object: 'crm.lead', name: 'x_no_such_field', label: 'Missing', type: 'text' }] }) ?? [];
      const error = await rejectionOf(kit.create('ir.ui.view', [display?.values ?? {}]));
      expect(error.rejections).toHaveLength(1);
      expect(error.rejections[0]).toMatchObject({ index: 0, code: 'view-refused' });
      expect(error.rejections[0]?.message).toMatch(/not shown\. Add them to the form by hand .*: x_no_such_field\./u);
      expect(error.message).not.toMatch(/Traceback/u);
    });
  });
}
