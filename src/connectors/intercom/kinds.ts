import { ConfigurationError } from '../../connector/errors.ts';
import type { IntercomClient } from './client.ts';
import type { ObjectKind } from './object-kind.ts';
import { attributeKind, createAttributes, type Attributes } from './objects/attributes.ts';
import { companyKind } from './objects/companies.ts';
import { contactKind } from './objects/contacts.ts';
import { conversationKind } from './objects/conversations.ts';
import { partKindOf } from './objects/parts.ts';
import { adminKind, teamKind } from './objects/people.ts';
import { contactCompanyKind, contactNoteKind } from './objects/relations.ts';
import { settingsKind } from './objects/settings.ts';
import { tagKind } from './objects/tags.ts';

export interface Kinds {
  readonly attributes: Attributes;
  readonly names: readonly string[];
  /** @throws ConfigurationError naming the unknown object */
  of(name: string): ObjectKind;
  has(name: string): boolean;
}

/** Every kind of record, by its name in plans. */
export function createKinds(client: IntercomClient, signal: AbortSignal): Kinds {
  const attributes = createAttributes(client);
  const kinds = new Map([
    contactKind(client, attributes), companyKind(client, attributes), contactCompanyKind(client), contactNoteKind(client), tagKind(client), adminKind(client), teamKind(client),
    attributeKind(client, attributes), conversationKind(client), partKindOf(client, signal), settingsKind(client, attributes),
  ].map((kind) => [kind.name, kind]));
  return {
    attributes, names: [...kinds.keys()], has: (name) => kinds.has(name),
    of(name) {
      const kind = kinds.get(name);
      if (kind === undefined) throw new ConfigurationError({ code: 'unknown-object', message: `Intercom has no object ${JSON.stringify(name)}.`, remedy: `Use one of: ${[...kinds.keys()].join(', ')}.` });
      return kind;
    },
  };
}
