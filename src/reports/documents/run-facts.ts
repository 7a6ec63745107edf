import type { RunReport } from '../../engine/run-report.ts';
import type { ReportDocument } from '../report-document.ts';

/** The lines that head every report of a run. */
export function runFacts(report: RunReport): ReportDocument['facts'] {
  return [
    { label: 'Project', value: report.project },
    { label: 'Route', value: report.route },
    { label: 'Run', value: report.run },
    { label: 'Mode', value: report.mode },
    { label: 'Status', value: report.status },
    { label: 'Plan', value: report.planHash },
    { label: 'Started', value: report.startedAt },
    { label: 'Finished', value: report.finishedAt ?? 'not yet' },
    { label: 'Written at the destination', value: report.written },
    ...(report.error === null ? [] : [{ label: 'Error', value: `${report.error.message} (${report.error.code})` }]),
  ];
}
