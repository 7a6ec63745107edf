import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { DestinationConnection } from '../../../connector/destination.ts';
import { RecordRejectedError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { OdooClient } from '../client.ts';
import { quietTestContext } from './conformance-fixture.ts';
import { openOdooDestination } from '../destination.ts';
import { openOdoo } from '../open.ts';
import { odooSettingsSchema } from '../settings.ts';

/** What the trap tests share: one destination, one client beside it, and records that are removed after each test. */
export interface TrapKit {
  readonly destination: DestinationConnection;
  readonly client: OdooClient;
  readonly key: () => string;
  create(object: string, values: readonly JsonObject[]): Promise<readonly string[]>;
  createOne(object: string, values: JsonObject): Promise<string>;
  read(object: string, id: string, fields: readonly string[]): Promise<JsonObject>;
  sides(): Promise<{ readonly [name: string]: number }>;
  /** Has the record removed after the test. */
  remember(object: string, ids: readonly string[]): void;
  cleanUp(): Promise<void>;
}

export async function openTrapKit(settings: Readonly<Record<string, string>>): Promise<TrapKit> {
  const parsed = odooSettingsSchema.parse(settings);
  const destination = await openOdooDestination(parsed, quietTestContext());
  const client = await openOdoo(parsed, quietTestContext());
  const made: { readonly object: string; readonly ids: readonly string[] }[] = [];
  const key = (): string => `trap-${randomUUID()}`;
  const kit: TrapKit = {
    destination, client, key,
    async create(object, values) {
      const records = await destination.create({ object, records: values.map((one) => ({ key: key(), values: one })) });
      kit.remember(object, records.map((record) => record.id));
      return records.map((record) => record.id);
    },
    createOne: async (object, values) => (await kit.create(object, [values]))[0] ?? '',
    read: async (object, id, fields) => (await destination.read({ object, ids: [id], fields }))[0]?.values ?? {},
    sides: async () => (await destination.fingerprint({ objects: [] })).sides,
    remember(object, ids) { made.push({ object, ids }); },
    async cleanUp() { for (const { object, ids } of made.splice(0).reverse()) await destination.delete({ object, ids }); },
  };
  return kit;
}

export async function rejectionOf(promise: Promise<unknown>): Promise<RecordRejectedError> {
  const error = await promise.then(() => null, (thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RecordRejectedError);
  return error as RecordRejectedError;
}
