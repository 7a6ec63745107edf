import type { z } from 'zod';
import { nearest } from './values/nearest.ts';
import { quote } from './values/plain-text.ts';

/** A problem with the shape of a plan, its place still as a path. */
export interface ShapeProblem { readonly path: readonly PropertyKey[]; readonly message: string; readonly remedy: string }

/** Says in words what zod found, one problem per unknown key, missing key or wrong value. */
export function shapeProblems(schema: z.ZodType, error: z.ZodError, input: unknown): readonly ShapeProblem[] {
  return error.issues.flatMap((issue) => ofIssue(issue, issue.path, schema, input));
}

function ofIssue(issue: z.core.$ZodIssue, path: readonly PropertyKey[], schema: z.ZodType, input: unknown): readonly ShapeProblem[] {
  const last = String(path.at(-1) ?? 'the plan');
  const found = at(input, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key], message: `unknown key "${key}"`,
        remedy: nearest(key, known) ?? `Remove it; known here: ${known.join(', ')}.`,
      }));
    }
    case 'invalid_type':
      return [found === undefined
        ? { path, message: `"${last}" is missing`, remedy: `Add "${last}" (${typeWord(issue.expected)}).` }
        : { path, message: `"${last}" must be ${typeWord(issue.expected)}, not ${quote(found as never)}`, remedy: issue.expected === 'string' ? 'Write text; put numbers, yes/no and null in quotation marks.' : `Write ${typeWord(issue.expected)}.` }];
    case 'invalid_value': {
      const values = issue.values.map(String);
      const missing = found === undefined;
      return [{ path, message: missing ? `"${last}" is missing` : `"${last}" is ${quote(found as never)}`, remedy: (typeof found === 'string' ? nearest(found, values) : null) ?? `Use ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}.` }];
    }
    case 'invalid_union': return ofUnion(issue, path, schema, input);
    case 'too_small': return [{ path, message: issue.origin === 'array' ? `"${last}" is an empty list` : issue.origin === 'string' ? `"${last}" is empty` : `"${last}" is below ${issue.minimum}`, remedy: issue.origin === 'number' ? `Write a number from ${issue.minimum} on.` : 'Fill it in, or remove the key if it is not needed.' }];
    case 'too_big': return [{ path, message: `"${last}" is above ${issue.maximum}`, remedy: `Write a number up to ${issue.maximum}.` }];
    default: return [{ path, message: `"${last}": ${issue.message}`, remedy: 'See docs/reference/plan.schema.json for what is allowed here.' }];
  }
}

/** Of the alternatives of a union, the one that the writer most likely meant: that which gets furthest. */
function ofUnion(issue: z.core.$ZodIssueInvalidUnion, path: readonly PropertyKey[], schema: z.ZodType, input: unknown): readonly ShapeProblem[] {
  const found = at(input, path);
  if (found === undefined) return [{ path, message: `"${String(path.at(-1) ?? 'the plan')}" is missing`, remedy: 'Add it.' }];
  if (path.includes('transforms') && typeof path.at(-1) === 'number') return [{ path, message: `${quote(found as never)} is not a transform`, remedy: 'Write a name (`trim`) or a name with its parameters (`{ date: { order: dmy } }`).' }];
  const branches = issue.errors.filter((issues) => issues.length > 0).map((issues) => ({
    issues, depth: Math.max(...issues.map((inner) => inner.path.length)), strange: issues.some((inner) => inner.path.length === 0),
  })).sort((left, right) => Number(left.strange) - Number(right.strange) || right.depth - left.depth || left.issues.length - right.issues.length);
  const [best] = branches;
  if (best && !best.strange) return best.issues.flatMap((inner) => ofIssue(inner, [...path, ...inner.path], schema, input));
  const forms = unionForms(resolve(schema, path));
  return [{ path, message: `${quote(found as never)} is not allowed here`, remedy: forms === null ? 'See docs/reference/plan.schema.json for what is allowed here.' : `Write one of: ${forms}.` }];
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as { readonly [key: PropertyKey]: unknown })[key] : undefined), input);
}

function typeWord(expected: string): string {
  const words: { readonly [type: string]: string } = { string: 'text', array: 'a list', object: 'an object with keys', record: 'an object with keys', boolean: 'true or false', number: 'a number', int: 'a whole number' };
  return words[expected] ?? expected;
}

type Schemas = readonly z.core.$ZodType[];

/** The schema parts a path leads to; several where unions are passed. */
function resolve(schema: z.core.$ZodType, path: readonly PropertyKey[]): Schemas {
  let current: Schemas = opened(schema);
  for (const key of path) {
    current = current.flatMap((part): Schemas => {
      const { def } = part._zod;
      if (def.type === 'object') { const inner = (def as z.core.$ZodObjectDef).shape[String(key)]; return inner ? opened(inner) : []; }
      if (def.type === 'array') return opened((def as z.core.$ZodArrayDef).element);
      if (def.type === 'record') return opened((def as z.core.$ZodRecordDef).valueType);
      return [];
    });
  }
  return current;
}

function opened(schema: z.core.$ZodType): Schemas {
  const { def } = schema._zod;
  if (def.type === 'optional' || def.type === 'nullable' || def.type === 'default') return opened((def as z.core.$ZodOptionalDef).innerType);
  if (def.type === 'lazy') return opened((def as z.core.$ZodLazyDef).getter());
  if (def.type === 'union') return (def as z.core.$ZodUnionDef).options.flatMap(opened);
  return [schema];
}

function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  return [...new Set(resolve(schema, path).flatMap((part) => (part._zod.def.type === 'object' ? Object.keys((part._zod.def as z.core.$ZodObjectDef).shape) : [])))];
}

function unionForms(schemas: Schemas): string | null {
  const forms = schemas.flatMap((part) => (part._zod.def.type === 'object' ? [`{ ${Object.keys((part._zod.def as z.core.$ZodObjectDef).shape).join(', ')} }`] : []));
  return forms.length > 0 ? forms.join(' or ') : null;
}
