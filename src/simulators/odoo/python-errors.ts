/** An exception of the simulated server, as each door reports it. */
export class OdooError extends Error {
  /** Dotted class name: 'odoo.exceptions.ValidationError', 'builtins.ValueError', 'psycopg2.errors.NumericValueOutOfRange'. */
  readonly pythonName: string;
  readonly args: readonly unknown[];
  /** Set when the database refused a row: `load` words these differently. */
  column: ColumnRefusal | null = null;
  constructor(pythonName: string, message: string, args: readonly unknown[] = [message]) {
    super(message);
    this.name = 'OdooError';
    this.pythonName = pythonName;
    this.args = args;
  }
}

export interface ColumnRefusal { readonly kind: 'required' | 'unique' | 'check'; readonly field: string; readonly label: string; readonly text: string }

/** A JSON-2 call that cannot be bound to the method: wrong, missing or unknown argument, `ids` on a model method. */
export class ArgumentError extends OdooError {}

export const userError = (message: string): OdooError => new OdooError('odoo.exceptions.UserError', message);
export const validationError = (message: string): OdooError => new OdooError('odoo.exceptions.ValidationError', message);
export const accessError = (message: string): OdooError => new OdooError('odoo.exceptions.AccessError', message);
export const accessDenied = (): OdooError => new OdooError('odoo.exceptions.AccessDenied', 'Access Denied');
export const valueError = (message: string): OdooError => new OdooError('builtins.ValueError', message);
export const typeError = (message: string): OdooError => new OdooError('builtins.TypeError', message);
export const keyError = (message: string): OdooError => new OdooError('builtins.KeyError', message);
export const attributeError = (message: string): OdooError => new OdooError('builtins.AttributeError', message);
export const assertionError = (message: string): OdooError => new OdooError('builtins.AssertionError', message);
export const databaseError = (name: string, message: string): OdooError => new OdooError(`psycopg2.errors.${name}`, message);

/**
 * Fault code over XML-RPC (measured on 14, 17, 18): 3 wrong user or password, 4 rights, 2 refusals with a text for people,
 * 1 everything that was not expected.
 */
export function faultCode(error: OdooError): 1 | 2 | 3 | 4 {
  switch (error.pythonName) {
    case 'odoo.exceptions.AccessDenied': return 3;
    case 'odoo.exceptions.AccessError': return 4;
    case 'odoo.exceptions.UserError':
    case 'odoo.exceptions.ValidationError':
    case 'odoo.exceptions.MissingError':
    case 'odoo.exceptions.RedirectWarning': return 2;
    default: return 1;
  }
}

/** The last line Python prints of the exception: builtins without their module. KeyError shows the repr of its key. */
function tracebackLine(error: OdooError): string {
  const name = error.pythonName.replace(/^builtins\./u, '');
  return `${name}: ${name === 'KeyError' ? pythonRepr(error.message) : error.message}`;
}

/** A traceback as the server writes it; its frames are those of a generic dispatch. */
export function traceback(error: OdooError): string {
  return `Traceback (most recent call last):\n  File "/usr/lib/python3/dist-packages/odoo/service/model.py", line 40, in dispatch\n    res = execute_kw(db, uid, *params)\n${tracebackLine(error)}\n`;
}

/** A value as Python's repr() shows it; JSON lists inside a leaf are shown as lists. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
    if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`;
    return `'${escaped.replaceAll("'", "\\'")}'`;
  }
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  return `{${Object.entries(value as Record<string, unknown>).map(([key, entry]) => `${pythonRepr(key)}: ${pythonRepr(entry)}`).join(', ')}}`;
}

/** A domain leaf as the server names it in an error: a tuple. */
export function pythonTuple(values: readonly unknown[]): string {
  return values.length === 1 ? `(${pythonRepr(values[0])},)` : `(${values.map(pythonRepr).join(', ')})`;
}
