import type { CatalogField, CatalogObject } from '../../connector/catalog.ts';
import { bareHeader } from '../words/bare-header.ts';
import type { MatchField, MatchSchema } from './schema.ts';

/** A discovered object as the matcher wants it: types in the words of its rules, samples from the profile. */
export function catalogSchema(object: CatalogObject): MatchSchema {
  return { title: `${object.name} ${object.label}`, fields: object.fields.map((field) => catalogField(object.name, field)) };
}

function catalogField(model: string, field: CatalogField): MatchField {
  const values = field.profile?.values?.flatMap(({ value, count }) => Array.from({ length: Math.min(count, 3) }, () => value)) ?? [];
  return {
    name: bareHeader(field.name), label: field.label, type: typeWord(field), model, readonly: field.readonly || field.computed === true,
    samples: values.length > 0 ? values.slice(0, 24) : field.profile?.samples ?? [], description: field.description ?? '', options: field.options?.map(({ label }) => label) ?? [],
  };
}

const typeWord = (field: CatalogField): string => {
  if (field.type === 'reference') return `many2one(${field.relatedObject ?? ''})`;
  if (field.type === 'references' || field.type === 'multiSelection') return `array(${field.relatedObject ?? ''})`;
  return field.type === 'unknown' ? '' : field.type;
};
