import type { JsonObject } from '../../../connector/json.ts';
import type { CustomerioClient } from '../client.ts';
import { cursorPages, startIn, wholeList } from '../cursor-pages.ts';
import { errorForFault } from '../faults.ts';
import type { Item, SourceObject } from '../source-object.ts';
import { idText, isoTime, objectIn, rowsIn } from '../values.ts';

/** Opt-outs of SMS and WhatsApp, by the sender they are about. */
export function optouts(client: CustomerioClient): SourceObject {
  return {
    name: 'optout', label: 'Opt-outs of SMS and WhatsApp', profiled: true, fields: { cio_id: { refersTo: 'person' }, person_id: 'text', channel: 'selection', from: 'phone' },
    async *chunks(from) {
      for await (const page of cursorPages(client, { path: '/optouts', query: { limit: '1000' }, endpoint: 'optouts', items: 'optouts', emptyPage: 'go-on' }, startIn(from ?? ''))) {
        const items = new Map<string, Item>();
        for (const row of page.rows) {
          const cioId = idText(row['cio_id']) ?? '';
          for (const optout of rowsIn(row['optouts'])) {
            const [channel, sender] = [idText(optout['channel']), idText(optout['from'])];
            const id = [cioId === '' ? `person ${idText(row['customer_id']) ?? '?'}` : cioId, channel ?? '', sender ?? ''].join(':');
            items.set(id, { id, position: `opt-out ${id}`, data: { cio_id: cioId === '' ? null : cioId, person_id: idText(row['customer_id']), channel, from: sender } });
          }
        }
        yield { at: page.start, items: [...items.values()] };
      }
    },
  };
}

const suppressionCategories = ['bounces', 'blocks', 'spam_reports', 'invalid_emails'] as const;
const perPage = 1000;

/** Addresses that the mail provider no longer sends to, by category and sending domain. */
export function suppressions(client: CustomerioClient): SourceObject {
  return {
    name: 'suppression', label: 'Suppressed addresses', profiled: true,
    fields: { email: 'email', category: 'selection', domain: 'text', reason: 'longText', status: 'text', created_at: 'datetime' },
    async *chunks(from) {
      const place = objectIn(from);
      const domains = await sendingDomains(client);
      let reached = from === null;
      for (const domain of domains) {
        for (const category of suppressionCategories) {
          const here = place['domain'] === domain && place['category'] === category;
          reached ||= here;
          if (!reached) continue;
          for (let offset = here && typeof place['offset'] === 'number' ? place['offset'] : 0; ; offset += perPage) {
            const rows = await suppressionPage(client, { category, domain, offset });
            const items = new Map(rows.map((row): [string, Item] => {
              const email = idText(row['email']) ?? JSON.stringify(row);
              const id = `${category}:${domain}:${email}`;
              return [id, { id, position: `${category} of ${domain === '' ? 'the workspace' : domain}: ${email}`, data: { email, category, domain: domain === '' ? null : domain, reason: idText(row['reason']), status: idText(row['status']), created_at: isoTime(row['created']) } }];
            }));
            yield { at: { domain, category, offset }, items: [...items.values()] };
            if (rows.length < perPage) break;
          }
        }
      }
    },
  };
}

/** A workspace that sends by a provider of its own has no such list: 404, or 400 and 422 that say so. */
async function suppressionPage(client: CustomerioClient, { category, domain, offset }: Readonly<{ category: string; domain: string; offset: number }>): Promise<readonly JsonObject[]> {
  const answer = await client.ask({ path: `/esp/suppression/${category}`, query: { ...(domain === '' ? {} : { domain }), limit: String(perPage), offset: String(offset) }, endpoint: 'esp.suppression' });
  if ('body' in answer) return rowsIn(answer.body['suppressions']);
  if ([400, 404, 422].includes(answer.fault.status) && offset === 0) return [];
  throw errorForFault(answer.fault, 'esp.suppression');
}

/**
 * '' = asked without a domain, which may mean all domains or the first; then the domains of the senders, as the lists are kept
 * by domain. An address that comes twice is two records: blocked once too often rather than once too seldom.
 */
async function sendingDomains(client: CustomerioClient): Promise<readonly string[]> {
  const domains = new Set<string>();
  for (const hidden of ['false', 'true']) {
    for (const row of await wholeList(client, { path: '/sender_identities', query: { hidden, limit: '100' }, endpoint: 'sender_identities', items: 'sender_identities' })) {
      const domain = /@([^@\s<>]+)>?\s*$/u.exec(idText(row['email']) ?? '')?.[1]?.toLowerCase();
      if (domain !== undefined) domains.add(domain);
    }
  }
  return ['', ...[...domains].sort()];
}
