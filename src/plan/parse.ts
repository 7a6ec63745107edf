import { isAlias, isScalar, visit } from 'yaml';
import type { Document } from 'yaml';
import { PlanError } from './errors.ts';
import type { PlanProblem } from './errors.ts';
import { pathWords } from './path-words.ts';
import { readPlanText } from './plan-text.ts';
import type { PlanText } from './plan-text.ts';
import { planSchema } from './plan.ts';
import type { Plan } from './plan.ts';
import { shapeProblems } from './schema-problems.ts';
import { repetitions } from './validation/repetitions.ts';

// A plan of 1,000 fields is 0.5 MB; ten times that is no plan.
const maxLength = 20_000_000;

/**
 * Reads a plan from YAML or JSON.
 * @throws PlanError naming line and remedy of every problem: syntax, unknown or missing keys, wrong values, repeated names
 */
export function parsePlan(text: string): Plan {
  if (text.length > maxLength) throw new PlanError([{ line: null, path: '', message: `the plan has ${text.length} characters`, remedy: `A plan may have up to ${maxLength}; was another file given?` }]);
  const source = readPlanText(text.replace(/^\ufeff/, ''));
  const syntax = syntaxProblems(source);
  if (syntax.length > 0) throw new PlanError(syntax);
  const input = toValue(source.document);
  const parsed = planSchema.safeParse(input);
  const problems = parsed.success ? repetitions(parsed.data) : shapeProblems(planSchema, parsed.error, input);
  if (problems.length > 0) {
    throw new PlanError(problems
      .map(({ path, message, remedy }) => ({ line: source.lineOf(path), path: pathWords(path, input), message, remedy }))
      .sort((left, right) => left.line - right.line));
  }
  if (!parsed.success) throw parsed.error;
  return parsed.data;
}

function syntaxProblems({ document, lineAt }: PlanText): readonly PlanProblem[] {
  const problems: PlanProblem[] = document.errors.map(({ code, message, pos }) => ({
    line: lineAt(pos[0]), path: '',
    message: code === 'DUPLICATE_KEY' ? 'the same key stands twice in one object' : `not YAML: ${message.replace(/\s*\n.*$/s, '')}`,
    remedy: code === 'DUPLICATE_KEY' ? 'Remove one of the two.' : code === 'TAB_AS_INDENT' ? 'Indent with spaces, not tabs.' : 'Correct the line; check indentation, quotation marks and brackets around it.',
  }));
  // A plan names things by their ids. Anchors could blow a small file up to gigabytes ("billion laughs"), tags could
  // make other things than data, and neither has a use here.
  visit(document, {
    Alias: (_, node) => { if (isAlias(node)) problems.push({ line: lineAt(node.range?.[0] ?? 0), path: '', message: `alias "*${node.source}" in a plan`, remedy: 'Write the value out; anchors and aliases are not allowed.' }); },
    // JavaScript takes this key for the object's prototype: it would vanish without a word.
    Pair: (_, pair) => { if (isScalar(pair.key) && pair.key.value === '__proto__') problems.push({ line: lineAt(pair.key.range?.[0] ?? 0), path: '', message: 'the key "__proto__" in a plan', remedy: 'Use another name.' }); },
    Scalar: (_, node) => { if (isScalar(node) && typeof node.value === 'bigint') problems.push({ line: lineAt(node.range?.[0] ?? 0), path: '', message: 'a whole number that is too large', remedy: 'Put it in quotation marks.' }); },
  });
  for (const warning of document.warnings) problems.push({ line: lineAt(warning.pos[0]), path: '', message: warning.message, remedy: 'Remove the tag or the directive.' });
  if (document.contents === null && problems.length === 0) problems.push({ line: 1, path: '', message: 'the plan is empty', remedy: 'Save the text that `portolan plan show` gives and edit that.' });
  return problems;
}

function toValue(document: Document.Parsed): unknown {
  return document.toJS({ maxAliasCount: 0 });
}
