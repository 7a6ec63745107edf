import { invalid } from './problem.ts';
import type { Body } from './call.ts';
import type { DataAttribute } from './model.ts';
import type { Workspace } from './workspace.ts';

const longest = 255;

function fits(attribute: DataAttribute, value: unknown): boolean {
  switch (attribute.dataType) {
    case 'string': return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    case 'integer': return Number.isInteger(typeof value === 'string' && value !== '' ? Number(value) : value);
    case 'float': return typeof value === 'number';
    case 'boolean': return typeof value === 'boolean';
    case 'date': case 'datetime': return Number.isInteger(value) || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
  }
}

function checked(workspace: Workspace, attribute: DataAttribute, value: unknown): unknown {
  const { name } = attribute;
  if (value === null) return null;
  if (typeof value === 'object') throw invalid(`Custom attribute '${name}' cannot be a nested value`);
  if (!fits(attribute, value)) throw invalid(`Custom attribute '${name}' must be of type ${attribute.dataType}`);
  if (attribute.options !== null && !attribute.options.includes(String(value)) && workspace.unknowns.unlistedValue === 'rejected') throw invalid(`'${String(value)}' is not an option of custom attribute '${name}'`);
  if (attribute.dataType !== 'string') return value;
  const written = String(value);
  if (written.length <= longest) return written;
  if (workspace.unknowns.longStrings === 'truncated') return written.slice(0, longest);
  throw invalid(`Custom attribute '${name}' must be at most ${longest} characters`);
}

/** The `custom_attributes` of a contact or company, checked: each must exist, be of its type, and have at most 255 characters. */
export function customAttributes(workspace: Workspace, model: DataAttribute['model'], body: Body): ReadonlyMap<string, unknown> {
  const given = body['custom_attributes'];
  const values = new Map<string, unknown>();
  if (given === undefined || given === null) return values;
  if (typeof given !== 'object' || Array.isArray(given)) throw invalid('custom_attributes must be an object');
  const known = new Map([...workspace.dataAttributes.values()].filter((attribute) => attribute.model === model && !attribute.archived).map((attribute) => [attribute.name, attribute]));
  for (const [name, value] of Object.entries(given)) {
    if (/[.$]/.test(name)) throw invalid(`Custom attribute '${name}' cannot contain '.' or '$'`);
    const attribute = known.get(name); // case-sensitive
    if (attribute === undefined) throw invalid(`Custom attribute '${name}' does not exist`);
    values.set(name, checked(workspace, attribute, value));
  }
  return values;
}
