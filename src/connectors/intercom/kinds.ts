import { ConfigurationError } from '../../connector/errors.ts';
import type { IntercomClient } from './client.ts';
import type { ObjectKind } from './object-kind.ts';
import { attributeKind, createAttributes, type Attributes } from './objects/attributes.ts';
import { createWindows } from './objects/beyond-window.ts';
import { companyKind } from './objects/companies.ts';
import { contactKind } from './objects/contacts.ts';
import { conversationKind } from './objects/conversations.ts';
import { conversationPartKind, ticketPartKind } from './objects/parts.ts';
import { adminKind, teamKind } from './objects/people.ts';
import { contactCompanyKind, contactNoteKind } from './objects/relations.ts';
import { settingsKind } from './objects/settings.ts';
import { tagKind } from './objects/tags.ts';
import { ticketSettingsKind } from './objects/ticket-settings.ts';
import { ticketKind } from './objects/tickets.ts';
import type { IntercomSettings } from './settings.ts';
import { steadyClient } from './steady.ts';
import { createTicketTypes, type TicketTypes } from './ticket-types.ts';

export interface Kinds {
  readonly attributes: Attributes;
  readonly ticketTypes: TicketTypes;
  readonly names: readonly string[];
  /** @throws ConfigurationError naming the unknown object */
  of(name: string): ObjectKind;
  has(name: string): boolean;
}

/** Every kind of record, by its name in plans. @param settings.ticketType name of the type in which tickets are made @param settings.retainMetrics 'no' = a deleted conversation leaves the reports as well @param settings.archiveFolder where the bytes of files go that stay outside */
export function createKinds(client: IntercomClient, signal: AbortSignal, { ticketType, archiveFolder, retainMetrics }: Pick<IntercomSettings, 'ticketType' | 'archiveFolder' | 'retainMetrics'>): Kinds {
  const attributes = createAttributes(client);
  const ticketTypes = createTicketTypes(client, ticketType);
  const windows = createWindows();
  const steady = steadyClient(client, signal);
  const kinds = new Map([
    contactKind(client, attributes), companyKind(client, attributes), contactCompanyKind(client), contactNoteKind(client), tagKind(client), adminKind(client), teamKind(client),
    attributeKind(client, attributes, ticketTypes), conversationKind(client, windows, retainMetrics !== 'no'), conversationPartKind(client, { windows, signal, archiveFolder }), settingsKind(steady, attributes),
    ticketKind(client, ticketTypes), ticketPartKind(client, signal, archiveFolder), ticketSettingsKind(steady, ticketTypes),
  ].map((kind) => [kind.name, kind]));
  return {
    attributes, ticketTypes, names: [...kinds.keys()], has: (name) => kinds.has(name),
    of(name) {
      const kind = kinds.get(name);
      if (kind === undefined) throw new ConfigurationError({ code: 'unknown-object', message: `Intercom has no object ${JSON.stringify(name)}.`, remedy: `Use one of: ${[...kinds.keys()].join(', ')}.` });
      return kind;
    },
  };
}
