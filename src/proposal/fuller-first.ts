import type { CatalogField, CatalogObject } from '../connector/catalog.ts';
import { matchCatalogFields } from './match-fields.ts';
import type { FieldMatch } from './match/match-schemas.ts';

/** From this ratio of filled records on, the fuller of two fields of one meaning goes before the one whose name is surer. */
const NOTABLY = 1.25;

/**
 * Of two unknown fields that mean the same destination field the matcher takes the one whose name and values are surer; how many
 * records have a value it does not see. Here the notably fuller one gets the place (`country` of 90 % before `address.country` of 40 %),
 * unless a person or a model settled it. Pure; the confidence is that of a match without the emptier one.
 */
export function fullerFirst(matches: ReadonlyMap<string, FieldMatch>, params: Readonly<{ sourceObject: CatalogObject; destinationObject: CatalogObject; fields: readonly CatalogField[] }>): ReadonlyMap<string, FieldMatch> {
  const { sourceObject, destinationObject, fields } = params;
  const filled = new Map(fields.map(({ name, profile }) => [name, profile?.filled ?? 0]));
  const isFree = (match: FieldMatch): boolean => match.told === undefined && match.decidedBy === undefined;
  const holders = new Map([...matches].flatMap(([name, match]) => (filled.has(name) && match.target !== null && match.sharedWith.length === 0 && isFree(match) ? [[match.target, name] as const] : [])));
  const pairs = [...matches].flatMap(([name, match]) => {
    const holder = match.target !== null || !filled.has(name) || !isFree(match) ? undefined : holders.get(match.near?.[0] ?? '');
    return holder !== undefined && (filled.get(name) ?? 0) >= NOTABLY * (filled.get(holder) ?? 0) ? [{ fuller: name, emptier: holder }] : [];
  });
  if (pairs.length === 0) return matches;
  const away = new Set(pairs.map(({ emptier }) => emptier));
  const alone = matchCatalogFields({ sourceObject: { ...sourceObject, fields: sourceObject.fields.filter(({ name }) => !away.has(name)) }, destinationObject });
  const settled = new Map(matches);
  for (const { fuller, emptier } of pairs) {
    const [before, now] = [matches.get(emptier), alone.get(fuller)];
    if (before === undefined || now === undefined || now.target !== before.target || settled.get(emptier)?.target === null) continue;
    settled.set(fuller, { ...now, reasons: [...now.reasons, `more records have it than ${emptier}`] });
    settled.set(emptier, { ...before, target: null, autoAccept: false, confidence: now.confidence, reasons: [`${fuller} means the same, and more records have it`, ...before.reasons] });
  }
  return settled;
}
