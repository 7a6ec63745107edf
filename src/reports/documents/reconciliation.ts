import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import type { ReportData } from '../report-data.ts';
import { sumOf, wordsOf } from '../words.ts';
import { runFacts } from './run-facts.ts';

/** What was read and what became of it, mapping by mapping; the reasons; the calls made. */
export function reconciliationDocument(data: ReportData): ReportDocument {
  const { report } = data;
  const open = report.phases.filter((phase) => !phase.balanced);
  return {
    id: 'reconciliation', title: 'Reconciliation', good: report.phases.length === 0 ? null : open.length === 0,
    summary: report.phases.length === 0 ? 'No phase has run yet.'
      : open.length === 0 ? `Every count adds up: ${wordsOf(sumOf(report.phases.map((phase) => phase.read)), 'record')} read, each with an outcome.`
        : `${wordsOf(open.length, 'mapping')} of ${report.phases.length} do not add up: ${open.map((phase) => phase.mapping).join(', ')}.`,
    facts: runFacts(report),
    sections: [
      {
        id: 'counts', title: 'Counts by phase and mapping', empty: 'No phase has run yet.',
        note: 'Read = created + updated + matched + merged + skipped + quarantined + failed + deleted + archived + kept; after = before + created - deleted. A remainder is an error.',
        columns: columns('Mapping', 'Phase', 'Source object', 'Destination object', '#Read', '#Created', '#Updated', '#Matched', '#Merged', '#Skipped', '#Quarantined', '#Failed', '#Deleted', '#Archived', '#Kept', '#Remainder', '#Before', '#After', 'Adds up', '#Seconds'),
        rows: report.phases.map((phase): Cell[] => {
          const [skipped, quarantined, failed, kept] = [phase.skipped, phase.quarantined, phase.failed, phase.kept].map((reasons) => sumOf(Object.values(reasons))) as [number, number, number, number];
          const remainder = phase.read - phase.created - phase.updated - phase.matched - phase.merged - skipped - quarantined - failed - phase.deleted - phase.archived - kept;
          return [phase.mapping, phase.phase, phase.object, phase.destinationObject, phase.read, phase.created, phase.updated, phase.matched, phase.merged,
            skipped, quarantined, failed, phase.deleted, phase.archived, kept, remainder, phase.destinationBefore, phase.destinationAfter, phase.balanced, phase.durationMs / 1000];
        }),
      },
      {
        id: 'reasons', title: 'Reasons of records that did not go in, or were left as they are', note: null, empty: 'Every record went in.',
        columns: columns('Mapping', 'Outcome', 'Reason', '#Records'),
        rows: report.phases.flatMap((phase) => (['skipped', 'quarantined', 'failed', 'kept'] as const)
          .flatMap((outcome) => Object.entries(phase[outcome]).map(([reason, count]): Cell[] => [phase.mapping, outcome, reason, count]))),
      },
      {
        id: 'losses', title: 'What did not survive', note: 'Records that went in and of which something was lost, by field; the scope document says what each loss is.', empty: 'Nothing was lost in the records that went in.',
        columns: columns('Mapping', 'Field', '#Records'),
        rows: report.losses.map((loss): Cell[] => [loss.mapping, loss.field, loss.records]),
      },
      {
        id: 'calls', title: 'Calls by connection', note: null, empty: 'No call was made.',
        columns: columns('Connection', 'Endpoint', '#Calls'),
        rows: Object.entries(report.calls).flatMap(([connection, endpoints]) => Object.entries(endpoints).map(([endpoint, count]): Cell[] => [connection, endpoint, count])),
      },
    ],
  };
}
