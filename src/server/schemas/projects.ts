import { z } from 'zod';

export const projectName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, 'use letters, digits, dots, dashes and underscores, at most 63, and begin with a letter or digit');
/** A project that is there: its own name, or that of its sandbox. */
export const anyProjectName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}(~sandbox)?$/, 'there is no such project');
const runStatusSchema = z.enum(['running', 'paused', 'waiting', 'succeeded', 'withQuarantine', 'failed', 'interrupted', 'cancelled']);
const runModeSchema = z.enum(['preview', 'sample', 'sandbox', 'production', 'delta', 'rollback']);

/** What this installation can move. */
const routeSchema = z.strictObject({
  id: z.string(), label: z.string(), source: z.string(), destination: z.string(),
  rows: z.array(z.strictObject({ id: z.string(), source: z.string(), destination: z.string(), how: z.string(), losses: z.array(z.string()), since: z.string().nullable() })),
  phases: z.array(z.strictObject({ name: z.string(), label: z.string(), what: z.string() })),
  gotchas: z.array(z.strictObject({ title: z.string(), text: z.string(), check: z.string().nullable() })),
});
export type RouteInfo = z.infer<typeof routeSchema>;
export const routesSchema = z.strictObject({ platforms: z.array(z.strictObject({ platform: z.string(), label: z.string() })), routes: z.array(routeSchema) });
export type Routes = z.infer<typeof routesSchema>;

export const newProjectSchema = z.strictObject({ name: projectName, route: z.string().min(1) });
export const runLineSchema = z.strictObject({
  id: z.string(), mode: runModeSchema, status: runStatusSchema, desired: z.enum(['run', 'pause', 'cancel']), dryRun: z.boolean(),
  startedAt: z.string(), finishedAt: z.string().nullable(), error: z.strictObject({ code: z.string(), message: z.string(), remedy: z.string().nullable() }).nullable(),
});
export type RunLine = z.infer<typeof runLineSchema>;
export const projectSchema = z.strictObject({
  name: z.string(), route: z.string(), routeLabel: z.string(), createdAt: z.string(),
  connected: z.strictObject({ source: z.boolean(), destination: z.boolean() }),
  discovered: z.strictObject({ source: z.boolean(), destination: z.boolean() }),
  destinationHost: z.string().nullable().describe('What is typed before anything is written there.'),
  plan: z.strictObject({ version: z.number(), hash: z.string(), confirmedAt: z.string().nullable(), toReview: z.number(), openDecisions: z.number() }).nullable(),
  quarantined: z.number(),
  sandbox: z.strictObject({ of: z.string().nullable().describe('The project that this is the sandbox of; null = it is none.'), connected: z.boolean().describe('A sandbox of this project is connected.'), host: z.string().nullable() }),
  demo: z.boolean().describe('Both sides are simulators of this installation.'),
  latestRun: runLineSchema.nullable(),
});
export type ProjectInfo = z.infer<typeof projectSchema>;
export const projectsSchema = z.strictObject({ projects: z.array(projectSchema) });
export type Projects = z.infer<typeof projectsSchema>;

export const demosSchema = z.strictObject({ routes: z.array(z.strictObject({ id: z.string(), label: z.string() })) });
export type DemoRoutes = z.infer<typeof demosSchema>;
export const makeDemoSchema = z.strictObject({ route: z.string().min(1).max(100) });

export const connectionSchema = z.strictObject({
  role: z.enum(['source', 'destination', 'sandbox']), platform: z.string(), label: z.string(), saved: z.boolean(),
  settings: z.array(z.strictObject({
    name: z.string(), label: z.string(), secret: z.boolean(), required: z.boolean(), help: z.string(), example: z.string().nullable(), isFile: z.boolean(),
    value: z.string().nullable().describe('Of a secret always null.'), kept: z.boolean().describe('A secret is stored; it is never given back.'),
  })),
});
export type Connection = z.infer<typeof connectionSchema>;
export const saveConnectionSchema = z.strictObject({
  settings: z.record(z.string(), z.string().max(10_000)).describe('By name; an empty text removes it.'),
  secrets: z.record(z.string(), z.string().max(100_000)).describe('By name; what is left out stays as it is, an empty text removes it.'),
});

export const checksSchema = z.strictObject({
  checks: z.array(z.strictObject({
    role: z.enum(['source', 'destination']), name: z.string(), title: z.string(), result: z.enum(['passed', 'warning', 'failed', 'unknown']),
    message: z.string(), remedy: z.string().nullable(),
  })),
});
export type Checks = z.infer<typeof checksSchema>;

export const discoverySchema = z.strictObject({
  sides: z.array(z.strictObject({
    role: z.enum(['source', 'destination']), platform: z.string(), label: z.string(), version: z.string().nullable(), edition: z.string().nullable(), discoveredAt: z.string(),
    limits: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    notes: z.array(z.strictObject({ subject: z.string(), level: z.enum(['info', 'warning']), message: z.string() })),
    questions: z.array(z.strictObject({ id: z.string(), question: z.string() })),
    objects: z.array(z.strictObject({
      name: z.string(), label: z.string(), count: z.number().nullable(), fields: z.array(z.strictObject({
        name: z.string(), label: z.string(), type: z.string(), required: z.boolean(), custom: z.boolean(),
        filled: z.number().nullable(), distinct: z.number().nullable(), samples: z.array(z.string()),
        values: z.array(z.strictObject({ value: z.string(), count: z.number() })),
      })),
    })),
  })),
});
export type Discovery = z.infer<typeof discoverySchema>;
