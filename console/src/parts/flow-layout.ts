import type { RunFlow } from '../../../src/server/schemas/runs.ts';

export type Outcome = RunFlow['rows'][number]['outcome'] | 'leftOut';

/** In the order in which they stand, from good to lost. */
const outcomes = ['created', 'updated', 'merged', 'matched', 'unchanged', 'deleted', 'archived', 'kept', 'skipped', 'quarantined', 'failed', 'leftOut'] as const satisfies readonly Outcome[];

export interface FlowNode { readonly key: string; readonly label: string; readonly records: number; readonly y: number; readonly height: number }
export interface FlowBand { readonly from: string; readonly outcome: Outcome; readonly records: number; readonly y0: number; readonly y1: number; readonly height: number }
export interface FlowPicture { readonly left: readonly FlowNode[]; readonly right: readonly FlowNode[]; readonly bands: readonly FlowBand[]; readonly height: number }

/** Height that all records together take, least height of a band and of a node with its label, gap between nodes; in pixels. */
const whole = 320;
const leastBand = 1.5;
const leastNode = 15;
const gap = 7;

interface Link { readonly from: string; readonly label: string; readonly outcome: Outcome; readonly records: number }

/** Places objects on the left, outcomes on the right, and a band between them as high as its share of the records. Pure. */
export function layOut(flow: RunFlow): FlowPicture {
  const links = linksOf(flow);
  const all = links.reduce((sum, { records }) => sum + records, 0);
  const heightOf = (records: number): number => Math.max(leastBand, (records / Math.max(1, all)) * whole);
  const place = (groups: ReadonlyMap<string, readonly Link[]>, label: (key: string, group: readonly Link[]) => string): FlowNode[] => {
    let y = 0;
    return [...groups].map(([key, group]) => {
      const node = { key, label: label(key, group), records: group.reduce((sum, { records }) => sum + records, 0), y, height: Math.max(leastNode, group.reduce((sum, { records }) => sum + heightOf(records), 0)) };
      y += node.height + gap;
      return node;
    });
  };
  const left = place(Map.groupBy(links, ({ from }) => from), (_, group) => group[0]?.label ?? '');
  const byOutcome = Map.groupBy(links.toSorted((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome)), ({ outcome }) => outcome);
  const right = place(byOutcome, (key) => key);
  const used = new Map<string, number>();
  const next = (node: FlowNode | undefined, side: string, height: number): number => {
    const key = `${side} ${node?.key ?? ''}`;
    const at = used.get(key) ?? node?.y ?? 0;
    used.set(key, at + height);
    return at;
  };
  const bands = links.map((link): FlowBand => {
    const height = heightOf(link.records);
    return { from: link.from, outcome: link.outcome, records: link.records, height, y0: next(left.find(({ key }) => key === link.from), 'left', height), y1: next(right.find(({ key }) => key === link.outcome), 'right', height) };
  });
  const end = (nodes: readonly FlowNode[]): number => Math.max(0, ...nodes.map(({ y, height }) => y + height));
  return { left, right, bands, height: Math.max(end(left), end(right)) };
}

/** One link per mapping and outcome: reasons are the table's business. */
function linksOf({ rows, leftOut }: RunFlow): readonly Link[] {
  const mappingsOf = Map.groupBy(rows, ({ object, destinationObject }) => JSON.stringify([object, destinationObject]));
  const isAlone = (row: RunFlow['rows'][number]): boolean => new Set(mappingsOf.get(JSON.stringify([row.object, row.destinationObject]))?.map(({ mapping }) => mapping)).size === 1;
  // Several mappings between the same two objects are told apart by their names.
  const labelOf = (row: RunFlow['rows'][number] | undefined): string => (row === undefined ? '' : isAlone(row) ? `${row.object} → ${row.destinationObject}` : `${row.object}: ${row.mapping}`);
  const grouped = Map.groupBy(rows, ({ mapping, outcome }) => JSON.stringify([mapping, outcome]));
  const moved = [...grouped.values()].map((group): Link => ({
    from: group[0]?.mapping ?? '', label: labelOf(group[0]), outcome: group[0]?.outcome ?? 'skipped', records: group.reduce((sum, { records }) => sum + records, 0),
  }));
  return [...moved, ...leftOut.map(({ object, records }): Link => ({ from: `left-out ${object}`, label: object, outcome: 'leftOut', records }))];
}
