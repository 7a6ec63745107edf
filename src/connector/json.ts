/** Any value that survives JSON: what raw records, payloads and cursors are made of. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object: one record's fields by name. */
export type JsonObject = { readonly [key: string]: Json };
