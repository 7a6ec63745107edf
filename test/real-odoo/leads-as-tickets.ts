import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Models of the CRM that stand for those of a help desk, which Debian's Odoo 14 does not have. */
const pairs = [['helpdesk.ticket', 'crm.lead'], ['helpdesk.stage', 'crm.stage'], ['helpdesk.team', 'crm.team'], ['helpdesk.tag', 'crm.tag']] as const;

/** The name alone, not as the beginning of another model's. */
const named = (name: string): RegExp => new RegExp(`${name.replaceAll('.', String.raw`\.`)}(?![\\w.])`, 'gu');
const toServer = (text: string): string => pairs.reduce((all, [desk, crm]) => all.replaceAll(named(desk), crm), text);
const toReader = (text: string): string => pairs.reduce((all, [desk, crm]) => all.replaceAll(named(crm), desk), text);

export interface LeadsAsTickets { readonly url: string; stop(): Promise<void> }

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Stands before a real Odoo and shows its leads as tickets of a help desk of the kind 'enterprise': the same server reads and
 * answers everything, under the models' other names. Leads have stages, teams, tags, customers, users, messages, tracking,
 * followers and files as tickets do; policies and ratings they have not.
 */
export async function leadsAsTickets(odooUrl: string): Promise<LeadsAsTickets> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const answer = await fetch(`${odooUrl}${request.url ?? '/'}`, {
        method: request.method ?? 'GET', headers: { 'content-type': request.headers['content-type'] ?? 'application/json' }, ...(body === '' ? {} : { body: toServer(body) }),
      });
      const text = toReader(await answer.text());
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' }).end(text);
    })().catch((error: unknown) => { response.writeHead(502).end(String(error)); });
  });
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => { server.close(done); });
    },
  };
}
