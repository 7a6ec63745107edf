import type { Catalog } from '../../connector/catalog.ts';

/** What a ticket becomes, and what the things around it are called there. */
export interface Target {
  readonly kind: 'conversations' | 'tickets';
  readonly mapping: 'conversations' | 'tickets'; // of tickets of the source
  readonly object: 'conversation' | 'ticket';
  readonly part: 'conversation_part' | 'ticket_part';
  readonly id: 'conversation_id' | 'ticket_id'; // field of parts and settings
  readonly attributesOf: 'conversation_settings' | 'ticket'; // object whose fields the attributes are
}

const conversations: Target = { kind: 'conversations', mapping: 'conversations', object: 'conversation', part: 'conversation_part', id: 'conversation_id', attributesOf: 'conversation_settings' };
const tickets: Target = { kind: 'tickets', mapping: 'tickets', object: 'ticket', part: 'ticket_part', id: 'ticket_id', attributesOf: 'ticket' };

/** Tickets where the connection to Intercom names a ticket type (setting `ticketType`), conversations otherwise. */
export function targetOf(destination: Catalog): Target {
  return typeof destination.facts['ticketType'] === 'string' ? tickets : conversations;
}
