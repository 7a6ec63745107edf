import type { Catalog } from '../../connector/catalog.ts';
import type { Json } from '../../connector/json.ts';
import { factRows, objectOf } from './lines.ts';

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

/** Whether replies and notes take files: those of tickets do from version 2.16 of the API on. */
export function takesFiles(destination: Catalog, target: Target): boolean {
  return objectOf(destination, target.part)?.fields.some(({ name }) => name === 'files') !== false;
}

/** Name of the ticket type in which tickets are made: the one of the setting `ticketType`, else the only one for customers; null = tickets cannot be made. */
export function ticketTypeOf(destination: Catalog): string | null {
  const named = destination.facts['ticketType'];
  if (typeof named === 'string') return named;
  const customers = factRows(destination, 'ticketTypes').filter((row) => row['category'] === 'Customer');
  return customers.length === 1 && objectOf(destination, 'ticket') !== undefined ? String(customers[0]?.['name']) : null;
}

/** What the connection speaks for: tickets where it names a ticket type (setting `ticketType`), conversations otherwise. */
export function recommendedTarget(destination: Catalog): Target['kind'] {
  return typeof destination.facts['ticketType'] === 'string' ? 'tickets' : 'conversations';
}

/** As the decision `target` was answered, else as recommended. An answer stands also where the ticket type is gone: the plan then says that. */
export function targetOf(destination: Catalog, answer?: Json): Target {
  const kind = answer === 'conversations' || answer === 'tickets' ? answer : recommendedTarget(destination);
  return kind === 'tickets' ? tickets : conversations;
}
