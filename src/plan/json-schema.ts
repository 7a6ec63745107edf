import { z } from 'zod';
import { planSchema } from './plan.ts';

/** JSON Schema (draft 2020-12) of any zod schema, as files under docs/reference/ and editors use it. */
export function jsonSchemaOf(schema: z.ZodType, title: string): { readonly [key: string]: unknown } {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
  return { $schema, title, ...rest };
}

/** The plan format for editors: completion and checking while typing. */
export function planJsonSchema(): { readonly [key: string]: unknown } {
  return jsonSchemaOf(planSchema, 'Portolan plan');
}
