import type { CatalogObject } from '../../connector/catalog.ts';
import { objectKinds } from '../concepts/concepts.ts';
import { catalogSchema } from '../match/from-catalog.ts';
import { matchSchemas } from '../match/match-schemas.ts';
import { indexTexts, likenesses, prepareTexts } from '../match/similarity.ts';
import { understand } from '../match/understand.ts';

export interface ObjectProposal {
  readonly source: string;
  readonly ranked: readonly { readonly destination: string; readonly probability: number; readonly reason: string }[];
  readonly target: string | null; // null = no object corresponds
}

/** An object without a better partner than this is left to a person. */
const LEAST = 0.4;
/** Destination objects whose fields are compared; the rest are set aside by name and kind. */
const COMPARED = 6;

/**
 * Proposes for each source object the destination object it corresponds to: by name, by the kind of thing its fields describe,
 * and by the share of its fields that have a counterpart there. Pure.
 */
export function proposeObjects({ sources, destinations }: Readonly<{ sources: readonly CatalogObject[]; destinations: readonly CatalogObject[] }>): readonly ObjectProposal[] {
  const index = indexTexts(destinations.map(({ name, label }) => prepareTexts([name, label])));
  const targets = destinations.map((object) => ({ object, shares: understand(catalogSchema(object)).shares }));
  return sources.map((source) => {
    const schema = catalogSchema(source);
    const { shares } = understand(schema);
    const names = likenesses(prepareTexts([source.name, source.label]), index);
    const rough = targets.map(({ object, shares: theirs }, at) => {
      const kind = objectKinds.reduce((sum, each) => sum + Math.min(shares[each], theirs[each]), 0);
      const name = Math.max(names[at]?.atoms ?? 0, names[at]?.same === true ? 1 : 0, 0.8 * (names[at]?.letters ?? 0));
      return { object, kind, name };
    }).toSorted((left, right) => right.kind + right.name - left.kind - left.name).slice(0, COMPARED);
    const scored = rough.map(({ object, kind, name }) => {
      const matches = matchSchemas({ source: schema, destination: catalogSchema(object) });
      const placed = matches.length === 0 ? 0 : matches.filter(({ target, confidence }) => target !== null && confidence >= 0.6).length / matches.length;
      return { destination: object.name, score: 3 * name + 3 * kind + 4 * placed, reason: `${Math.round(placed * 100)} % of its fields have a counterpart; names agree to ${Math.round(name * 100)} %, kinds to ${Math.round(kind * 100)} %` };
    });
    const nothing = Math.exp(3.5);
    const total = scored.reduce((sum, { score }) => sum + Math.exp(score), nothing);
    const ranked = scored.map(({ destination, score, reason }) => ({ destination, probability: Math.round(Math.exp(score) / total * 1000) / 1000, reason })).toSorted((left, right) => right.probability - left.probability);
    const best = ranked[0];
    return { source: source.name, ranked, target: best !== undefined && best.probability >= LEAST ? best.destination : null };
  });
}
