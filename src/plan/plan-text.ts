import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';

/** A plan file's text with the place of each of its parts. */
export interface PlanText {
  readonly document: Document.Parsed;
  /** Line (1-based) of a part, or of the nearest part around it that is in the text. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  /** Line at an offset of the text. */
  readonly lineAt: (offset: number) => number;
}

/** Reads YAML or JSON (which is YAML) without giving it a meaning yet. Never throws: errors are in `document.errors`. */
export function readPlanText(text: string): PlanText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'core', merge: false, uniqueKeys: true, prettyErrors: false, stringKeys: true });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  return { document, lineAt, lineOf: (path) => lineAt(offsetOf(document.contents, path)) };
}

function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === part);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      const item = node.items[part];
      if (item === undefined) break;
      offset = (item as Node).range?.[0] ?? offset;
      node = item;
    } else {
      break;
    }
  }
  return offset;
}
