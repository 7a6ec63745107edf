import type { Row } from '../records/companies.ts';
import type { Table } from '../table.ts';

/** A record as a REST answer has it: addresses and names are nested, as most services do it. */
export type RestRecord = { readonly [name: string]: unknown };

/** Where a column lies in a record, by canonical column name. Columns that are not here lie at the top, `cf:` ones under `custom`. */
const nested: { readonly [file: string]: { readonly [column: string]: string } } = {
  'contacts.csv': {
    first_name: 'name.first', last_name: 'name.last', full_name: 'name.full', email: 'emails[0].value', phone: 'phones[0].number', mobile: 'phones[1].number',
    company_id: 'company.id', company_name: 'company.name', street: 'address.street', zip: 'address.zip', city: 'address.city', state: 'address.region', country: 'address.country',
    owner_email: 'owner.email',
  },
  'companies.csv': { street: 'address.street', zip: 'address.zip', city: 'address.city', state: 'address.region', country: 'address.country', owner_email: 'owner.email' },
  'deals.csv': { amount: 'value.amount', currency: 'value.currency', owner_email: 'owner.email', pipeline_id: 'stage.pipeline.id', pipeline_name: 'stage.pipeline.name', stage_id: 'stage.id', stage_name: 'stage.name' },
};

export function pathOf(file: string, column: string): string {
  return nested[file]?.[column] ?? (column.startsWith('cf:') ? `custom.${column.slice(3)}` : column);
}

function put(target: { [name: string]: unknown }, path: string, value: unknown): void {
  const [head = '', ...rest] = path.startsWith('custom.') ? ['custom', path.slice(7)] : path.split('.');
  const [, name = '', place] = /^([^[]*)(?:\[(\d+)\])?$/.exec(head) ?? [];
  if (place !== undefined) {
    const list = (target[name] ??= []) as { [name: string]: unknown }[];
    while (list.length <= Number(place)) list.push({});
    put(list[Number(place)] ?? {}, rest.join('.'), value);
  } else if (rest.length === 0) {
    target[head] = value;
  } else {
    // the label of a custom field may have a point in it: what is under `custom` is not parted again
    const inner = (target[head] ??= {}) as { [name: string]: unknown };
    if (head === 'custom') inner[rest.join('.')] = value;
    else put(inner, rest.join('.'), value);
  }
}

/** Cells as JSON: an empty cell is null, everything else stays text, as the values of an export are. */
export function recordOf(table: Table, cells: Row): RestRecord {
  const record: { [name: string]: unknown } = {};
  for (const column of table.columns) put(record, pathOf(table.file, column), (cells[column] ?? '') === '' ? null : cells[column]);
  return record;
}
