import type { CatalogField } from '../connector/catalog.ts';
import { fold } from '../plan/values/fold.ts';

/** How surely two fields mean the same, judged by their names alone. */
export interface NameMatch { readonly confidence: number; readonly reason: string }

/** Letters and digits only: `firstName`, `First name` and `first_name` become the same. */
const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Compares the names of a source and a destination field.
 * @param aliases source names that the route knows to mean the destination field
 * @returns null = nothing speaks for it
 */
export function matchNames(source: Pick<CatalogField, 'name' | 'label'>, destination: Pick<CatalogField, 'name' | 'label'>, aliases: readonly string[]): NameMatch | null {
  if (aliases.includes(source.name)) return { confidence: 1, reason: `"${source.name}" is known to mean ${destination.name}` };
  if (source.name === destination.name) return { confidence: 0.98, reason: 'same name' };
  const names = new Set([bare(source.name), bare(source.label)].filter((name) => name !== ''));
  const alias = aliases.find((known) => names.has(bare(known)));
  if (alias !== undefined) return { confidence: 0.95, reason: `"${source.label}" reads as "${alias}", known to mean ${destination.name}` };
  if (names.has(bare(destination.name))) return { confidence: 0.9, reason: 'same name apart from spelling' };
  if (bare(destination.label) !== '' && names.has(bare(destination.label))) return { confidence: 0.85, reason: `same label "${destination.label}"` };
  return null;
}
