import { Document, isMap, isPair, isScalar, isSeq, Scalar, visit } from 'yaml';
import type { Node } from 'yaml';
import { planSchema } from './plan.ts';
import type { Plan } from './plan.ts';

const header = [
  ' yaml-language-server: $schema=plan.schema.json',
  '',
  ' How this project\'s data moves. Edit it, then load it: `portolan plan confirm <project> --file <this file>`, or the page "Plan file" of the console.',
  ' - Every line has a status: set `proposed` to `confirmed` or `rejected`. A production run needs all of them settled.',
  ' - A decision is open while its `answer` is null: write the `value` of one of its options there.',
  ' - transforms are listed with examples in docs/reference/transforms.md; the format itself in docs/reference/plan.schema.json.',
].join('\n');

// Lists of names and short parameters are easier to read in one line.
const inOneLine = new Set(['transforms', 'evidence', 'alternatives', 'through', 'labels', 'keepApart', 'match', 'key', 'lookup']);

/** A plan as readable, stable YAML: keys in the order of the schema, nothing folded. `parsePlan(formatPlan(plan))` equals the plan. */
export function formatPlan(plan: Plan): string {
  const document = new Document(planSchema.parse(plan), { aliasDuplicateObjects: false, version: '1.2' });
  document.commentBefore = header;
  if (isMap(document.contents)) {
    for (const pair of document.contents.items) {
      if (isScalar(pair.key) && isSeq(pair.value) && pair.value.items.length > 0) {
        pair.key.spaceBefore = true;
        pair.value.items.forEach((item, index) => { if (index > 0 && isMap(item)) item.spaceBefore = true; });
      }
    }
  }
  layOut(document.contents);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function layOut(node: unknown): void {
  if (isSeq(node)) for (const item of node.items) layOut(item);
  if (!isMap(node)) return;
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const value = pair.value as Node | null;
    if (isScalar(pair.key) && inOneLine.has(String(pair.key.value)) && (isSeq(value) || isMap(value)) && JSON.stringify(value.toJSON()).length <= 120) {
      value.flow = true;
      // Text of several lines would break out of the one line.
      visit(value, { Scalar: (_, scalar) => { if (typeof scalar.value === 'string' && /[\r\n]/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE; } });
    } else {
      layOut(value);
    }
  }
}
