import { autoAcceptFrom } from '../../src/proposal/match/calibrate.ts';
import type { Case } from './cases.ts';
import { answers, metrics, prepare } from './measure.ts';
import type { Answer } from './measure.ts';
import { nameOnlyAnswers } from './name-only.ts';
import { lateVendors, partOf } from './split.ts';

const share = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));

function row(name: string, given: readonly Answer[]): string {
  const measured = metrics(given, autoAcceptFrom);
  return `| ${name} | ${measured.fields} | ${[measured.accuracy, measured.strict, measured.recall, measured.mrr, measured.autoPrecision, measured.autoCoverage, measured.calibrationError].map(share).join(' | ')} |`;
}

const head = '| set | fields | accuracy | first choice | recall | MRR | auto-accept precision | auto-accept coverage | calibration error |\n|---|---|---|---|---|---|---|---|---|';

/** The benchmark as a document: figures of the vendors that nothing was fitted to, by language and destination, and beside them plain name similarity. */
export function benchmarkReport(cases: readonly Case[]): string {
  const scored = cases.filter(({ vendor }) => partOf(vendor) === 'test');
  const given = scored.flatMap((one) => answers(prepare(one)));
  const plain = scored.flatMap(nameOnlyAnswers);
  const vendors = (part: string): string => [...new Set(cases.filter(({ vendor }) => partOf(vendor) === part).map(({ vendor }) => vendor))].sort((left, right) => (left < right ? -1 : 1)).join(', ');
  const by = (name: string, of: (answer: Answer) => string): string => [`### By ${name}`, '', head, ...[...new Set(given.map(of))].sort((left, right) => (left < right ? -1 : 1)).map((key) => row(key, given.filter((answer) => of(answer) === key)))].join('\n');
  return `# Benchmark of the field matcher

Written by \`npm run bench -- proposal\`; a test keeps it true. The sets are in \`bench/proposal\`: field lists of products as their APIs, exports and interfaces name them, with invented values, each against every destination of its kind, with the evaluator's judgement per field.

${head}
${row('vendors never seen', given)}
${row('… headers not in English', given.filter((answer) => answer.case.language !== 'en'))}
${row('… vendors added last', given.filter((answer) => lateVendors.has(answer.case.vendor)))}
${row('plain name similarity, same fields', plain)}

- **accuracy**: the proposal is among the acceptable answers; "no counterpart" is an answer like any other. **first choice**: it is the evaluator's first choice.
- **recall**, **MRR**: over the fields that have a counterpart, how often it stands first, and the mean of 1 / its place, before fields are handed out.
- **auto-accept**: decisions of confidence ${autoAcceptFrom} or more; the threshold was fixed on the calibration vendors.
- **calibration error**: expected, ten bins of equal width.
- **vendors added last**: ${[...lateVendors].join(', ')}. Written down when the matcher was finished; nothing of it was changed on their account, and two labels were, which broke the set's conventions (middle name, industry of a person).

${by('language of the headers', (answer) => answer.case.language)}

${by('destination', (answer) => answer.case.id.split('__')[1] ?? '')}

## How the vendors are split

No field list is in two parts. The weights were learned from the first, the confidence was calibrated on the second, the figures above are of the third. The vocabulary was corrected by the errors of the first part only.

| part | vendors |
|---|---|
| learned from | ${vendors('learn')} |
| calibrated on | ${vendors('calibrate')} |
| scored | ${vendors('test')} |

The labels are one evaluator's; 1 to 2 in 100 are debatable. The values are invented and cleaner than customers' columns. How to fit the tables anew: \`node bench/proposal/fit.ts\`.
`;
}
