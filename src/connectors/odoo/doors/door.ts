import type { FileOpener } from '../../../connector/file-value.ts';
import type { HttpEffect } from '../../../connector/kit/http/http-outcomes.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { OdooDoorName } from '../settings.ts';

/** One call of a model's method, arguments by their Python names. */
export interface OdooCall {
  readonly model: string;
  readonly method: string;
  /** Arguments by name; `ids` are the records, `context` the context. */
  readonly args: JsonObject;
  readonly effect: HttpEffect;
  readonly timeoutMs?: number;
  /** Opens the files that stand among the arguments as `FileValue`s; they go out as base64 texts, streamed. */
  readonly files?: FileOpener;
}

/** One of the three protocols. A door turns every answer into a value or one of the project's errors. */
export interface OdooDoor {
  readonly name: OdooDoorName;
  call(call: OdooCall): Promise<Json>;
}

/** What stands in Odoo's answer when a call failed, whatever the door. */
export interface OdooFault {
  /** Python class with module: 'odoo.exceptions.AccessError', 'psycopg2.errors.UniqueViolation'. */
  readonly name: string;
  readonly message: string; // without traceback
  readonly httpStatus: number;
}
