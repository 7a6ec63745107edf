import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ConfigurationError } from '../../connector/errors.ts';
import type { Json } from '../../connector/json.ts';
import type { StoredPlan } from '../../engine/ports/projects.ts';
import type { StagedRecord } from '../../engine/ports/staging.ts';
import { formatPlan } from '../../plan/format.ts';
import type { Plan } from '../../plan/plan.ts';
import { plainText } from '../../plan/values/plain-text.ts';
import { mappingCounts, planCounts } from '../../reports/plan-counts.ts';
import { operation, type App } from '../calls.ts';
import type { ProposeParams } from '../../engine/propose/propose.ts';
import type { ServerParts } from '../parts.ts';
import { changeLines } from '../change-lines.ts';
import { planLines } from '../plan-lines.ts';
import type { PlanTurns } from '../plan-turns.ts';
import { refusal } from '../problem.ts';
import { peopleOf } from '../suggestions.ts';
import { answersSchema, confirmSchema, lineChangesSchema, planSchema, planStateSchema, planTextSchema, previewSchema, savePlanTextSchema, stagedSchema, type PlanState, type PlanView } from '../schemas/plan.ts';
import { projectNamed, projectParams } from './projects.ts';

/** Records suggested of each object, and values that tell them apart; of a value so many characters. */
const [suggested, told, longest] = [6, 3, 40];

/** The plan: proposing it, settling lines and decisions, confirming it, and its text. */
export function planApi(app: App, parts: ServerParts, turns: PlanTurns, openAdviser: () => Promise<ProposeParams['adviser']>): void {
  const { engine, store } = parts;
  const { inTurn, atBase } = turns;

  operation(app, { method: 'get', path: '/api/projects/{project}/plan', tag: 'plan', summary: 'The newest plan: its lines, decisions and counts', needs: 'look', params: projectParams, answer: planSchema }, async ({ params }) => {
    const project = await projectNamed(parts, params.project);
    const [{ plan, stored }, catalog, destination] = await Promise.all([engine.currentPlan(project.name), store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
    const owners = parts.routes.find((route) => route.id === project.route)?.owners;
    const lines = planLines(plan, catalog?.catalog ?? null);
    return {
      state: stateOf(plan, stored), lines: [...lines],
      people: owners === undefined || destination === null ? null : { family: owners.decision, values: peopleOf(destination.catalog, owners).map((one) => ({ ...one })) },
      mappings: plan.mappings.map((mapping): PlanView['mappings'][number] => ({
        id: mapping.id, source: mapping.source, destination: mapping.destination, phase: mapping.phase, status: mapping.status,
        fields: mapping.fields.length, toReview: mapping.status === 'rejected' ? 0 : mappingCounts(mapping).toReview, lossy: [mapping, ...mapping.fields].some((line) => line.loss !== undefined && line.status !== 'rejected'),
        cardinality: mapping.identity.create === false ? 'matched' : mapping.identity.mergeBy === undefined ? 'each' : 'merged',
      })),
      decisions: plan.decisions.map(({ id, question, options, free, recommendation, answer, reason, evidence }): PlanView['decisions'][number] =>
        ({ id, question, options: options.map((option) => ({ ...option })), free: free ?? null, recommendation, answer, reason, evidence: [...evidence ?? []].slice(0, 20) })),
    };
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/plan', tag: 'plan', summary: 'Make a draft from route and catalogs; what people settled before is kept', needs: 'edit', params: projectParams, answer: planStateSchema }, async ({ params, actor }) => {
    const project = await projectNamed(parts, params.project);
    return inTurn(project.name, async () => {
      const { plan, stored, advice } = await engine.propose({ project: project.name, adviser: await openAdviser() });
      const asked = advice === null || advice === undefined ? {} : { adviser: advice.model, asked: advice.asked, changed: advice.changed, failure: advice.failure };
      await store.audit({ projectId: project.id, actor, action: 'plan-proposed', details: { version: stored.version, ...asked } });
      return stateOf(plan, stored);
    });
  });

  operation(app, { method: 'patch', path: '/api/projects/{project}/plan/lines', tag: 'plan', summary: 'Confirm, reject or reopen lines; give them another destination field or other transforms', needs: 'edit', params: projectParams, body: lineChangesSchema, answer: planStateSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    return inTurn(project.name, async () => {
      const plan = await atBase(project.name, body.base);
      const [source, destination] = await Promise.all([store.loadCatalog(project.id, 'source'), store.loadCatalog(project.id, 'destination')]);
      const next = changeLines(plan, new Map(body.changes.map(({ key, ...change }) => [key, change])), { source: source?.catalog ?? null, destination: destination?.catalog ?? null });
      if (next === null) throw refusal(422, 'no-line', 'The plan has no such line.', 'Load the page again.');
      const saved = await engine.savePlan({ project: project.name, text: formatPlan(next) });
      const rewritten = body.changes.filter((change) => change.to !== undefined || change.transforms !== undefined).map(({ key }) => key);
      await store.audit({ projectId: project.id, actor, action: 'lines-settled', details: { version: saved.stored.version, lines: body.changes.length, ...(rewritten.length === 0 ? {} : { rewritten }) } });
      return stateOf(saved.plan, saved.stored);
    });
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/plan/answers', tag: 'plan', summary: 'Answer decisions; null opens one again', needs: 'edit', params: projectParams, body: answersSchema, answer: planStateSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    return inTurn(project.name, async () => {
      requireSeen(await atBase(project.name, body.base), body.seen ?? {});
      const saved = await engine.decide({ project: project.name, answers: body.answers as Readonly<Record<string, Json>>, by: actor });
      return stateOf(saved.plan, saved.stored);
    });
  });

  operation(app, { method: 'post', path: '/api/projects/{project}/plan/confirmation', tag: 'plan', summary: 'Confirm the plan: production runs take no other', needs: 'approve', params: projectParams, body: confirmSchema, answer: planStateSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    return inTurn(project.name, async () => {
      await atBase(project.name, body.base);
      const { plan, stored } = await engine.confirmPlan({ project: project.name, by: actor, acceptRecommendations: body.acceptRecommendations });
      return stateOf(plan, stored);
    });
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/plan/text', tag: 'plan', summary: 'The plan as YAML', needs: 'look', params: projectParams, answer: planTextSchema }, async ({ params }) => {
    const { stored } = await engine.currentPlan((await projectNamed(parts, params.project)).name);
    return { text: stored.text, hash: stored.hash, version: stored.version };
  });

  operation(app, { method: 'put', path: '/api/projects/{project}/plan/text', tag: 'plan', summary: 'Save an edited plan as the newest version; what is wrong is told with its lines', needs: 'edit', params: projectParams, body: savePlanTextSchema, answer: planStateSchema }, async ({ params, body, actor }) => {
    const project = await projectNamed(parts, params.project);
    return inTurn(project.name, async () => {
      await atBase(project.name, body.base);
      const { plan, stored } = await engine.savePlan({ project: project.name, text: body.text });
      await store.audit({ projectId: project.id, actor, action: 'plan-saved', details: { version: stored.version } });
      return stateOf(plan, stored);
    });
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/preview', tag: 'plan', summary: 'What the plan would write for one source record, field by field with reasons', needs: 'look', params: projectParams, query: z.strictObject({ object: z.string().max(200), id: z.string().max(1000) }), answer: previewSchema }, async ({ params, query }) => {
    const project = await projectNamed(parts, params.project);
    const { mappings, notMoved } = await engine.preview({ project: project.name, object: query.object, sourceId: query.id });
    return { mappings: mappings.map((mapping) => ({ ...mapping, fields: mapping.fields.map((field) => ({ ...field, from: [...field.from] })) })), notMoved: [...notMoved] };
  });

  operation(app, { method: 'get', path: '/api/projects/{project}/staged', tag: 'plan', summary: 'Some records that were read in, by source object: so that nobody needs to know an id by heart', needs: 'look', params: projectParams, answer: stagedSchema }, async ({ params }) => {
    const project = await projectNamed(parts, params.project);
    const { plan } = await engine.currentPlan(project.name);
    const objects = [...new Set(plan.mappings.filter(({ status }) => status !== 'rejected').map(({ source }) => source))];
    return { objects: await Promise.all(objects.map(async (object) => ({ object, records: (await store.pageStaged({ projectId: project.id, object, afterSeq: 0n, limit: suggested })).map(suggestion) }))) };
  });
}

/** A record by its id and the first of its values that say more than the id does. */
function suggestion({ sourceId, data }: StagedRecord): Readonly<{ id: string; values: string[] }> {
  const texts = Object.values(data).flatMap((value) => (typeof value === 'string' || typeof value === 'number' ? plainText(value) ?? [] : [])).filter((text) => text !== sourceId);
  return { id: sourceId, values: texts.slice(0, told).map((text) => (text.length > longest ? `${text.slice(0, longest)}…` : text)) };
}

/** @throws ApiError 409 'answer-changed' where somebody answered since the person looked */
function requireSeen(plan: Plan, seen: Readonly<Record<string, unknown>>): void {
  const changed = plan.decisions.filter(({ id, answer }) => Object.hasOwn(seen, id) && !isDeepStrictEqual(answer, seen[id]));
  if (changed.length === 0) return;
  const shown = changed.slice(0, 5).map(({ id, answer }) => `${id}: ${answer === null ? 'open again' : JSON.stringify(answer)}`);
  throw refusal(409, 'answer-changed', `Somebody answered ${changed.length === 1 ? 'this decision' : `${changed.length} of these decisions`} meanwhile: ${shown.join('; ')}${changed.length > shown.length ? '; …' : ''}.`, 'Look at the answers as they are now, then answer again where yours is to stand.');
}

function stateOf(plan: Plan, stored: StoredPlan): PlanState {
  if (plan.mappings.length === 0) throw new ConfigurationError({ code: 'no-plan', message: 'The plan is empty.', remedy: 'Discover both sides and propose a plan.' });
  return { version: stored.version, hash: stored.hash, confirmedAt: stored.confirmedAt, confirmedBy: stored.confirmedBy, counts: { ...planCounts(plan) } };
}
