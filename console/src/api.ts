import type { Session } from '../../src/server/schemas/access.ts';
import type { Problem } from '../../src/server/schemas/problem.ts';
import { texts } from './texts.ts';

/** A refusal of the server: what, why, what to do, and which field of a form is meant. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly error: Problem['error'];
  constructor(status: number, problem: Problem) {
    super(problem.error.message);
    this.status = status;
    this.error = problem.error;
  }
}

/** Set with every session that is read; what changes something sends it back. */
let csrf = '';

export async function readSession(): Promise<Session | null> {
  try {
    const session = await get<Session>('/api/session');
    csrf = session.csrf;
    return session;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

export const get = <Answer>(path: string): Promise<Answer> => call<Answer>('GET', path);

/** @throws ApiProblem for every refusal, also where the server cannot be reached (status 0) */
export async function call<Answer>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
  return send<Answer>(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
}

/** Sends a file as it is. */
export async function upload(path: string, file: File): Promise<{ readonly path: string; readonly bytes: number }> {
  return send(path, { method: 'PUT', body: file, headers: { 'content-type': 'application/octet-stream' } });
}

async function send<Answer>(path: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin', headers: { ...init.headers, 'x-portolan-csrf': csrf } });
  } catch {
    throw new ApiProblem(0, { error: { code: 'server-away', message: texts.problem.serverAway, remedy: texts.problem.serverAwayRemedy } });
  }
  const document: unknown = await response.json().catch(() => null);
  if (response.ok) return document as Answer;
  const problem = (document as Problem | null)?.error === undefined ? { error: { code: 'unexpected', message: texts.problem.unexpected(response.status), remedy: null } } : document as Problem;
  throw new ApiProblem(response.status, problem);
}

/** Path of something of a project. */
export function projectPath(project: string, ...rest: readonly string[]): string {
  return ['/api/projects', project, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join('/');
}
