import { z } from 'zod';

type Schema = Parameters<typeof z.fromJSONSchema>[0];
interface Content { readonly [type: string]: { readonly schema?: object } }
interface Operation { readonly description?: string; readonly responses: { readonly [status: string]: { readonly content?: Content } } }
export interface ApiDocument { readonly openapi: string; readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } } }

/** One answer of a server as it came. */
export interface Answered { readonly method: string; readonly path: string; readonly status: number; readonly type: string | null; readonly body: unknown }

/** Holds answers of a server against its OpenAPI document, and remembers which operations were seen to succeed. */
export class ApiConformance {
  readonly document: ApiDocument;
  /** `get /api/projects/{project}` of every operation that answered 200 as the document says. */
  readonly succeeded = new Set<string>();
  readonly #templates: readonly Readonly<{ template: string; pattern: RegExp }>[];
  readonly #schemas = new Map<string, z.ZodType>();

  constructor(document: ApiDocument) {
    this.document = document;
    // Where `/plan/lines/{key}` and `/plan/lines/all` both fit, the one with fewer places to fill in is meant.
    this.#templates = Object.keys(document.paths).toSorted((left, right) => left.split('{').length - right.split('{').length)
      .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`) }));
  }

  get operations(): readonly string[] {
    return Object.entries(this.document.paths).flatMap(([template, methods]) => Object.keys(methods).map((method) => `${method} ${template}`));
  }

  /** What is wrong with an answer by the document; nothing for pages of the console. */
  problems(answer: Answered): readonly string[] {
    const method = answer.method.toLowerCase();
    const path = answer.path.split('?')[0] ?? '';
    const template = this.#templates.find((one) => one.pattern.test(path) && this.document.paths[one.template]?.[method] !== undefined)?.template;
    if (template === undefined) return path.startsWith('/api/') && answer.status < 400 ? [`${method} ${path} answers ${answer.status} and is not in the document`] : [];
    const name = `${method} ${template}`;
    if (answer.status === 500) return [`${name} failed of itself`];
    const responses = this.document.paths[template]?.[method]?.responses ?? {};
    const described = responses[String(answer.status)] === undefined ? 'default' : String(answer.status);
    const type = answer.type?.split(';')[0]?.trim() ?? 'none';
    const content = responses[described]?.content?.[type];
    if (content === undefined) return [`${name} answers ${answer.status} with ${type}; the document says ${Object.keys(responses[described]?.content ?? {}).join(', ')}`];
    const issues = type === 'application/json' ? this.#schema(`${name} ${described}`, content.schema).safeParse(answer.body).error?.issues ?? [] : [];
    if (issues.length > 0) return issues.map((issue) => `${name} answers ${answer.status}: ${issue.path.join('.')} ${issue.message}`);
    if (answer.status === 200) this.succeeded.add(name);
    return [];
  }

  #schema(key: string, schema: object | undefined): z.ZodType {
    const known = this.#schemas.get(key) ?? z.fromJSONSchema(schema as Schema);
    this.#schemas.set(key, known);
    return known;
  }
}
