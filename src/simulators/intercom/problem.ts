/** A refusal, as the service words it: `{type: "error.list", request_id, errors: [{code, message, field?}]}`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: { readonly [name: string]: string };
  /** Some endpoints answer without a request id. */
  readonly withoutRequestId: boolean;

  constructor(status: number, code: string, message: string, more: Readonly<{ headers?: { readonly [name: string]: string }; withoutRequestId?: boolean }> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.withoutRequestId = more.withoutRequestId ?? false;
  }
}

export const invalid = (message: string): Problem => new Problem(400, 'parameter_invalid', message);
export const missing = (name: string): Problem => new Problem(400, 'parameter_not_found', `${name} not specified`);
export const notFound = (message = 'Resource Not Found', code = 'not_found'): Problem => new Problem(404, code, message);
export const unprocessable = (message: string, code = 'parameter_invalid'): Problem => new Problem(422, code, message, { withoutRequestId: true });
