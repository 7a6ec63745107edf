import { transforms } from './transforms/registry.ts';
import type { Transform, TransformExample } from './transforms/transform.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** docs/reference/transforms.md: every transform with parameters and examples, from the registry itself. */
export function transformsReference(): string {
  return [
    '# Transforms',
    '',
    'Generated from `src/plan/transforms/` by `scripts/write-schemas.ts`; the examples below are run as tests.',
    '',
    'A field line lists transforms that its value passes in order. An empty value passes through as empty, a list entry by entry, unless said otherwise.',
    'A value that cannot be transformed sends the record to quarantine with the code shown; with `whenMissing: empty` on the line it is left empty and counted as a loss instead.',
    'A parameter may be taken from a decision of the plan: `{ date: { order: { decision: "date-order:deal:closed_at" } } }`.',
    '',
    '| transform | takes | gives | |',
    '|---|---|---|---|',
    ...transforms.map(({ name, input, output, summary }) => `| [${name}](#${name.toLowerCase()}) | ${input} | ${output} | ${summary.replaceAll('|', '\\|')} |`),
    '',
    ...transforms.flatMap(section),
  ].join('\n');
}

function section(transform: Transform): readonly string[] {
  const parameters = parameterLines(transform);
  return [
    `## ${transform.name}`,
    '',
    transform.summary,
    '',
    ...(parameters.length > 0 ? [...parameters, ''] : []),
    '| step | value | result |',
    '|---|---|---|',
    ...transform.examples.map((example) => `| ${cell(step(transform.name, example))} | ${cell(example.input)}${example.record ? ` of ${cell(example.record)}` : ''} | ${result(example)} |`),
    '',
  ];
}

function step(name: string, { parameters }: TransformExample): unknown {
  return parameters === undefined ? name : { [name]: parameters };
}

function result({ output, failure, warning }: TransformExample): string {
  if (failure !== undefined) return `quarantine \`${failure}\``;
  return warning === undefined ? cell(output) : `${cell(output)}, warning`;
}

function cell(value: unknown): string {
  return `\`${JSON.stringify(value).replaceAll('|', '\\|').replaceAll('`', "'")}\``;
}

interface SchemaNode { readonly description?: string; readonly type?: string; readonly enum?: readonly unknown[]; readonly default?: unknown; readonly properties?: { readonly [name: string]: SchemaNode }; readonly anyOf?: readonly SchemaNode[] }

function parameterLines({ parameters }: Transform): readonly string[] {
  if (parameters.type === 'undefined') return [];
  const schema = jsonSchemaOf(parameters, '') as SchemaNode;
  const forms = schema.anyOf ?? [schema];
  return forms.flatMap((form) => Object.entries(form.properties ?? {})
    .filter(([, property]) => Object.keys(property).some((key) => key !== 'not'))
    .map(([name, { description, enum: values, default: fallback, type }]) =>
      `- \`${name}\`${values ? ` (${values.map((value) => `\`${String(value)}\``).join(', ')})` : type ? ` (${type})` : ''}${fallback === undefined ? '' : `, default \`${JSON.stringify(fallback)}\``}${description === undefined ? '' : `: ${description}`}`));
}
