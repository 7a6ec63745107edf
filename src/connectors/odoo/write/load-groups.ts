import { RecordRejectedError, type Rejection } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooField } from '../fields/field-types.ts';
import { defaultCell, toCell, type Cell } from '../values/load-cells.ts';
import type { OdooModels } from '../fields/models.ts';
import { rejectionFor, UnfitValue, toOdoo } from '../values/values-out.ts';

/** Records that can share the columns of one `load`. */
export interface LoadGroup {
  readonly names: readonly string[]; // fields, one a column
  readonly rows: readonly LoadRow[];
}
export interface LoadRow {
  readonly index: number; // in the request
  readonly key: string;
  readonly owed: JsonObject | null;
  readonly cells: readonly Cell[];
}

interface GroupParams {
  readonly models: OdooModels;
  readonly model: string;
  readonly fields: ReadonlyMap<string, OdooField>;
  readonly ordered: boolean;
  readonly drafts: readonly { readonly index: number; readonly key: string; readonly values: JsonObject; readonly owed: JsonObject | null }[];
  readonly rejections: readonly Rejection[];
}

/**
 * `load` has the same columns for all rows and an empty cell empties the field, while a field left out gets its default.
 * A record that leaves a field out gets the default's cell where that says the same; where it does not (computed fields such
 * as a lead's stage, dates that default to now) the records are split by the fields they give, in runs when order matters.
 * @throws RecordRejectedError with every value that does not fit, before anything is sent.
 */
export async function groupForLoad(params: GroupParams): Promise<readonly LoadGroup[]> {
  const { fields, drafts } = params;
  const rejections = [...params.rejections];
  const names = [...new Set(drafts.flatMap((draft) => Object.keys(draft.values)))].sort();
  const partial = names.filter((name) => drafts.some((draft) => draft.values[name] === undefined));
  const fillers = await fillersFor(params, partial);
  const groups: { signature: string; names: string[]; rows: LoadRow[] }[] = [];
  const open = new Map<string, (typeof groups)[number]>();
  for (const draft of drafts) {
    const own = names.filter((name) => draft.values[name] !== undefined || fillers.has(name));
    const cells = cellsFor(draft.index, draft.values, own, fields, fillers, rejections);
    checkOwed(draft.index, draft.owed, fields, rejections);
    const signature = own.join(',');
    let group = params.ordered && groups.at(-1)?.signature !== signature ? undefined : open.get(signature);
    if (group === undefined) {
      group = { signature, names: own, rows: [] };
      groups.push(group);
      open.set(signature, group);
    }
    group.rows.push({ index: draft.index, key: draft.key, owed: draft.owed, cells });
  }
  if (rejections.length > 0) {
    const first = rejections[0];
    throw new RecordRejectedError({ code: first?.code ?? 'unfit', message: `${params.model}: ${rejections.length} values do not fit; first: ${first?.message ?? ''}`, rejections: onePerRecord(rejections) });
  }
  return groups;
}

/** Cells that say the same as leaving the field out. */
async function fillersFor(params: GroupParams, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const plain = names.filter((name) => (params.fields.get(name)?.depends ?? []).length === 0);
  if (plain.length === 0) return new Map();
  const defaults = await params.models.defaults(params.model, plain);
  const fillers = new Map<string, string>();
  for (const name of plain) {
    const field = params.fields.get(name);
    const cell = field === undefined ? null : defaultCell(field, defaults.get(name));
    if (cell !== null) fillers.set(name, cell);
  }
  return fillers;
}

function cellsFor(index: number, values: JsonObject, names: readonly string[], fields: ReadonlyMap<string, OdooField>, fillers: ReadonlyMap<string, string>, rejections: Rejection[]): readonly Cell[] {
  return names.map((name) => {
    const value: Json | undefined = values[name];
    const field = fields.get(name);
    if (value === undefined || field === undefined) return fillers.get(name) ?? '';
    try {
      return toCell(field, value);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      rejections.push(rejectionFor(index, name, error));
      return '';
    }
  });
}

function checkOwed(index: number, owed: JsonObject | null, fields: ReadonlyMap<string, OdooField>, rejections: Rejection[]): void {
  for (const [name, value] of Object.entries(owed ?? {})) {
    const field = fields.get(name);
    try {
      if (field !== undefined) toOdoo(field, value);
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      rejections.push(rejectionFor(index, name, error));
    }
  }
}

function onePerRecord(rejections: readonly Rejection[]): readonly Rejection[] {
  const byIndex = new Map<number, Rejection>();
  for (const rejection of rejections) if (!byIndex.has(rejection.index)) byIndex.set(rejection.index, rejection);
  return [...byIndex.values()].sort((left, right) => left.index - right.index);
}
