import { z } from 'zod';
import { recordAddresses } from '../../connector/kit/record-addresses.ts';
import { operation, type App } from '../calls.ts';
import type { ServerParts } from '../parts.ts';
import { rollbackFateSchema, rollbackRecordsSchema } from '../schemas/rollback.ts';
import { runNamed, runParams } from './runs.ts';

const pageSize = 100;
const querySchema = z.strictObject({
  fate: rollbackFateSchema.optional().describe('Left out = all.'), mapping: z.string().max(200).optional().describe('Left out = all.'),
  afterMapping: z.string().max(200).optional(), afterId: z.string().max(2000).optional(),
});

/** What a rollback did with each record, or would do. */
export function rollbackApi(app: App, parts: ServerParts): void {
  const { store } = parts;
  operation(app, { method: 'get', path: '/api/projects/{project}/runs/{run}/rollback', tag: 'runs', summary: 'What a rollback does with each record, or would do in a dry run: deleted, restored, kept (by whom it was changed, and when)', needs: 'look', params: runParams, query: querySchema, answer: rollbackRecordsSchema }, async ({ params, query }) => {
    const { project, run } = await runNamed(parts, params);
    const after = query.afterId === undefined ? null : { mapping: query.afterMapping ?? '', sourceId: query.afterId };
    const [fates, rows, stored] = await Promise.all([store.rollbackFates(run.id), store.rollbackPage({ runId: run.id, fate: query.fate ?? null, mapping: query.mapping ?? null, after, limit: pageSize }), store.loadConnection(project.id, 'destination')]);
    const addressOf = recordAddresses(parts.connectors.find(({ platform }) => platform === stored?.platform), { ...stored?.settings, ...stored?.secrets });
    const last = rows.at(-1);
    return {
      fates: fates.map((row) => ({ ...row })), next: last === undefined || rows.length < pageSize ? null : { mapping: last.mapping, sourceId: last.sourceId },
      records: rows.map((row) => ({ ...row, address: addressOf({ object: row.destinationObject, id: row.destinationId }) })),
    };
  });
}
