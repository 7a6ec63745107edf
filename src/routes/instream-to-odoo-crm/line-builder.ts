import type { CatalogField, CatalogObject } from '../../connector/catalog.ts';
import type { FieldLine, Mapping, TransformStep } from '../../plan/plan.ts';

/** Options of one line; everything but the reason has a sensible default. */
export interface LineOptions extends Partial<Omit<FieldLine, 'to' | 'from' | 'transforms' | 'reason' | 'status' | 'evidence'>> {
  readonly transforms?: TransformStep[];
  readonly reason: string;
}

/** Options of a line that names its source fields itself (they may be derived ones, which no column shows). */
export interface SetOptions extends LineOptions {
  readonly from?: string | readonly string[];
}

/**
 * Writes the lines of one mapping: a line is made only where the source has the field and the destination knows it,
 * and every source field is remembered, so that none is left without a word at the end.
 */
export class LineBuilder {
  readonly #source: CatalogObject | undefined;
  readonly #destination: CatalogObject | undefined;
  readonly #zone: string;
  readonly #used = new Set<string>();
  readonly #lost: Pick<FieldLine, 'from' | 'to'>[] = [];
  readonly lines: FieldLine[] = [];

  constructor(params: Readonly<{ source: CatalogObject | undefined; destination: CatalogObject | undefined; zone: string }>) {
    this.#source = params.source;
    this.#destination = params.destination;
    this.#zone = params.zone;
  }

  /** Whether the export has this column at all. */
  has(name: string): boolean {
    return this.#source?.fields.some((field) => field.name === name) ?? false;
  }

  /** The destination's field, if it exists there. */
  destinationField(name: string): CatalogField | undefined {
    return this.#destination?.fields.find((field) => field.name === name);
  }

  sourceField(name: string): CatalogField | undefined {
    return this.#source?.fields.find((field) => field.name === name);
  }

  /** A field of the export to a field of Odoo. */
  move(from: string | readonly string[], to: string, options: LineOptions): this {
    const names = [from].flat().filter((name) => this.has(name));
    if (this.#destination !== undefined && !to.startsWith('x_') && this.destinationField(to) === undefined) return this;
    if (names.length === 0) {
      if (options.required === true) this.#lost.push({ from: typeof from === 'string' ? from : [...from], to });
      return this;
    }
    for (const name of names) this.#used.add(name);
    const evidence = names.flatMap((name) => this.sourceField(name)?.profile?.samples.slice(0, 3) ?? []).slice(0, 3);
    this.#push({ to, from: typeof from === 'string' ? from : names, ...options, ...(evidence.length > 0 ? { evidence } : {}) });
    return this;
  }

  /** A line that does not depend on the export's columns: a constant, a link, or fields named outright. */
  set(to: string, { from, ...options }: SetOptions): this {
    if (this.#destination !== undefined && !to.startsWith('x_') && this.destinationField(to) === undefined) return this;
    for (const name of [from ?? []].flat()) this.#used.add(name);
    this.#push({ to, ...(from === undefined ? {} : { from: typeof from === 'string' ? from : [...from] }), ...options });
    return this;
  }

  /** Marks fields as cared for (links, conditions), so that they are not proposed as custom fields. */
  use(...names: readonly string[]): this {
    for (const name of names) this.#used.add(name);
    return this;
  }

  /** Date or number transform in the way the column was decided, or through the decision that will settle it. */
  typed(name: string, wanted: 'date' | 'datetime' | 'number' | 'integer'): TransformStep {
    const field = this.sourceField(name);
    const { format } = field ?? {};
    // A column may carry other questions (damaged encoding): only these two are about how its values are written.
    const question = field?.question !== undefined && /^(?:date-order|number-format):/.test(field.question) ? field.question : undefined;
    if (wanted === 'number' || wanted === 'integer') {
      const decimal = question !== undefined ? { decision: question } : format?.kind === 'number' ? format.decimal : null;
      return decimal === null ? wanted : { [wanted]: { decimal } };
    }
    const order = question !== undefined ? { decision: question } : format?.kind === 'date' ? format.order : 'iso';
    return { [wanted]: { order, zone: (format?.kind === 'date' ? format.zone : null) ?? this.#zone } };
  }

  /** Lines for fields that must be filled, whose columns the export does not have; not those that another line fills. */
  unfilled(): readonly Pick<FieldLine, 'from' | 'to'>[] {
    return this.#lost.filter(({ to }) => !this.lines.some((line) => line.to === to));
  }

  /** Fields of the export that no line reads yet. */
  unused(): readonly CatalogField[] {
    return (this.#source?.fields ?? []).filter((field) => !this.#used.has(field.name));
  }

  #push(line: Omit<FieldLine, 'status' | 'confidence'> & { confidence?: number | undefined }): void {
    this.lines.push({ ...line, status: 'proposed', confidence: line.confidence ?? 1 });
  }
}

/** The judged part of a mapping that the route itself vouches for. */
export function byRoute(reason: string): Pick<Mapping, 'status' | 'confidence' | 'reason'> {
  return { status: 'proposed', confidence: 1, reason };
}
