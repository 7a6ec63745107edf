import type { Catalog, CatalogField } from '../../connector/catalog.ts';
import type { Plan } from '../plan.ts';

/** Objects and fields that exist at one side, or will when the plan is carried out. */
export interface KnownObjects {
  readonly has: (object: string) => boolean;
  readonly names: () => readonly string[];
  readonly field: (object: string, name: string) => CatalogField | undefined;
  readonly fieldNames: (object: string) => readonly string[];
  readonly fields: (object: string) => readonly CatalogField[];
}

function known(objects: ReadonlyMap<string, ReadonlyMap<string, CatalogField>>): KnownObjects {
  return {
    has: (object) => objects.has(object),
    names: () => [...objects.keys()],
    field: (object, name) => objects.get(object)?.get(name),
    fieldNames: (object) => [...(objects.get(object)?.keys() ?? [])],
    fields: (object) => [...(objects.get(object)?.values() ?? [])],
  };
}

function ofCatalog(catalog: Catalog): Map<string, Map<string, CatalogField>> {
  return new Map(catalog.objects.map(({ name, fields }) => [name, new Map(fields.map((field) => [field.name, field]))]));
}

const plainField = (name: string): CatalogField => ({ name, label: name, type: 'unknown', required: false, readonly: false, custom: false });

/** Source objects with the records that the plan derives from values of others (a company that only contacts name). */
export function knownSource(plan: Plan, catalog: Catalog): KnownObjects {
  const objects = ofCatalog(catalog);
  for (const { object, from } of plan.derived) {
    const fields = objects.get(object) ?? new Map<string, CatalogField>();
    for (const name of from.flatMap((origin) => [...Object.keys(origin.fields), ...Object.keys(origin.constants ?? {})])) if (!fields.has(name)) fields.set(name, plainField(name));
    objects.set(object, fields);
  }
  return known(objects);
}

/** Destination objects with the fields that the plan creates; rejected ones do not count. */
export function knownDestination(plan: Plan, catalog: Catalog): KnownObjects {
  const objects = ofCatalog(catalog);
  for (const { object, name, label, type, options, relatedObject, status } of plan.schema) {
    const fields = objects.get(object);
    if (!fields || status === 'rejected' || fields.has(name)) continue;
    fields.set(name, { name, label, type, required: false, readonly: false, custom: true, ...(options ? { options } : {}), ...(relatedObject === undefined ? {} : { relatedObject }) });
  }
  return known(objects);
}
