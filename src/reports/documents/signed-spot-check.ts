import type { RecordDiff } from '../../engine/compare/record-diff.ts';
import { columns, type Cell, type ReportDocument } from '../report-document.ts';
import type { ReportSheet } from '../report-files.ts';
import { wordsOf } from '../words.ts';
import { spotCheckSheet, spotCheckTable, type SpotCheckFacts } from './spot-check.ts';

const TICK = '\u2611';
const CROSS = '\u2612';
const BOX = '\u2610';

/** A spot check as people left it: what they said of each record, and who signed. */
export interface SignedSpotCheck extends SpotCheckFacts {
  readonly records: readonly RecordDiff[];
  readonly written: number;
  readonly marks: readonly Readonly<{ position: number; inOrder: boolean | null; comment: string; markedBy: string; markedAt: string }>[];
  readonly verdict: 'accepted' | 'rejected';
  readonly remark: string;
  readonly signedName: string;
  readonly signedBy: string; // account
  readonly signedAt: string;
}

/** The sheet that was ticked and signed in the console, with the records as people saw them. */
export function signedSpotCheck(check: SignedSpotCheck): ReportSheet {
  const markOf = new Map(check.marks.map((mark) => [mark.position, mark]));
  const boxOf = (position: number): string => ({ true: TICK, false: CROSS, null: BOX })[String(markOf.get(position)?.inOrder ?? null) as 'true' | 'false' | 'null'];
  const wrong = check.marks.filter(({ inOrder }) => inOrder === false).length;
  const drawn = spotCheckSheet({ records: check.records, written: check.written }, check);
  const own: Pick<ReportDocument, 'id' | 'title' | 'good' | 'summary' | 'facts'> = {
    id: 'spot-check-signed', title: 'Spot check, signed', good: check.verdict === 'accepted',
    summary: `${check.verdict === 'accepted' ? 'Accepted' : 'Rejected'} by ${check.signedName}: ${wordsOf(check.records.length, 'record')} of ${check.written.toLocaleString('en')} looked at, ${wrong === 0 ? 'all in order' : `${wrong} not in order`}.`,
    facts: [...drawn.facts.filter(({ label }) => label !== 'Records to check'), { label: 'Verdict', value: check.verdict }, { label: 'Signed by', value: `${check.signedName} (${check.signedBy})` }, { label: 'Signed at', value: check.signedAt }, { label: 'Remark', value: check.remark }],
  };
  const signOff = {
    id: 'sign-off', title: 'Records', note: null, empty: 'Nothing was drawn.', columns: columns('#Record', 'Source record', 'Destination record', 'In order', 'Remark', 'Who', 'When'),
    rows: check.records.map((record, position): Cell[] => {
      const mark = markOf.get(position);
      return [position + 1, `${record.sourceObject} ${record.sourceId}`, `${record.destinationObject} ${record.destinationId}`, boxOf(position), mark?.comment ?? '', mark?.markedBy ?? '', mark?.markedAt ?? ''];
    }),
  };
  const [fields] = spotCheckTable({ records: check.records, written: check.written }, check).sections;
  return {
    sheet: { ...own, sections: [signOff, ...drawn.sections.map((section, position) => ({ ...section, columns: section.columns.slice(0, -1), rows: section.rows.map((row) => row.slice(0, -1)), title: `${section.title} ${boxOf(position)}` }))] },
    table: { ...own, sections: [signOff, ...(fields === undefined ? [] : [{ ...fields, columns: fields.columns.slice(0, -2), rows: fields.rows.map((row) => row.slice(0, -2)) }])] },
    data: check,
  };
}
