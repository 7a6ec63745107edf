import type { JsonObject } from '../../../connector/json.ts';
import type { FieldSpec, SourceObject } from '../source-object.ts';
import { idText, isoTime, objectIn } from '../values.ts';
import { fileObject } from './file-object.ts';
import { fileName, filesAt } from './file-rows.ts';
import { newestVersions, type Versions } from './newest-versions.ts';

/** A kind of sync file: the columns that tell its rows apart, and those that a plan can read by name. */
interface Kind {
  readonly keys: readonly string[];
  /** Column whose highest value is the version that holds. Left out = every row is a record of its own. */
  readonly version?: string;
  readonly fields?: Readonly<Record<string, FieldSpec>>;
}

const delivery = { delivery_id: { refersTo: 'message' }, campaign_id: { refersTo: 'campaign' }, newsletter_id: { refersTo: 'newsletter' } } as const;
const kinds = {
  people: { keys: ['internal_customer_id'], fields: { email_addr: 'email', customer_id: 'text', deleted: 'boolean', suppressed: 'boolean' } },
  attributes: { keys: ['internal_customer_id', 'attribute_name', 'timestamp'] },
  deliveries: { keys: ['delivery_id'], version: 'seq_num', fields: { ...delivery, delivery_type: 'text', trigger_id: 'text', transactional_message_id: { refersTo: 'transactional_message' }, channel: 'selection' } },
  delivery_content: { keys: ['delivery_id'], version: 'seq_num', fields: { ...delivery, type: 'text', from: 'text', recipient: 'text', subject: 'text', body: 'html', body_plain: 'longText' } },
  metrics: { keys: ['event_id'], version: 'seq_num', fields: { delivery_id: { refersTo: 'message' }, metric: 'selection', reason: 'text', link_url: 'url' } },
  subjects: { keys: ['subject_name'], version: 'seq_num', fields: { campaign_id: { refersTo: 'campaign' } } },
  outputs: { keys: ['output_id'], version: 'seq_num' }, campaigns: { keys: ['campaign_id'] }, broadcasts: { keys: ['broadcast_id'] },
} as const satisfies Readonly<Record<string, Kind>>;

/**
 * Each kind of file of the data-warehouse sync as an object of its own (`warehouse_deliveries`, …). The sync writes changes: of rows
 * with one key the one with the highest `seq_num` holds, and the others are passed by, wherever in the files they stand.
 */
export async function warehouse(path: string): Promise<readonly SourceObject[]> {
  const files = await filesAt(path, 'warehousePath');
  return (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((name) => {
    const own = files.filter((file) => new RegExp(`^${name}(?:_v\\d+.*)?\\.`, 'iu').test(fileName(file)));
    return own.length === 0 ? [] : [warehouseObject(name, own, kinds[name])];
  });
}

function warehouseObject(name: string, files: readonly string[], { keys, version, fields = {} }: Kind): SourceObject {
  let versions: Versions | null = null;
  const keyOf = (row: JsonObject): string | null => {
    const parts = keys.map((key) => idText(row[key]));
    return parts[0] === null || parts[0] === undefined ? null : parts.map((part) => part ?? '').join(':');
  };
  const versionOf = (row: JsonObject): number | null => (version === undefined ? null : numberIn(row[version]));
  const object = fileObject({
    name: `warehouse_${name}`, label: `Warehouse sync: ${name}`, files,
    fields: { key: 'text', seq_num: 'integer', created_at: 'datetime', cio_id: { refersTo: 'person' }, row: 'json', ...fields },
    read(row) {
      const key = keyOf(row);
      if (key === null) return { flaw: `The row has no ${keys[0] ?? 'key'}.` };
      const number = versionOf(row);
      if (versions !== null && !versions.holds(key, number)) return null;
      const columns = Object.fromEntries(Object.entries(fields).map(([column, spec]) => [column, column === 'channel' ? channelOf(row) : valueOf(spec, row[column])]));
      return { id: version === undefined ? null : key, data: { key, seq_num: numberIn(row['seq_num']), created_at: isoTime(row['created_at'] ?? row['timestamp']), cio_id: idText(row['internal_customer_id']), row: objectIn(row), ...columns } };
    },
  });
  if (version === undefined) return object;
  return {
    ...object,
    async *chunks(from) {
      versions ??= await newestVersions(files, (row) => { const key = keyOf(row); return key === null ? null : { key, version: versionOf(row) }; });
      yield* object.chunks(from);
    },
  };
}

const valueOf = (spec: FieldSpec, value: JsonObject[string] | undefined): JsonObject[string] => (spec === 'boolean' ? value === true || value === 'true' || value === 1 : idText(value));

function channelOf(row: JsonObject): string | null {
  const type = idText(row['delivery_type']);
  return type === 'twilio' ? 'sms' : type;
}

function numberIn(value: JsonObject[string] | undefined): number | null {
  return value === undefined || value === null || value === '' || Number.isNaN(Number(value)) ? null : Number(value);
}
