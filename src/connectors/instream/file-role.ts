import { basename, extname } from 'node:path';
import { foldText } from '../../connector/kit/fold.ts';
import { bindColumns } from './aliases.ts';
import { fileObjects, type ObjectDefinition } from './objects.ts';

/** What a file holds, and how sure that is. */
export interface FileRole {
  readonly definition: ObjectDefinition;
  /** False = told by its columns only: a person confirms it. */
  readonly sure: boolean;
  readonly reason: string;
}

/** A file name without folder, ending, part number, date and the name of the program: `InStream_kontakty (2).csv` → `kontakty`. */
function fileStem(name: string): string {
  return foldText(basename(name, extname(name))).replace(/[^\p{L}\p{N}]+/gu, ' ').replace(/\b(?:instream|export|eksport|part|czesc|of|z)\b/g, ' ').replace(/\b\d+\b/g, ' ').replace(/(?<=\p{L})\d+\b/gu, '').replace(/\s+/g, ' ').trim();
}

function byName(name: string): ObjectDefinition | undefined {
  const stem = fileStem(name);
  return fileObjects.find((definition) => definition.fileWords.includes(stem));
}

/** Share of headers that the object knows, when it has one of its telling columns. */
function headerScore(definition: ObjectDefinition, headers: readonly string[]): number {
  const bound = bindColumns(definition, headers, {}).filter((column) => column.by !== 'custom');
  return bound.some((column) => definition.telling.includes(column.field)) ? bound.length / headers.length : 0;
}

/** Which object a file holds: by its name, else by its headers. null = nothing fits. */
export function fileRole(name: string, headers: readonly string[]): FileRole | null {
  const named = byName(name);
  if (named !== undefined) return { definition: named, sure: true, reason: 'file name' };
  let best: { definition: ObjectDefinition; score: number } | null = null;
  for (const definition of fileObjects) {
    const score = headerScore(definition, headers);
    if (score >= 0.5 && headers.length >= 2 && score > (best?.score ?? 0)) best = { definition, score };
  }
  return best === null ? null : { definition: best.definition, sure: false, reason: `${Math.round(best.score * 100)} % of the columns are those of ${best.definition.label.toLowerCase()} records` };
}
