import type { Catalog } from '../../connector/catalog.ts';
import { requireObject } from './inspection.ts';
import type { Inspection } from './inspection.ts';

/** Checks the fields that the plan creates. */
export function validateSchema(inspection: Inspection, catalog: Catalog): void {
  const { plan, destination, report } = inspection;
  for (const [index, line] of plan.schema.entries()) {
    if (line.status === 'rejected') continue;
    const path = ['schema', index];
    if (!requireObject('destination', line.object, [...path, 'object'], inspection)) continue;
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(line.name)) report([...path, 'name'], `"${line.name}" is no name for a new field`, 'Use lower-case letters a-z, digits and _, at most 63, a letter first.');
    const existing = catalog.objects.find(({ name }) => name === line.object)?.fields.find(({ name }) => name === line.name);
    if (existing && existing.type !== line.type) report([...path, 'type'], `"${line.object}" already has a field "${line.name}" of type ${existing.type}, not ${line.type}`, 'Choose another name or the existing type.');
    if ((line.type === 'selection' || line.type === 'multiSelection') && (line.options ?? []).length === 0) report(path, `new field "${line.name}" is a selection without options`, 'List its `options`, or make it text.');
    const values = (line.options ?? []).map(({ value }) => value);
    if (new Set(values).size < values.length) report([...path, 'options'], `new field "${line.name}" has the same option twice`, 'Remove one of the two.');
    if ((line.type === 'reference' || line.type === 'references') && line.relatedObject === undefined) report(path, `new field "${line.name}" refers to records of no object`, 'Name the `relatedObject`.');
    if (line.relatedObject !== undefined) requireObject('destination', line.relatedObject, [...path, 'relatedObject'], inspection);
    if (line.currencyField !== undefined && destination.field(line.object, line.currencyField) === undefined) report([...path, 'currencyField'], `"${line.object}" has no field "${line.currencyField}" for the currency`, 'Name an existing currency field.');
    if (line.type === 'unknown') report([...path, 'type'], `new field "${line.name}" has no type`, 'Choose a type; text always fits.');
  }
}
