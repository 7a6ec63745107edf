import { invalid, missing } from './problem.ts';
import type { Version } from './versions.ts';
import type { Workspace } from './workspace.ts';

export type Body = { readonly [name: string]: unknown };

/** One request, taken apart. */
export interface Call {
  readonly workspace: Workspace;
  readonly version: Version;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  readonly body: Body;
  /** Where the service itself is: links in answers begin with it. */
  readonly baseUrl: string;
  readonly downloadUrl: string;
}

/** Works on the workspace and returns the answer's JSON. @throws Problem for a refusal; then nothing was changed */
export type Handler = (call: Call) => unknown;

export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** A text that has to be there. Numbers pass, as they do at the service (ids are now texts, now numbers). */
export function text(body: Body, name: string): string {
  const value = body[name];
  if (value === undefined || value === null || value === '') throw missing(name);
  if (typeof value !== 'string' && typeof value !== 'number') throw invalid(`${name} must be a string`);
  return String(value);
}

export function optionalText(body: Body, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw invalid(`${name} must be a string`);
  return String(value);
}

export function optionalNumber(body: Body, name: string): number | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(`${name} must be a number`);
  return value;
}

export function optionalFlag(body: Body, name: string): boolean | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'boolean') throw invalid(`${name} must be a boolean`);
  return value;
}

export function object(body: Body, name: string): Body {
  const value = body[name];
  if (value === undefined || value === null) throw missing(name);
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`${name} must be an object`);
  return value as Body;
}

/** `created_at` of something that happened before: whole seconds, not in the future. Milliseconds are far in the future. */
export function createdAt(call: Call): number {
  const value = call.body['created_at'];
  const { now } = call.workspace;
  if (value === undefined || value === null) return now;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > now) throw invalid(`${String(value)} is an invalid value for created_at`);
  return value;
}
