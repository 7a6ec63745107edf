import { z } from 'zod';
import type { Catalog, CatalogObject } from '../../connector/catalog.ts';
import type { LinePreview } from '../../engine/preview-line.ts';
import { checkLine } from '../../plan/validation/check-line.ts';
import { PlanError } from '../../plan/errors.ts';
import { knownDestination } from '../../plan/validation/known-fields.ts';
import type { FieldLine, Plan } from '../../plan/plan.ts';
import { transforms } from '../../plan/transforms/registry.ts';
import { likePlaces, linePlaces } from '../../proposal/line-places.ts';
import { operation, type App } from '../calls.ts';
import { canMove, changeLines } from '../change-lines.ts';
import type { ServerParts } from '../parts.ts';
import { fieldsOf, startOf } from '../plan-lines.ts';
import type { PlanTurns } from '../plan-turns.ts';
import { refusal } from '../problem.ts';
import { lineSchema, lineTrialSchema, transformsSchema, tryLineSchema, type LineDetails, type LineTrial } from '../schemas/lines.ts';
import { projectName } from '../schemas/projects.ts';
import { projectNamed } from './projects.ts';

const lineParams = z.strictObject({ project: projectName, key: z.string().regex(/^field:\d{1,5}:\d{1,6}$/, 'the key of a line of a field') });
const placeParams = z.strictObject({ project: projectName, key: z.string().regex(/^(?:field|leftOut):\d{1,5}:\d{1,6}$/, 'the key of a line of a field, or of a column that is left out') });

/** One line of the plan: the places it could go to, and what it makes of real records. */
export function linesApi(app: App, parts: ServerParts, { atBase }: PlanTurns): void {
  const { engine, store } = parts;

  operation(app, { method: 'get', path: '/api/transforms', tag: 'plan', summary: 'The transforms that a plan may name', needs: 'look', answer: transformsSchema }, async () => ({
    transforms: transforms.map(({ name, summary, parameters, examples }) => ({
      name, summary, takesParameters: takesParameters(parameters),
      examples: examples.filter((example) => example.failure === undefined).slice(0, 3).map((example) => ({ parameters: example.parameters ?? null, input: example.input, output: example.output ?? null })),
    })),
  }));

  operation(app, { method: 'get', path: '/api/projects/{project}/plan/lines/{key}', tag: 'plan', summary: 'One line of a field, or a column that is left out: where it could go, with confidence and reasons', needs: 'look', params: placeParams, answer: lineSchema }, async ({ params }): Promise<LineDetails> => {
    const project = await projectNamed(parts, params.project);
    const { plan, stored } = await engine.currentPlan(project.name);
    const { mapping, line } = params.key.startsWith('leftOut:') ? columnOf(plan, params.key) : placeOf(plan, params.key);
    const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
    const taken = new Map(mapping.fields.filter((other) => other !== line && other.status !== 'rejected' && (other.when === undefined || line.when === undefined)).map((other) => [other.to, startOf(other)]));
    const places = source === null || destination === null ? [] : placesOf(plan, { source: source.catalog, destination: destination.catalog, mapping, line });
    return {
      key: params.key, hash: stored.hash, to: line.to, from: [...fieldsOf(line)], transforms: [...line.transforms ?? []], loss: line.loss ?? null, reason: line.reason, movable: canMove(line),
      places: places.map((place) => ({ ...place, reasons: [...place.reasons], transforms: place.transforms === null ? null : [...place.transforms], takenBy: taken.get(place.name) ?? null })),
    };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/plan/lines/{key}/trial', tag: 'plan', summary: 'Try a line, changed or not, on real records; nothing is saved or written', needs: 'look', params: lineParams, body: tryLineSchema, answer: lineTrialSchema }, async ({ params, body }): Promise<LineTrial> => {
    const project = await projectNamed(parts, params.project);
    const plan = await atBase(project.name, body.base);
    const place = placeOf(plan, params.key);
    const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
    const catalogs = { source: source?.catalog ?? null, destination: destination?.catalog ?? null };
    const tried = changeLines(plan, new Map([[params.key, { to: body.to, transforms: body.transforms }]]), catalogs) ?? plan;
    const problems = catalogs.source === null || catalogs.destination === null ? [] : checkLine(tried, place.at, { source: catalogs.source, destination: catalogs.destination });
    const told = problems.map((problem) => ({ ...problem, message: sentence(problem.message) }));
    if (problems.some(({ part }) => part === 'transforms')) return { problems: told, preview: null };
    try {
      const preview = await engine.previewLine({ project: project.name, plan: tried, ...place.at });
      return { problems: told, preview: shown(preview) };
    } catch (error) {
      if (!(error instanceof PlanError)) throw error;
      return { preview: null, problems: [...told, ...error.problems.map(({ message, remedy }) => ({ part: 'other' as const, step: null, message: sentence(message), remedy }))] };
    }
  });
}

function placeOf(plan: Plan, key: string) {
  const [mapping = -1, field = -1] = key.split(':').slice(1).map(Number);
  const line = plan.mappings[mapping]?.fields[field];
  const owner = plan.mappings[mapping];
  if (owner === undefined || line === undefined) throw refusal(404, 'no-line', `The plan has no line '${key}'.`, 'Load the page again.');
  return { mapping: owner, line, at: { mapping, field } };
}

/** A column that is left out, as a line that goes nowhere yet. */
function columnOf(plan: Plan, key: string): Readonly<{ mapping: Plan['mappings'][number]; line: FieldLine }> {
  const [at = -1, index = -1] = key.split(':').slice(1).map(Number);
  const mapping = plan.mappings[at];
  const column = mapping?.leftOut[index];
  if (mapping === undefined || column === undefined) throw refusal(404, 'no-line', `The plan has no line '${key}'.`, 'Load the page again.');
  return { mapping, line: { to: '', from: column.from, status: column.status, confidence: column.confidence, reason: column.reason, ...(column.loss === undefined ? {} : { loss: column.loss }) } };
}

function placesOf(plan: Plan, { source, destination, mapping, line }: Readonly<{ source: Catalog; destination: Catalog; mapping: Plan['mappings'][number]; line: FieldLine }>) {
  const find = (catalog: Catalog, name: string): CatalogObject | undefined => catalog.objects.find((object) => object.name === name);
  const [sourceObject, destinationObject] = [find(source, mapping.source), find(destination, mapping.destination)];
  if (sourceObject === undefined || destinationObject === undefined) return [];
  // New fields that the plan would make count, also those that it gave up for want of a line.
  const every: Plan = { ...plan, schema: plan.schema.map((each) => ({ ...each, status: 'proposed' as const })) };
  const fields = knownDestination(every, destination).fields(mapping.destination);
  if (canMove(line)) return linePlaces({ sourceObject, field: line.from as string, destinationObject, fields });
  const present = fields.find(({ name }) => name === line.to);
  const about = fieldsOf(line)[0] ?? plan.links.find(({ object, name }) => object === mapping.source && name === line.link)?.by.flatMap(({ from }) => from).find((name) => name !== '$id') ?? null;
  return present === undefined ? [] : likePlaces({ sourceObject, field: about, destinationObject, fields, present, transforms: line.transforms ?? [], loss: line.loss ?? null });
}

function shown({ origin, looked, counts, samples }: LinePreview): NonNullable<LineTrial['preview']> {
  return { origin, looked, counts: { ...counts }, samples: samples.map((sample) => ({ ...sample })) };
}

function takesParameters(parameters: z.ZodType): 'no' | 'may' | 'must' {
  if (!parameters.safeParse(undefined).success) return 'must';
  return parameters.safeParse({}).success || parameters.safeParse('x').success || parameters.safeParse(1).success ? 'may' : 'no';
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
