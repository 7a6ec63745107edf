import { operations, previewOperations, wrongSpots, type Kind, type Shape } from './operations.ts';

export interface SeenRequest { readonly method: string; readonly path: string; readonly query: readonly string[]; readonly version: string | undefined; readonly body: unknown }

/** What is wrong with a request by the description; known wrong spots of the description left out. Empty = nothing. */
export function complaints(request: SeenRequest): readonly string[] {
  const name = operationOf(request.method, request.path);
  const preview = request.version === 'Preview' ? previewOperations[name] : undefined;
  const operation = preview ?? operations[name];
  if (operation === undefined) return [`${name}: no such operation`];
  const found = [
    ...(request.version === '2.16' || request.version === '2.15' || preview !== undefined ? [] : [`version ${String(request.version)}`]),
    ...request.query.filter((parameter) => operation.query?.includes(parameter) !== true).map((parameter) => `unknown query ${parameter}`),
    ...(operation.body === undefined ? (request.body === undefined ? [] : ['takes no body']) : misfits(operation.body, request.body, '')),
  ];
  return found.filter((complaint) => !wrongSpots.some((spot) => (spot.operation === '*' || spot.operation === name) && spot.allows(complaint))).map((complaint) => `${name}: ${complaint}`);
}

/** 'POST /conversations/{}/reply': every piece of the path that is no word of an operation is an id. */
function operationOf(method: string, path: string): string {
  const given = path.split('/').slice(1);
  const fits = (operation: string): boolean => {
    const [own = '', of = ''] = operation.split(' ');
    const parts = of.split('/').slice(1);
    return own === method && parts.length === given.length && parts.every((part, at) => part === '{}' || part === given[at]);
  };
  const named = Object.keys(operations).filter(fits).toSorted((left, right) => left.split('{}').length - right.split('{}').length);
  return named[0] ?? `${method} ${path}`;
}

function misfits(kind: Kind, value: unknown, at: string): readonly string[] {
  const wrong = (wanted: string): readonly string[] => [`${at || 'body'} ${JSON.stringify(value)?.slice(0, 60)}: ${wanted} wanted`];
  if (kind === 'text') return typeof value === 'string' ? [] : wrong('a text');
  if (kind === 'integer') return Number.isInteger(value) ? [] : wrong('a whole number');
  if (kind === 'number') return typeof value === 'number' ? [] : wrong('a number');
  if (kind === 'flag') return typeof value === 'boolean' ? [] : wrong('a flag');
  if (kind === 'values') return isObject(value) ? Object.entries(value).flatMap(([name, one]) => customMisfits(`${at}.${name}`, one)) : wrong('values by name');
  if ('one' in kind) return (kind.one as readonly unknown[]).includes(value) ? [] : wrong(`one of ${kind.one.join(', ')}`);
  if ('nullable' in kind) return value === null ? [] : misfits(kind.nullable, value, at);
  if ('any' in kind) return anyMisfits(kind.any, value, at);
  if ('list' in kind) {
    if (!Array.isArray(value)) return wrong('a list');
    const { most } = kind;
    return [...(most !== undefined && value.length > most ? [`${at}: ${value.length} of at most ${most}`] : []), ...value.flatMap((one, index) => misfits(kind.list, one, `${at}[${index}]`))];
  }
  return shapeMisfits(kind, value, at);
}

/** The complaints of the alternative that fits best. */
function anyMisfits(kinds: readonly Kind[], value: unknown, at: string): readonly string[] {
  return kinds.map((kind) => misfits(kind, value, at)).toSorted((left, right) => left.length - right.length)[0] ?? [];
}

function shapeMisfits({ must, may }: Shape, value: unknown, at: string): readonly string[] {
  if (!isObject(value)) return [`${at || 'body'}: an object wanted`];
  const inner = at === '' ? '' : `${at}.`;
  return [
    ...must.filter((name) => !(name in value)).map((name) => `${inner}${name} is missing`),
    ...Object.entries(value).flatMap(([name, one]) => { const kind = may[name]; return kind === undefined ? [`${inner}${name} is unknown`] : misfits(kind, one, `${inner}${name}`); }),
  ];
}

function customMisfits(at: string, value: unknown): readonly string[] {
  if (value === null || typeof value === 'string' || Number.isInteger(value)) return [];
  return [`${at}: ${typeof value === 'number' ? 'a fraction' : typeof value === 'boolean' ? 'a flag' : 'neither text nor number'}`];
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
