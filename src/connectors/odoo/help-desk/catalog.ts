import type { Catalog, CatalogField, CatalogNote, CatalogObject, FieldProfile, FieldType } from '../../../connector/catalog.ts';
import { AuthenticationError, PortolanError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import { hostingOf, readFacts } from '../fields/facts.ts';
import { catalogField } from '../fields/field-types.ts';
import { boundFields, ticketMessages, usedAliases, type BoundField, type HelpDesk } from './desk.ts';
import { helpDeskObjects, type HelpDeskObject } from './objects.ts';
import type { PartnerScope } from './scope.ts';
import { helpDeskFacts } from './vocabulary.ts';

/** Messages from which on a thread is longer than some destinations show at once. */
const longThread = 450;

/** What stands in the help desk: objects, counts, fill rates of custom fields, facts, and the names that this dialect uses. */
export async function discoverHelpDesk(desk: HelpDesk, scope: PartnerScope, url: string, onProgress?: (progress: { readonly subject: string; readonly done: number }) => void): Promise<Catalog> {
  desk.models.forget();
  const objects: CatalogObject[] = [];
  const notes: CatalogNote[] = [{ subject: 'help desk', level: 'info', code: 'dialect', message: `${desk.dialect.label}: stages in ${desk.dialect.stage}, teams in ${desk.dialect.team}.` }];
  for (const object of helpDeskObjects) {
    const bound = await boundFields(desk, object);
    if (bound.length === 0) {
      notes.push({ subject: object.name, level: 'info', code: 'object-absent', message: `This Odoo has no ${object.label.toLowerCase()} records: the module that brings them is not installed.` });
      continue;
    }
    const names = usedAliases(object.name, bound);
    if (names.length > 0) notes.push({ subject: object.name, level: 'info', code: 'names-used', message: `Names on this server: ${names.join(', ')}.` });
    const count = await countOf(desk, object, scope);
    objects.push({ name: object.name, label: object.label, count, fields: await fieldsOf(desk, object, bound, count) });
    onProgress?.({ subject: object.name, done: count ?? 0 });
  }
  return {
    platform: 'odoo', version: desk.client.version.text, edition: desk.client.version.enterprise ? 'Enterprise' : 'Community', objects, notes, questions: [],
    facts: { ...await readFacts(desk.client, desk.models, url), helpDesk: desk.dialect.name, longThreads: await longThreads(desk), ...await helpDeskFacts(desk) },
    limits: [
      { name: 'records per read', value: '500, halved when the server does not answer in time' }, { name: 'tickets whose messages are read together', value: '50' },
      { name: 'time per call', value: '120 s on servers with worker processes' }, { name: 'hosting', value: hostingOf(url) },
    ],
  };
}

async function countOf(desk: HelpDesk, object: HelpDeskObject, scope: PartnerScope): Promise<number | null> {
  if (object.name === 'partner') return scope.partners.length;
  if (object.name === 'company') return scope.companies.length;
  if (object.name === 'attachment') return null; // known only when every text was looked at; the fact `files` has those that hang on tickets and their messages
  const domain: Json = object.name === 'message' ? [...ticketMessages] : object.name === 'user' ? [['share', '=', false]] : object.name === 'rating' ? [['res_model', '=', 'helpdesk.ticket'], ['consumed', '=', true]] : [];
  return await desk.client.read(object.model(desk.dialect) ?? '', 'search_count', { domain }) as number;
}

async function fieldsOf(desk: HelpDesk, object: HelpDeskObject, bound: readonly BoundField[], count: number | null): Promise<readonly CatalogField[]> {
  const model = object.model(desk.dialect) ?? '';
  const own: CatalogField = { name: 'id', label: 'ID', type: 'text', required: true, readonly: true, custom: false };
  const taken = await Promise.all(bound.map(async ({ ours, native, field }): Promise<CatalogField> => {
    const described = { ...catalogField(model, native, field), name: ours };
    const asText = field.relation !== undefined && (ours.startsWith('x_') || ['state_id', 'country_id', 'industry_id'].includes(ours));
    const { relatedObject, ...plain } = described;
    void relatedObject;
    const type: FieldType = asText ? (field.type === 'many2one' ? 'text' : 'multiSelection') : described.type;
    const profile = count !== null && count > 0 && ours.startsWith('x_') ? await profileOf(desk, model, native, type, count) : null;
    return { ...(asText ? plain : described), type, ...(profile === null ? {} : { profile }) };
  }));
  const made = Object.entries(object.made).map(([name, type]): CatalogField => ({ name, label: name.replaceAll('_', ' '), type, required: false, readonly: true, custom: false }));
  return [own, ...taken, ...made];
}

/** Fill rate over all records by counting; samples from the first ones; the list of values where there are few. Booleans are always filled. */
async function profileOf({ client }: HelpDesk, model: string, field: string, type: FieldType, count: number): Promise<FieldProfile | null> {
  if (type === 'boolean' || type === 'integer' || type === 'decimal' || type === 'money') return null; // 0 and false cannot be told from empty
  const domain = [[field, '!=', false]];
  try {
    const filled = await client.read(model, 'search_count', { domain }) as number;
    const rows = filled === 0 ? [] : await client.read(model, 'search_read', { domain, fields: [field], order: 'id', limit: 50 }) as readonly JsonObject[];
    const shown = [...new Set(rows.flatMap((row) => texts(row[field])))];
    return { filled: filled / count, distinct: shown.length, samples: shown.slice(0, 5), typeConfidence: 1 };
  } catch (error) {
    if (error instanceof AuthenticationError || (error instanceof PortolanError && error.code === 'unexpected-fault')) return null;
    throw error;
  }
}

function texts(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return typeof value[1] === 'string' ? [value[1]] : [];
  return typeof value === 'string' ? [value.slice(0, 200)] : [];
}

/** Tickets with very long threads; null = this server does not count them for us. */
async function longThreads({ client }: HelpDesk): Promise<Json> {
  try {
    const groups = await client.read('mail.message', 'read_group', { domain: [...ticketMessages], fields: ['res_id'], groupby: ['res_id'], lazy: true }) as readonly JsonObject[];
    return groups.filter((group) => Number(group['res_id_count'] ?? group['__count'] ?? 0) > longThread).map((group) => ({ ticket: String(group['res_id']), messages: Number(group['res_id_count'] ?? group['__count']) }));
  } catch (error) {
    if (error instanceof PortolanError && !(error instanceof AuthenticationError && error.code === 'access-denied')) return null;
    throw error;
  }
}
