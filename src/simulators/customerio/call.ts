import type { Exports } from './exports.ts';
import { badRequest } from './problem.ts';
import type { World } from './world/world.ts';

export type Body = { readonly [name: string]: unknown };
export type Json = { readonly [name: string]: unknown };

/** One request, taken apart. */
export interface Call {
  readonly world: World;
  /** Unix seconds of the service's clock. */
  readonly now: number;
  readonly params: { readonly [name: string]: string };
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly exports: Exports;
  /** Takes one of the day's archived bodies. @throws Problem 429 without Retry-After */
  readonly takeBody: () => { readonly [name: string]: string };
  /** Headers of the answer. */
  readonly headers: { [name: string]: string };
  readonly downloadUrl: string;
}

/** @throws Problem for a refusal */
export type Handler = (call: Call) => unknown;

export const param = (call: Call, name: string): string => call.params[name] ?? '';

/** A number of the query. @throws Problem 400 */
export function queryNumber(call: Call, name: string): number | null {
  const text = call.query.get(name);
  if (text === null || text === '') return null;
  if (!/^-?\d+$/.test(text)) throw badRequest(`${name} must be an integer`, `/query/${name}`);
  return Number(text);
}
