import { indexTexts, likenesses } from './similarity.ts';
import type { UnderstoodField, UnderstoodTarget } from './understand.ts';

/**
 * Of very many destination fields those that come nearest to any source field, by name or by meaning, in their order. The rest could
 * not win against them. Time grows with source fields × destination fields, but each pair costs a hundredth of a full comparison.
 */
export function sift(sources: readonly UnderstoodField[], targets: readonly UnderstoodTarget[], most: number): readonly UnderstoodTarget[] {
  if (targets.length <= most) return targets;
  const index = indexTexts(targets.map(({ texts }) => texts));
  const nearness = new Float64Array(targets.length);
  const meant = new Map<number, number>(); // the surest that any source field means it
  for (const { texts, recognition } of sources) {
    for (const [at, { atoms, letters, same }] of likenesses(texts, index).entries()) nearness[at] = Math.max(nearness[at] ?? 0, same ? 1 : Math.max(atoms, letters));
    for (const { concept, probability } of recognition.meanings) meant.set(concept, Math.max(meant.get(concept) ?? 0, probability));
  }
  for (const [at, { accepts }] of targets.entries()) for (const [concept, probability] of meant) for (const { strength } of accepts.get(concept) ?? []) nearness[at] = Math.max(nearness[at] ?? 0, probability * strength);
  const kept = new Set([...targets.keys()].sort((left, right) => (nearness[right] ?? 0) - (nearness[left] ?? 0) || left - right).slice(0, most));
  return targets.filter((_, at) => kept.has(at));
}
