import type { Catalog } from '../../connector/catalog.ts';
import type { Route } from '../../engine/route.ts';
import type { Condition, Mapping, Plan, SchemaLine } from '../../plan/plan.ts';
import { decisions } from './decisions.ts';
import { derived, facts, keys, links } from './graph.ts';
import { isOwnField, listOf, objectOf, ownFieldLine, type ObjectType, type RouteInput } from './lines.ts';
import { consentMappings } from './mappings/consent.ts';
import { eventMappings } from './mappings/events.ts';
import { deliveryLogsMapping, engagementMapping } from './mappings/history.ts';
import { companiesMapping, contactsMapping, leadsMapping, relationsMapping } from './mappings/partners.ts';
import { taggingMappings, tagMappings } from './mappings/tags.ts';
import { templatesMapping } from './mappings/templates.ts';
import { warehouseMappings } from './mappings/warehouse.ts';
import { attributePlaces } from './places.ts';
import { phases } from './rows.ts';
import { rareBelow } from './shaping.ts';

const companyWords = /compan|account|organi[sz]ation|workspace|team|firma|client|customer/iu;

function typesOf(source: Catalog): readonly ObjectType[] {
  const types = listOf(source, 'object_type').map((row) => ({ id: String(row['id']), name: String(row['name'] ?? row['id']), looksLikeCompany: companyWords.test(`${String(row['name'])} ${String(row['slug'])}`) }));
  return types.toSorted((left, right) => Number(right.looksLikeCompany) - Number(left.looksLikeCompany));
}

/** Draft plan of the route for one workspace and one Odoo: pure, the same catalogs give the same plan. */
export const propose: Route['propose'] = ({ project, source, sourceHash, destination, destinationHash, guide, answers = {} }) => {
  const region = typeof destination.facts['country'] === 'string' ? destination.facts['country'] : 'PL';
  const places = (of: keyof RouteInput['places']): RouteInput['places'][typeof of] => attributePlaces({ source, destination, region, guide, rareBelow: rareBelow({ answers }) }, of);
  const input: RouteInput = { source, destination, answers, types: typesOf(source), region, places: { person: places('person'), object: places('object'), lead: places('lead') } };
  const attributes: SchemaLine[] = [];
  const taken = new Set((objectOf(destination, 'res.partner')?.fields ?? []).filter((field) => !(field.custom && (field.description ?? '').endsWith('of Customer.io.'))).map((field) => field.name));
  const companies = companiesMapping(input, taken, attributes);
  const contacts = contactsMapping(input, taken, attributes);
  const all = links(input);
  const known = new Set(all.map((link) => `${link.object}.${link.name}`));
  const made = derived(input);
  const mappings = [
    ...tagMappings(input), ...consentMappings(input), ...companies, contacts, ...relationsMapping(input), leadsMapping(input), ...eventMappings(input), ...engagementMapping(input), ...warehouseMappings(input).filter(({ phase }) => phase === 'engagement'), ...templatesMapping(input, contacts), ...deliveryLogsMapping(input), ...warehouseMappings(input).filter(({ phase }) => phase !== 'engagement'), ...taggingMappings(input),
  ].filter((mapping) => (objectOf(source, mapping.source) !== undefined || made.some(({ object }) => object === mapping.source)) && objectOf(destination, mapping.destination) !== undefined).map((mapping) => ({ ...mapping, fields: mapping.fields.filter((line) => line.link === undefined || known.has(`${mapping.source}.${line.link}`)) }));
  const optouts: Plan['facts'] = objectOf(source, 'optout') === undefined ? [] : [{ object: 'person', name: 'optouts', count: { link: 'person', of: 'optout' } }];
  return {
    portolan: 1, project, route: 'customerio-to-odoo-crm',
    source: { platform: source.platform, catalog: sourceHash }, destination: { platform: destination.platform, version: destination.version ?? 'unknown', catalog: destinationHash },
    decisions: decisions(input), schema: schemaOf(mappings, attributes), derived: made, keys: keys(input), links: all, facts: [...facts(input), ...optouts],
    phases: phases.map(({ name, label }) => ({ name, label })), mappings: mappings.map(withoutImpossible),
  };
};

/** The route's own fields that a mapping writes, and those that attributes made. */
function schemaOf(mappings: readonly Mapping[], attributes: readonly SchemaLine[]): SchemaLine[] {
  const own = new Map<string, SchemaLine>([['crm.lead.x_portolan_key', ownFieldLine('crm.lead', 'x_portolan_key')]]);
  for (const { destination, fields } of mappings) for (const { to } of fields) if (isOwnField(to) && !attributes.some((line) => line.object === destination && line.name === to)) own.set(`${destination}.${to}`, ownFieldLine(destination, to));
  return [...own.values(), ...attributes];
}

/** Lines whose condition can never be met (`any` of nothing) are not proposed. */
function withoutImpossible(mapping: Mapping): Mapping {
  const isNever = (condition: Condition | undefined): boolean => condition !== undefined && 'any' in condition && condition.any.length === 0;
  return { ...mapping, fields: mapping.fields.filter((line) => !isNever(line.when)) };
}
