import { attachCompany, companiesOfContact, detachCompany, getNote, getSegment, listSegments, noteOnCompany, noteOnContact, notesOfCompany, notesOfContact, segmentsOfContact, tagContact, tagsOfContact, untagContact } from '../api/contact-links.ts';
import { contactsOfCompany, deleteCompany, getCompany, listCompanies, scrollCompanies, updateCompany, upsertCompany } from '../api/companies.ts';
import { searchContacts } from '../api/contact-search.ts';
import { archiveContact, blockContact, createContact, deleteContact, findByExternalId, getContact, listContacts, mergeContacts, unarchiveContact, updateContact } from '../api/contacts.ts';
import { addOption, archiveConversationAttribute, archiveOption, createConversationAttribute, getConversationAttribute, listConversationAttributes, renameOption, updateConversationAttribute } from '../api/conversation-attributes.ts';
import { addCustomer, mergeConversations, redact, removeCustomer, tagConversation, untagConversation } from '../api/conversation-extras.ts';
import { searchConversations } from '../api/conversation-search.ts';
import { createConversation, deleteConversation, deletedConversations, getConversation, listConversations, updateConversation } from '../api/conversations.ts';
import { createDataAttribute, listDataAttributes, updateDataAttribute } from '../api/data-attributes.ts';
import { manage } from '../api/manage.ts';
import { getAdmin, getTeam, listAdmins, listTeams, me } from '../api/people.ts';
import { reply } from '../api/replies.ts';
import { deleteTag, getTag, listTags, saveTag } from '../api/tags.ts';
import { convert, replyToTicket, searchTickets, tagTicket, untagTicket } from '../api/ticket-extras.ts';
import { createTicketType, createTicketTypeAttribute, getTicketType, listTicketStates, listTicketTypes, updateTicketType, updateTicketTypeAttribute } from '../api/ticket-types.ts';
import { createTicket, deleteTicket, enqueueTicket, getTicket, jobStatus, updateTicket } from '../api/tickets.ts';
import type { Handler } from '../call.ts';

export interface Route {
  /** 'POST /conversations/:id/reply': also its name in faults and counts. */
  readonly name: string;
  readonly handler: Handler;
  /** First version that has it; default all. */
  readonly since: string | null;
  readonly scope: string | null;
}

type Row = readonly [name: string, handler: Handler, since?: string];
const scoped = (scope: string | null, rows: readonly Row[]): readonly Route[] => rows.map(([name, handler, since]) => ({ name, handler, since: since ?? null, scope }));

/** In the order in which they are tried: fixed words before `:id`. */
const routes: readonly Route[] = [
  ...scoped(null, [
    ['GET /me', me], ['GET /admins', listAdmins], ['GET /admins/:id', getAdmin], ['GET /teams', listTeams], ['GET /teams/:id', getTeam],
    ['GET /tags', listTags], ['POST /tags', saveTag], ['GET /tags/:id', getTag], ['DELETE /tags/:id', deleteTag], ['GET /segments', listSegments], ['GET /segments/:id', getSegment],
    ['GET /data_attributes', listDataAttributes], ['POST /data_attributes', createDataAttribute], ['PUT /data_attributes/:id', updateDataAttribute], ['GET /jobs/status/:id', jobStatus, '2.14'],
  ]),
  ...scoped('read_write_users', [
    ['GET /contacts', listContacts], ['POST /contacts', createContact], ['POST /contacts/search', searchContacts], ['POST /contacts/merge', mergeContacts],
    ['GET /contacts/find_by_external_id/:external_id', findByExternalId, '2.13'], ['GET /contacts/:id', getContact], ['PUT /contacts/:id', updateContact], ['DELETE /contacts/:id', deleteContact],
    ['POST /contacts/:id/archive', archiveContact], ['POST /contacts/:id/unarchive', unarchiveContact], ['POST /contacts/:id/block', blockContact, '2.13'],
    ['GET /contacts/:id/notes', notesOfContact], ['POST /contacts/:id/notes', noteOnContact], ['GET /contacts/:id/tags', tagsOfContact], ['POST /contacts/:id/tags', tagContact], ['DELETE /contacts/:id/tags/:tag_id', untagContact],
    ['GET /contacts/:id/companies', companiesOfContact], ['POST /contacts/:id/companies', attachCompany], ['DELETE /contacts/:id/companies/:company_id', detachCompany], ['GET /contacts/:id/segments', segmentsOfContact], ['GET /notes/:id', getNote],
    ['GET /companies', listCompanies], ['POST /companies', upsertCompany], ['GET /companies/scroll', scrollCompanies], ['GET /companies/:id', getCompany], ['PUT /companies/:id', updateCompany], ['DELETE /companies/:id', deleteCompany],
    ['GET /companies/:id/contacts', contactsOfCompany], ['GET /companies/:id/notes', notesOfCompany, '2.15'], ['POST /companies/:id/notes', noteOnCompany, '2.16'],
  ]),
  ...scoped('read_conversations', [
    ['GET /conversations', listConversations], ['POST /conversations/search', searchConversations], ['GET /conversations/deleted', deletedConversations, '2.16'],
    ['GET /conversations/attributes', listConversationAttributes, '2.16'], ['GET /conversations/attributes/:id', getConversationAttribute, '2.16'], ['GET /conversations/:id', getConversation],
  ]),
  ...scoped('write_conversations', [
    ['POST /conversations', createConversation], ['POST /conversations/redact', redact], ['POST /conversations/attributes', createConversationAttribute, '2.16'], ['PUT /conversations/attributes/:id', updateConversationAttribute, '2.16'],
    ['DELETE /conversations/attributes/:id', archiveConversationAttribute, '2.16'], ['POST /conversations/attributes/:id/options', addOption, '2.16'], ['PUT /conversations/attributes/:id/options/:option_id', renameOption, '2.16'],
    ['DELETE /conversations/attributes/:id/options/:option_id', archiveOption, '2.16'], ['PUT /conversations/:id', updateConversation], ['DELETE /conversations/:id', deleteConversation, '2.13'],
    ['POST /conversations/:id/reply', reply], ['POST /conversations/:id/parts', manage], ['POST /conversations/:id/tags', tagConversation], ['DELETE /conversations/:id/tags/:tag_id', untagConversation],
    ['POST /conversations/:id/customers', addCustomer], ['DELETE /conversations/:id/customers/:contact_id', removeCustomer], ['POST /conversations/:id/merge', mergeConversations, '2.16'], ['POST /conversations/:id/convert', convert, '2.10'],
  ]),
  ...scoped('read_tickets', [
    ['GET /ticket_types', listTicketTypes, '2.9'], ['GET /ticket_types/:id', getTicketType, '2.9'], ['GET /ticket_states', listTicketStates, '2.12'], ['POST /tickets/search', searchTickets, '2.10'], ['GET /tickets/:id', getTicket, '2.9'],
  ]),
  ...scoped('write_tickets', [
    ['POST /ticket_types', createTicketType, '2.9'], ['PUT /ticket_types/:id', updateTicketType, '2.9'], ['POST /ticket_types/:id/attributes', createTicketTypeAttribute, '2.9'],
    ['PUT /ticket_types/:id/attributes/:attribute_id', updateTicketTypeAttribute, '2.9'], ['POST /tickets', createTicket, '2.9'], ['POST /tickets/enqueue', enqueueTicket, '2.14'], ['PUT /tickets/:id', updateTicket, '2.9'],
    ['DELETE /tickets/:id', deleteTicket, '2.13'], ['POST /tickets/:id/reply', replyToTicket, '2.9'], ['POST /tickets/:id/tags', tagTicket, '2.10'], ['DELETE /tickets/:id/tags/:tag_id', untagTicket, '2.10'],
  ]),
];

interface Pattern { readonly route: Route; readonly method: string; readonly parts: readonly string[] }
const patterns: readonly Pattern[] = routes.map((route) => {
  const [method = '', path = ''] = route.name.split(' ');
  return { route, method, parts: path.split('/').slice(1) };
});

/** The route of a request and what stands in the place of its `:words`; null where there is none. */
export function routeOf(method: string, path: string): Readonly<{ route: Route; params: { readonly [name: string]: string } }> | null {
  const given = path.replace(/\/+$/, '').split('/').slice(1);
  for (const { route, method: own, parts } of patterns) {
    if (own !== method || parts.length !== given.length || !parts.every((part, index) => part.startsWith(':') || part === given[index])) continue;
    return { route, params: Object.fromEntries(parts.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), decodeURIComponent(given[index] ?? '')]] : []))) };
  }
  return null;
}
