import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { PlanLine } from '../../../src/server/schemas/plan.ts';
import type { Status } from '../map-edits.ts';
import { useNarrow } from '../narrow.ts';
import { texts } from '../texts.ts';
import type { LineTab } from './line-detail.tsx';

/** Heights in pixels, the same as `--map-row` and `--map-head`: on a tablet a line of the plan has two lines of text. */
const wide = { row: 40, head: 34 } as const;
const narrow = { row: 54, head: 46 } as const;
/** Of a table with few rows, so that the page does not jump much while one filters. */
const leastHeight = 260;

interface MapTableProps {
  readonly lines: readonly PlanLine[];
  readonly active: string | null;
  readonly selected: ReadonlySet<string>;
  readonly statusOf: (line: PlanLine) => Status;
  readonly onActive: (line: PlanLine) => void;
  readonly onToggle: (line: PlanLine) => void;
  readonly onStatus: (line: PlanLine, status: Status) => void;
  readonly onUndo: () => void;
  readonly onSearch: () => void;
  /** Goes to a part of the line's details. */
  readonly onOpen: (part: LineTab) => void;
  /** Gives the line the place of this number. */
  readonly onChoose: (line: PlanLine, number: number) => void;
  readonly remarksOf: (line: PlanLine) => number;
}

/** The lines as a grid of which only the rows in sight exist. The grid has the focus; arrows move the active row. */
export function MapTable(props: MapTableProps): ReactNode {
  const { lines, active } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { row: rowHeight, head: headHeight } = useNarrow() ? narrow : wide;
  const rows = useVirtualizer({ count: lines.length, getScrollElement: () => frame.current, estimateSize: () => rowHeight, overscan: 12, scrollPaddingStart: headHeight, getItemKey: (index) => lines[index]?.key ?? index });
  useEffect(() => rows.measure(), [rows, rowHeight]);
  const at = Math.max(0, lines.findIndex((line) => line.key === active));

  const go = (index: number): void => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, index))];
    if (line === undefined) return;
    props.onActive(line);
    rows.scrollToIndex(Math.max(0, Math.min(lines.length - 1, index)));
  };
  const settle = (status: Status): void => {
    const line = lines[at];
    if (line === undefined) return;
    props.onStatus(line, status);
    go(at + 1);
  };
  const page = (): number => Math.max(1, Math.floor(((frame.current?.clientHeight ?? 400) - headHeight) / rowHeight) - 1);
  const keys: Readonly<Record<string, () => void>> = {
    'ArrowDown': () => go(at + 1), 'j': () => go(at + 1), 'ArrowUp': () => go(at - 1), 'k': () => go(at - 1), 'PageDown': () => go(at + page()), 'PageUp': () => go(at - page()), 'Home': () => go(0), 'End': () => go(lines.length - 1),
    'Enter': () => settle('confirmed'), 'c': () => settle('confirmed'), 'r': () => settle('rejected'), 'o': () => settle('proposed'), '/': props.onSearch, 'p': () => props.onOpen('places'), 't': () => props.onOpen('transforms'), 'm': () => props.onOpen('remarks'),
    ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => [String(number), () => { const line = lines[at]; if (line !== undefined) props.onChoose(line, number); }])),
    ' ': () => { const line = lines[at]; if (line !== undefined) props.onToggle(line); },
  };
  const onKey = (event: KeyboardEvent): void => {
    const undo = event.key === 'z' && (event.ctrlKey || event.metaKey);
    const act = undo ? props.onUndo : event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div ref={frame} className="map" style={{ maxHeight: Math.max(leastHeight, headHeight + lines.length * rowHeight + 4) }} role="grid" aria-label={texts.map.table} aria-rowcount={lines.length + 1} aria-colcount={7} tabIndex={0} aria-activedescendant={active === null ? undefined : `line-${active}`} onKeyDown={onKey}>
      <div role="rowgroup">
        <div className="map-head" role="row" aria-rowindex={1}>
          <span role="columnheader" aria-label={texts.map.select('')} />
          {[texts.map.object, texts.map.source, texts.map.destination, texts.map.confidence, texts.map.how, texts.map.state].map((title) => <span key={title} role="columnheader">{title}</span>)}
        </div>
      </div>
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          return <Row key={line.key} line={line} index={item.index} top={item.start} active={line.key === active} selected={props.selected.has(line.key)} status={props.statusOf(line)} remarks={props.remarksOf(line)} onActive={props.onActive} onToggle={props.onToggle} />;
        })}
      </div>
    </div>
  );
}

type RowProps = Readonly<{ line: PlanLine; index: number; top: number; active: boolean; selected: boolean; status: Status; remarks: number } & Pick<MapTableProps, 'onActive' | 'onToggle'>>;

const Row = memo(function Row({ line, index, top, active, selected, status, remarks, onActive, onToggle }: RowProps): ReactNode {
  return (
    <div id={`line-${line.key}`} className="map-row" role="row" aria-rowindex={index + 2} aria-current={active} aria-selected={selected} style={{ transform: `translateY(${top}px)` }} onMouseDown={() => onActive(line)}>
      <span role="gridcell"><input type="checkbox" tabIndex={-1} checked={selected} onChange={() => onToggle(line)} aria-label={texts.map.select(`${line.from} ${line.to}`)} /></span>
      <span role="gridcell" title={line.mapping ?? line.destination ?? ''}>{line.mapping ?? line.destination}</span>
      <span role="gridcell" dir="auto" title={line.from}>{line.from}{line.custom && line.kind !== 'schema' && <span className="mark">{texts.map.customMark}</span>}</span>
      <span role="gridcell" dir="auto" title={line.to}>{line.kind === 'leftOut' ? texts.map.nothing : line.to}{line.kind !== 'field' && line.kind !== 'leftOut' && <span className="mark">{texts.map.kind[line.kind]}</span>}{line.loss !== null && <span className="mark">{texts.map.lossMark}</span>}</span>
      <span role="gridcell">{Math.round(line.confidence * 100)} %</span>
      <span role="gridcell" title={line.transforms}>{line.transforms}</span>
      <span role="gridcell" className={`state state-${status}`}>{line.kind === 'leftOut' && status === 'rejected' ? texts.map.placed : texts.map.status[status]}{remarks > 0 && <span className="mark" title={texts.line.tabs.someRemarks(remarks)}>{texts.line.remarkMark(remarks)}</span>}</span>
    </div>
  );
}, (old, next) => old.line === next.line && old.top === next.top && old.active === next.active && old.selected === next.selected && old.status === next.status && old.remarks === next.remarks && old.index === next.index);
