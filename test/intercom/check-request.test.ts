import { describe, expect, test } from 'vitest';
import { complaints } from './check-request.ts';

const seen = (method: string, path: string, body?: unknown, query: readonly string[] = []): readonly string[] => complaints({ method, path, query, version: '2.16', body });

describe('requests are held against the description', () => {
  test('right ones pass', () => {
    expect(seen('POST', '/conversations', { from: { type: 'user', id: '6762f0dd' }, body: 'x', created_at: 5 })).toEqual([]);
    expect(seen('POST', '/conversations/4001/reply', { message_type: 'note', type: 'admin', admin_id: '1', body: 'x' })).toEqual([]);
    expect(seen('GET', '/contacts/find_by_external_id/odoo:x:res.partner:1')).toEqual([]);
  });

  test.each([
    ['an unknown operation', ['POST', '/conversations/4001/replies', {}], 'no such operation'],
    ['an unknown property', ['POST', '/conversations', { from: { type: 'user', id: 'a' }, body: 'x', custom_attributes: {} }], 'custom_attributes is unknown'],
    ['a missing one', ['POST', '/conversations/4001/tags', { id: '1' }], 'admin_id is missing'],
    ['a wrong type', ['POST', '/conversations/4001/tags', { id: 1, admin_id: '1' }], 'id 1: a text wanted'],
    ['a time that is no whole number of seconds', ['POST', '/conversations', { from: { type: 'user', id: 'a' }, body: 'x', created_at: '2020-01-01' }], 'created_at "2020-01-01": a whole number wanted'],
    ['a customer\'s reply with a switch that only admins have', ['POST', '/conversations/1/reply', { message_type: 'comment', type: 'user', intercom_user_id: 'a', body: 'x', skip_notifications: true }], 'skip_notifications is unknown'],
    ['eleven files', ['POST', '/conversations/1/reply', { message_type: 'comment', type: 'user', intercom_user_id: 'a', body: 'x', attachment_files: Array.from({ length: 11 }, () => ({ name: 'a', content_type: 'b', data: 'c' })) }], '11 of at most 10'],
    ['a value that is a list', ['PUT', '/conversations/1', { custom_attributes: { a: [] } }], 'custom_attributes.a: neither text nor number'],
  ] as const)('%s is told', (_what, [method, path, body], complaint) => {
    expect(seen(method, path, body)).toEqual([expect.stringContaining(complaint)]);
  });

  test('a version or a query that is not known is told; what the description is known to lack is not', () => {
    expect(complaints({ method: 'GET', path: '/tags', query: ['page'], version: undefined, body: undefined })).toEqual(['GET /tags: version undefined', 'GET /tags: unknown query page']);
    expect(seen('GET', '/contacts', undefined, ['per_page', 'starting_after'])).toEqual([]);
    expect(seen('PUT', '/conversations/1', { custom_attributes: { a: true, b: 1.5 } })).toEqual([]);
  });
});
