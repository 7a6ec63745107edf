import { Button, Group, Select, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { memo, startTransition, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { LineComments } from '../../../src/server/schemas/lines.ts';
import type { PlanLine, PlanView } from '../../../src/server/schemas/plan.ts';
import { commentsQuery, lineQuery } from '../line.ts';
import { useMapEdits, type LineChange, type Status } from '../map-edits.ts';
import { filters, searchTexts, shownLines, type Filter } from '../map-filter.ts';
import { ConfirmPlan } from '../parts/confirm-plan.tsx';
import { choiceOf, LineDetail, type LineDraft, type LineTab } from '../parts/line-detail.tsx';
import { isFree, likelyPlaces } from '../parts/line-places.tsx';
import { MapConflict } from '../parts/map-conflict.tsx';
import { MapPicture } from '../parts/map-picture.tsx';
import { MapTable } from '../parts/map-table.tsx';
import { RecordPreview } from '../parts/record-preview.tsx';
import { Loaded, ProblemAlert } from '../parts/show.tsx';
import { planQuery, useProject } from '../project.ts';
import { usePermission } from '../session.ts';
import { texts } from '../texts.ts';
import { useUnsaved } from '../unsaved.ts';

export function MapPage(): ReactNode {
  const project = useProject();
  const query = useQuery({ ...planQuery(project), staleTime: Infinity, refetchOnWindowFocus: false });
  return (
    <Stack gap="sm">
      <Title order={1} size="h2">{texts.map.title}</Title>
      <Loaded query={query}>{(plan) => <PlanMap project={project} plan={plan} />}</Loaded>
    </Stack>
  );
}

const noDraft: LineDraft = { steps: null, remark: '' };
const noComments: LineComments['comments'] = [];

function PlanMap({ project, plan }: Readonly<{ project: string; plan: PlanView }>): ReactNode {
  const [filter, setFilter] = useState<Filter>('all');
  const [mapping, setMapping] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const searchField = useRef<HTMLInputElement>(null);
  const edits = usePermission('edit');
  const map = useMapEdits(project, plan);
  const [drafts, setDrafts] = useState<ReadonlyMap<string, LineDraft>>(new Map());
  const [sent, setSent] = useState<readonly LineDraft['steps'][]>([]); // on their way with the map's changes, no drafts any more
  useUnsaved([...drafts.values()].some(({ steps, remark }) => (steps !== null && !sent.includes(steps)) || remark.trim() !== ''));
  const index = useMemo(() => searchTexts(plan.lines), [plan.lines]);
  const whole = useLater();
  // By the saved state: a line that was just confirmed stays where it is until the filter is chosen again.
  const shown = useMemo(() => shownLines(plan.lines, { filter, mapping, search, texts: index, statusOf: (line) => line.status }), [plan.lines, filter, mapping, search, index]);
  const current = shown.find((line) => line.key === active) ?? shown[0] ?? null;
  const chosen = shown.filter((line) => selected.has(line.key));
  const toConfirm = shown.filter((line) => map.statusOf(line) === 'proposed');
  const [tab, setTab] = useState<LineTab>('why');
  const queries = useQueryClient();
  const { data: remarks } = useQuery(commentsQuery(project));
  const commentsOf = useMemo(() => Map.groupBy(remarks?.comments ?? [], (comment) => comment.key ?? ''), [remarks]);
  // The table comes first: what is said about its line follows in a moment of its own.
  const followed = useDeferredValue(current);
  const currentKey = followed?.key ?? '';
  const onDraft = useCallback((draft: Partial<LineDraft>): void => setDrafts((old) => new Map([...old, [currentKey, { ...noDraft, ...old.get(currentKey), ...draft }]])), [currentKey]);
  const latest = useRef(map);
  useEffect(() => { latest.current = map; });
  const onStatus = useCallback((status: Status): void => { if (followed !== null) latest.current.settle([followed], status); }, [followed]);
  const draftSteps = drafts.get(currentKey)?.steps ?? null;
  const onChange = useCallback((change: LineChange, before: LineChange): void => {
    if (followed === null) return;
    if (change.transforms !== undefined && draftSteps !== null) setSent((old) => [...old, draftSteps]);
    latest.current.change(followed, change, before);
  }, [followed, draftSteps]);
  /** Opens a part of the line below the table and goes there. */
  const open = (part: LineTab): void => {
    setTab(part);
    // The line's details come from the server: whoever goes there waits for what can be typed into.
    const until = performance.now() + 3_000;
    const look = (): void => {
      const panel = document.querySelector('#line-detail [role=tabpanel]');
      const first = ['textarea', 'button', 'input'].map((name) => panel?.querySelector<HTMLElement>(`${name}:not(:disabled)`)).find((element) => element !== null);
      if (first !== undefined && first !== null) first.focus();
      else if (performance.now() < until) setTimeout(look, 50);
    };
    setTimeout(look, 50);
  };
  const choose = async (line: PlanLine, number: number): Promise<void> => {
    if (!edits || (line.kind !== 'field' && line.kind !== 'leftOut')) return;
    const details = await queries.ensureQueryData(lineQuery(project, line.key, plan.state.hash));
    const place = likelyPlaces(details)[number - 1];
    if (place !== undefined && isFree(place)) map.change(line, ...choiceOf(place, details, map.statusOf(line)));
    else setTab('places');
  };
  const toggle = (line: PlanLine): void => setSelected((old) => (old.has(line.key) ? new Set([...old].filter((key) => key !== line.key)) : new Set([...old, line.key])));
  return (
    <>
      <MapPicture plan={plan} chosen={mapping} onChoose={setMapping} />
      <Group gap="xs" align="flex-end">
        <TextInput ref={searchField} w={280} label={texts.map.search} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <Narrow mappings={plan.mappings} mapping={mapping} filter={filter} onMapping={setMapping} onFilter={setFilter} />
      </Group>
      {map.conflict !== null && <MapConflict kept={map.conflict} onApply={map.applyAgain} onDrop={map.discard} />}
      <ProblemAlert error={map.error} again={map.retry} />
      {map.error !== null && <Group><Button size="xs" variant="default" onClick={map.discard}>{texts.map.discard}</Button></Group>}
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          {chosen.length > 0 && <Button size="xs" disabled={!edits} onClick={() => { map.settle(chosen, 'confirmed'); setSelected(new Set()); }}>{texts.map.confirmSelected(chosen.length)}</Button>}
          <Button size="xs" variant="default" disabled={!edits || toConfirm.length === 0} onClick={() => map.settle(toConfirm, 'confirmed')}>{texts.map.confirmShown(toConfirm.length)}</Button>
          <Button size="xs" variant="default" disabled={!edits || !map.canUndo} onClick={map.undo}>{texts.map.undo}</Button>
        </Group>
        <Text size="sm" role="status">{texts.map.shown(shown.length, plan.lines.length)} · {map.unsaved === 0 ? texts.map.saved : texts.map.unsaved(map.unsaved)}</Text>
      </Group>
      <MapTable lines={shown} active={current?.key ?? null} selected={selected} statusOf={map.statusOf} onActive={(line) => setActive(line.key)} onToggle={toggle}
        onStatus={(line, status) => { if (line.kind === 'leftOut' && status === 'rejected') open('places'); else if (edits) map.settle([line], status); }} onUndo={map.undo} onSearch={() => searchField.current?.focus()} onOpen={open} onChoose={(line, number) => void choose(line, number)} remarksOf={(line) => commentsOf.get(line.key)?.length ?? 0} />
      <Text size="xs" c="dimmed">{texts.map.keys}</Text>
      {whole && followed !== null && (
        <LineDetail project={project} line={followed} hash={plan.state.hash} status={map.statusOf(followed)} edits={edits} tab={tab} onTab={setTab} comments={commentsOf.get(followed.key) ?? noComments}
          draft={drafts.get(followed.key) ?? noDraft} onDraft={onDraft} onStatus={onStatus} onChange={onChange} />
      )}
      {whole && <RecordPreview project={project} plan={plan} />}
      {whole && <ConfirmPlan project={project} plan={plan} unsaved={map.unsaved} />}
    </>
  );
}

/** False for the first picture: what stands below the table is made after it, in pieces that let the browser breathe. */
function useLater(): boolean {
  const [later, setLater] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setLater(true)), 30);
    return () => clearTimeout(timer);
  }, []);
  return later;
}

interface NarrowProps { readonly mappings: PlanView['mappings']; readonly mapping: string | null; readonly filter: Filter; readonly onMapping: (mapping: string | null) => void; readonly onFilter: (filter: Filter) => void }

/** Which lines are shown. By itself, so that typing into the search does not make it anew. */
const Narrow = memo(function Narrow({ mappings, mapping, filter, onMapping, onFilter }: NarrowProps): ReactNode {
  return (
    <>
      <Select label={texts.map.object} w={230} searchable clearable placeholder={texts.map.everyObject} data={mappings.map((one) => ({ value: one.id, label: one.id }))} value={mapping} onChange={onMapping} />
      <SegmentedControl aria-label={texts.map.state} value={filter} onChange={(value) => onFilter(value)} data={filters.map((value) => ({ value, label: texts.map[value] }))} />
    </>
  );
});
