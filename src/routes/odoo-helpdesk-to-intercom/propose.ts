import type { Route } from '../../engine/route.ts';
import { countryCodeOf } from '../../plan/values/countries.ts';
import type { Link } from '../../plan/plan.ts';
import { openAgentsOf } from './agents.ts';
import { attributeLines, ownPlaces } from './attributes.ts';
import { leavesOut } from './by-hand.ts';
import { decisions } from './decisions.ts';
import { fileMappings } from './files.ts';
import { facts, keys, links } from './graph.ts';
import { objectOf, type RouteInput } from './lines.ts';
import { peopleMappings, ratingNotes } from './people.ts';
import { phases } from './rows.ts';
import { targetOf } from './target.ts';
import { messageMappings, settingsMapping, ticketsMapping } from './threads.ts';

/** Draft plan of the route for one help desk and one workspace: pure, the same catalogs give the same plan. */
export const propose: Route['propose'] = ({ project, source, sourceHash, destination, destinationHash, guide, answers = {} }) => {
  const target = targetOf(destination, answers['target']);
  const bare: RouteInput = {
    source, destination, database: typeof source.facts['database'] === 'string' ? source.facts['database'] : 'odoo',
    region: typeof source.facts['country'] === 'string' ? countryCodeOf(source.facts['country']) ?? 'PL' : 'PL',
    target, leavesOut: leavesOut(destination, target, answers['attributes-by-hand']), openAgents: openAgentsOf(source, destination), places: new Map(), guide,
  };
  const input: RouteInput = { ...bare, places: ownPlaces(bare) };
  const has = (object: string): boolean => objectOf(source, object) !== undefined;
  const known = (link: Link): boolean => has(link.object) && has(link.to) && link.by.every((part) => [part.from].flat().every((name) => name === '$id' || objectOf(source, link.object)?.fields.some((field) => field.name === name)));
  const usable = links.filter(known).filter((link, _at, all) => link.back === undefined || all.some((forth) => forth.object === link.to && forth.name === link.back));
  const named = new Set(usable.map((link) => `${link.object}.${link.name}`));
  const mappings = [...peopleMappings(input), ticketsMapping(input), ...messageMappings(input), ...fileMappings(input), ratingNotes(input), settingsMapping(input)].filter((mapping) => has(mapping.source))
    .map((mapping) => ({ ...mapping, fields: mapping.fields.filter((line) => line.link === undefined || named.has(`${mapping.source}.${line.link}`)) }));
  const written = new Set(mappings.flatMap((mapping) => mapping.fields.map((line) => `${mapping.destination}.${line.to}`)));
  return {
    portolan: 1, project, route: 'odoo-helpdesk-to-intercom',
    source: { platform: source.platform, catalog: sourceHash },
    destination: { platform: destination.platform, version: destination.version ?? 'unknown', catalog: destinationHash },
    decisions: decisions(input), schema: attributeLines(input).filter((line) => written.has(`${line.object}.${line.name}`)),
    derived: [], keys: Object.fromEntries(Object.entries(keys).filter(([object]) => has(object))), links: usable,
    facts: facts.filter((fact) => has(fact.object) && named.has(`${fact.count.of}.${fact.count.link}`)),
    phases: phases.map(({ name, label }) => ({ name, label })), mappings,
  };
};
