import { recordAddresses } from '../connector/kit/record-addresses.ts';
import type { RollbackFate, RollbackRow } from '../engine/ports/ledger.ts';
import type { Project } from '../engine/ports/projects.ts';
import { wordsOf } from '../reports/words.ts';
import { changedByText } from '../reports/who-changed.ts';
import type { Session } from './session.ts';
import { table } from './table.ts';

/** Records listed of each mapping and fate: a screenful, or what a script can hold. */
const LISTED = { text: 10, json: 1_000 } as const;
const PAGE = 500;
/** In the order in which a person asks. */
const fates: readonly RollbackFate[] = ['kept', 'restored', 'removed', 'gone', 'untouched'];
const words: Readonly<Record<RollbackFate, Readonly<{ done: string; would: string }>>> = {
  kept: { done: 'kept', would: 'would be kept' }, restored: { done: 'restored', would: 'would be restored' }, removed: { done: 'deleted', would: 'would be deleted' },
  gone: { done: 'gone before', would: 'gone already' }, untouched: { done: 'left as it was', would: 'would be left as it is' },
};

interface Listed extends RollbackRow { readonly address: string | null }

/**
 * What a rollback did with each record, or would do: for `--json` as `records` { fates, listed, complete }, and as text. After a
 * rollback that is no dry run only what was kept, unless more is asked for.
 * @param params.most records of each mapping and fate; null = as many as fit
 */
export async function listRollback(session: Session, params: Readonly<{ project: Project; runId: string; dryRun: boolean; most: number | null }>): Promise<Readonly<{ json: Readonly<Record<string, unknown>>; text: string }>> {
  const { project, runId, dryRun } = params;
  const { store } = await session.workspace();
  const most = params.most ?? (session.json ? LISTED.json : LISTED.text);
  const [counts, stored] = await Promise.all([store.rollbackFates(runId), store.loadConnection(project.id, 'destination')]);
  const addressOf = recordAddresses(session.registry.connectors.find(({ platform }) => platform === stored?.platform), { ...stored?.settings, ...stored?.secrets });
  // After the rollback itself what is left matters; the report has it as `residue`, with everything that is said of it.
  const asked = dryRun || params.most !== null;
  const listed: Listed[] = [];
  for (const fate of asked ? fates : ['kept' as const]) {
    for (const { mapping } of counts.filter((count) => count.fate === fate)) {
      for (let after: RollbackRow | null = null, left = most; left > 0;) {
        const rows: readonly RollbackRow[] = await store.rollbackPage({ runId, fate, mapping, after, limit: Math.min(PAGE, left) });
        listed.push(...rows.map((row) => ({ ...row, address: addressOf({ object: row.destinationObject, id: row.destinationId }) })));
        after = rows.at(-1) ?? null;
        left = after === null ? 0 : left - rows.length;
      }
    }
  }
  const mappings = [...new Set(counts.map(({ mapping }) => mapping))];
  const countOf = (mapping: string, fate: RollbackFate): number => counts.find((count) => count.mapping === mapping && count.fate === fate)?.records ?? 0;
  const named = fates.filter((fate) => counts.some((count) => count.fate === fate));
  const word = (fate: RollbackFate): string => (dryRun ? words[fate].would : words[fate].done);
  const text = counts.length === 0 ? `no record ${dryRun ? 'would be' : 'was'} taken back` : [
    table(['mapping', ...named.map(word)], mappings.map((mapping) => [mapping, ...named.map((fate) => countOf(mapping, fate))])),
    ...named.filter((fate) => asked || fate === 'kept').flatMap((fate) => mappings.filter((mapping) => countOf(mapping, fate) > 0).map((mapping) => {
      const rows = listed.filter((row) => row.fate === fate && row.mapping === mapping);
      const all = countOf(mapping, fate);
      return [`${word(fate)}: ${wordsOf(all, 'record')} of ${mapping}${rows.length < all ? ` (the first ${rows.length}; --list ${all} shows all)` : ''}`, ...rows.map(lineOf)].join('\n');
    })),
  ].join('\n\n');
  return { json: asked ? { records: { fates: counts, listed, complete: listed.length === counts.reduce((sum, count) => sum + count.records, 0) } } : {}, text };
}

function lineOf(row: Listed): string {
  const { details } = row;
  const list = (name: string): string => (Array.isArray(details[name]) ? details[name].map(String).join(', ') : '');
  return [
    `  ${row.sourceId}${typeof details['label'] === 'string' ? ` "${details['label'].replaceAll(/\s+/gu, ' ')}"` : ''} -> ${row.address ?? `${row.destinationObject} ${row.destinationId}`}`,
    ...(row.reason === null ? [] : [row.reason]), ...(row.fate !== 'kept' && row.fate !== 'restored' || list('fields') === '' ? [] : [list('fields')]),
    ...(changedByText(details) === null ? [] : [changedByText(details)]), ...(list('dependants') === '' ? [] : [list('dependants')]),
  ].join('; ');
}
