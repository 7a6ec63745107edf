import { assertionError, pythonRepr, pythonTuple, valueError } from '../python-errors.ts';

export interface Leaf { readonly path: string; readonly operator: string; readonly value: unknown }
export type DomainTree =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly DomainTree[] }
  | { readonly kind: 'not'; readonly part: DomainTree }
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'constant'; readonly value: boolean };

const OPERATORS = new Set([
  '=', '!=', '<>', '==', '<', '<=', '>', '>=', 'in', 'not in', 'like', 'not like', 'ilike', 'not ilike', '=like', '=ilike', '=?', 'child_of', 'parent_of', 'any', 'not any',
]);

/**
 * Reads a domain in prefix notation; terms side by side are joined by '&'.
 * @throws OdooError as the server words it: "Invalid leaf …", or AssertionError when it is no list
 */
export function parseDomain(domain: unknown, version: number): DomainTree {
  if (domain === undefined || domain === null || domain === false) return { kind: 'constant', value: true };
  if (!Array.isArray(domain)) throw assertionError("Domains to normalize must have a 'domain' form: a list or tuple of domain components");
  const parts: DomainTree[] = [];
  let at = 0;
  const next = (): DomainTree => {
    if (at >= domain.length) throw version === 14 ? assertionError(`This domain is syntactically not correct: ${pythonRepr(domain)}`) : valueError(`Domain ${pythonTuple(domain)} is syntactically not correct.`);
    const term: unknown = domain[at];
    at += 1;
    if (term === '&' || term === '|') {
      const left = next();
      const right = next();
      return { kind: term === '&' ? 'and' : 'or', parts: [left, right] };
    }
    if (term === '!') return { kind: 'not', part: next() };
    return leafOf(term, version);
  };
  while (at < domain.length) parts.push(next());
  if (parts.length === 0) return { kind: 'constant', value: true };
  return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
}

function leafOf(term: unknown, version: number): DomainTree {
  if (!Array.isArray(term)) throw valueError(`Invalid leaf ${typeof term === 'string' ? term : JSON.stringify(term)}`);
  const invalid = (): Error => valueError(`Invalid leaf ${pythonTuple(term)}`);
  if (term.length !== 3) throw invalid();
  const [path, operator, value] = term as [unknown, unknown, unknown];
  if (typeof operator !== 'string' || !OPERATORS.has(operator.toLowerCase())) throw invalid();
  if ((operator === 'any' || operator === 'not any') && version < 17) throw invalid();
  if (typeof path === 'number' && typeof value === 'number' && path === value) return { kind: 'constant', value: true };
  if (path === 1 && value === 0) return { kind: 'constant', value: false };
  if (path === 0 && value === 1) return { kind: 'constant', value: false };
  if (typeof path !== 'string') throw invalid();
  const lower = operator.toLowerCase();
  return { kind: 'leaf', leaf: { path, operator: lower === '<>' ? '!=' : lower === '==' ? '=' : lower, value } };
}
