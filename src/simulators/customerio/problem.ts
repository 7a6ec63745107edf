/** A refusal, as the service words it: `{errors: [{detail, status, code?, source?: {pointer}}]}`. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly pointer: string | null;
  /** `{meta: {error}}`, as older endpoints have it. */
  readonly isOldShape: boolean;

  constructor(status: number, detail: string, more: Readonly<{ headers?: { readonly [name: string]: string }; pointer?: string; isOldShape?: boolean }> = {}) {
    super(detail);
    this.status = status;
    this.headers = more.headers ?? {};
    this.pointer = more.pointer ?? null;
    this.isOldShape = more.isOldShape ?? false;
  }

  get body(): object {
    if (this.isOldShape) return { meta: { error: this.message } };
    return { errors: [{ detail: this.message, status: String(this.status), ...(this.pointer === null ? {} : { source: { pointer: this.pointer } }) }] };
  }
}

export const badRequest = (detail: string, pointer?: string): Problem => new Problem(400, detail, pointer === undefined ? {} : { pointer });
export const unprocessable = (detail: string, pointer?: string): Problem => new Problem(422, detail, pointer === undefined ? {} : { pointer });
export const notFound = (detail = 'not found'): Problem => new Problem(404, detail);
