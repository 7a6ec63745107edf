import { describe, expect, it } from 'vitest';
import { QUIET, startRaw } from '../testing/raw-client.ts';

describe('the control port', () => {
  it('shows what calls have caused: files with digests, invitations, tasks, mails', async () => {
    const { odoo, call } = await startRaw(17);
    const get = async <T>(path: string): Promise<T> => (await (await fetch(`${odoo.controlUrl}${path}`)).json()) as T;
    const [partner] = await call<[number]>('res.partner', 'create', [[{ name: 'Ann', email: 'ann@x.test' }]], { context: QUIET });
    const file = await call<number>('ir.attachment', 'create', [{ name: 'a.txt', datas: 'aGVsbG8=', res_model: 'res.partner', res_id: partner }]);
    await call('ir.attachment', 'create', [{ name: 'loose.txt', datas: 'eA==' }]);
    const event = await call<number>('calendar.event', 'create', [{ name: 'M', start: '2099-01-01 10:00:00', stop: '2099-01-01 11:00:00', partner_ids: [[6, 0, [partner]]] }]);
    const [model] = await call<[number]>('ir.model', 'search', [[['model', '=', 'res.partner']]]);
    const task = await call<number>('mail.activity', 'create', [{ res_model_id: model, res_id: partner, activity_type_id: 2, summary: 'Ring', date_deadline: '2030-01-02' }]);
    expect(await get('/state/attachments?model=res.partner')).toEqual([{
      id: file, name: 'a.txt', model: 'res.partner', resId: partner, mimeType: 'text/plain', size: 5, sha1: 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d',
      sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    }]);
    expect(await get('/state/attachments')).toHaveLength(2);
    const invitation = { reason: 'invitation', to: 'ann@x.test', model: 'calendar.event', resId: event };
    expect(await get('/state/invitations')).toEqual([invitation]);
    expect(await get('/state/caused-mails')).toEqual([invitation]);
    expect(await get('/state/activities')).toEqual([{ id: task, model: 'res.partner', resId: partner, type: 'Call', user: 'admin', deadline: '2030-01-02', summary: 'Ring' }]);
    await odoo.stop();
  });

  it('forgets the mails of a call that was undone', async () => {
    const { odoo, call, fail } = await startRaw(17);
    const [partner] = await call<[number]>('res.partner', 'create', [[{ name: 'Ann', email: 'ann@x.test' }]], { context: QUIET });
    const event = { name: 'M', start: '2099-01-01 10:00:00', stop: '2099-01-01 11:00:00', partner_ids: [[6, 0, [partner]]] };
    await fail('calendar.event', 'create', [[event, { ...event, stop: '2098-01-01 10:00:00' }]]);
    expect(odoo.state.invitations()).toEqual([]);
    await odoo.stop();
  });
});
