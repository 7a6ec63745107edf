import { z } from 'zod';

/** One field of either side, as a schema file gives it. */
export interface MatchField {
  readonly name: string;
  readonly label: string;
  /** The platform's own word for the type: `string`, `char`, `many2one(res.users)`, `enum`. */
  readonly type: string;
  readonly samples: readonly string[];
  readonly readonly: boolean;
  readonly description: string;
  /** Values the field can take, where it is a selection. */
  readonly options: readonly string[];
  /** The object the field belongs to (`crm.lead`), where the file says; else ''. */
  readonly model: string;
}

/** One side of a mapping: an object with its fields. */
export interface MatchSchema {
  /** What the file says about itself, in words: names of platform and object. May be ''. */
  readonly title: string;
  readonly fields: readonly MatchField[];
}

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const option = z.union([text, z.looseObject({ value: text.optional(), label: text.optional() }).transform(({ value, label }) => label ?? value ?? '')]);
const sample = z.union([text, z.null().transform(() => ''), z.unknown().transform((value) => (value === undefined ? '' : JSON.stringify(value) ?? ''))]);

const fieldSchema = z.looseObject({
  name: text, label: text.nullish(), type: text.nullish(), samples: z.array(sample).nullish(), readonly: z.boolean().nullish(),
  description: text.nullish(), options: z.array(option).nullish(), model: text.nullish(),
});

/** The form of a schema file: `{ meta?, fields: [{ name, label?, type?, samples?, readonly?, description?, options?, model? }] }`. */
export const schemaFile = z.looseObject({
  meta: z.looseObject({ source: text.nullish(), object: text.nullish() }).nullish(),
  fields: z.array(fieldSchema),
});

// A value is judged by its beginning, a column by a few of its values: whole bodies and thousands of samples say no more.
const MAX_VALUE = 1000;
const MAX_SAMPLES = 50;

/** A parsed schema file as the matcher wants it. Repeated names are kept; the caller numbers them. */
export function toMatchSchema(file: z.infer<typeof schemaFile>): MatchSchema {
  return {
    title: [file.meta?.source, file.meta?.object].filter((part) => part !== undefined && part !== null).join(' '),
    fields: file.fields.map((field) => ({
      name: field.name, label: field.label ?? field.name, type: field.type ?? '', readonly: field.readonly ?? false, description: (field.description ?? '').slice(0, MAX_VALUE),
      samples: (field.samples ?? []).slice(0, MAX_SAMPLES).map((value) => value.slice(0, MAX_VALUE)), options: (field.options ?? []).slice(0, 200), model: field.model ?? '',
    })),
  };
}
