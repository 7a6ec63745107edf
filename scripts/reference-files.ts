import { runReportSchema } from '../src/engine/run-report.ts';
import { jsonSchemaOf, planJsonSchema } from '../src/plan/json-schema.ts';
import { transformsReference } from '../src/plan/reference.ts';

/** The generated files of docs/reference/ by name. */
export function referenceFiles(): ReadonlyMap<string, string> {
  const json = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
  return new Map([
    ['plan.schema.json', json(planJsonSchema())],
    ['run-report.schema.json', json(jsonSchemaOf(runReportSchema, 'Portolan run report'))],
    ['transforms.md', transformsReference()],
  ]);
}
