import type { DestinationConnection } from '../destination.ts';
import type { FieldType } from '../catalog.ts';
import type { Json, JsonObject } from '../json.ts';

/** What the conformance suite needs to know about one destination to exercise the contract on it. */
export interface DestinationFixture {
  /** Name in the test report: 'Odoo 14, JSON-RPC'. */
  readonly label: string;
  /** A fresh connection; the suite closes it. */
  readonly open: () => Promise<DestinationConnection>;
  /** An object of independent records, such as people: the suite's playground. Its records are deleted again. */
  readonly object: string;
  /** A field of it that holds any short text, is required and by which records can be matched. */
  readonly textField: string;
  /** A field that holds e-mail addresses. */
  readonly emailField: string;
  /** One field per type, with two values each; the suite writes the first, then the second, and reads both back. */
  readonly samples: readonly FieldSample[];
  /** Values that the destination itself refuses, beside a good text field: each with what it does to the batch. */
  readonly refused: readonly { readonly name: string; readonly values: JsonObject }[];
  /** A link from one record of the object to another of it, if there is one. */
  readonly selfLink: string | null;
  /** Values that archive a record, if the platform can archive. */
  readonly archived: JsonObject | null;
  /** An object whose records hang on others in the order of their creation, with the values of a small record; null = none. */
  readonly history: { readonly object: string; readonly values: (parentId: string, number: number) => JsonObject; readonly textField: string } | null;
  /** Objects that the fingerprint covers. */
  readonly fingerprinted: readonly string[];
  /** Object for which custom fields are made and removed; null = the platform has none, or the test may not. */
  readonly customFieldsOn: string | null;
  readonly customFieldName: (name: string) => string;
  /** Objects of `capabilities.naturalKeys`: what ties records of `object` to others. Default: none. */
  readonly relations?: readonly RelationFixture[];
  /** Where files go. Default: nowhere. */
  readonly files?: FilesFixture;
  /** Records in the "big batch" test. */
  readonly bigBatch: number;
  /** Tests that this destination cannot pass, each with the reason. */
  readonly skip?: { readonly [test in ConformanceTest]?: string };
}

/** A relation whose records are told apart by their values alone. */
export interface RelationFixture {
  readonly object: string; // 'res.partner/category_id'
  /** The object that is tied to, with the values of a small record. */
  readonly to: { readonly object: string; readonly values: (name: string) => JsonObject };
  /** Values that tie a record of the suite's object to one of `to`. */
  readonly values: (recordId: string, toId: string) => JsonObject;
}

export interface FilesFixture {
  readonly object: string;
  /** The field of type `binary`. */
  readonly field: string;
  /** The other values of a record that holds a file, tied to a record of the suite's object. */
  readonly values: (name: string, recordId: string) => JsonObject;
  /** Bytes of the largest file that the suite sends. */
  readonly largest: number;
}

export interface FieldSample {
  readonly field: string;
  readonly type: FieldType;
  readonly values: readonly [Json, Json];
}

/** Names of the tests that a fixture may skip with a reason. */
export type ConformanceTest = 'ambiguous' | 'fingerprint' | 'custom-fields' | 'big-batch' | 'dependants' | 'special-characters' | 'relations' | 'files' | 'displays';
