import { ConfigurationError } from '../../connector/errors.ts';

/** A condition on one field of a source object: equal, not equal, or containing, whatever the case and accents. */
export interface WhereClause { readonly object: string; readonly field: string; readonly operator: '=' | '!=' | '~'; readonly text: string }

/**
 * Reads `contact.city=Kraków`, `deal.status!=lost`, `company.name~trade`. An empty text stands for an empty field.
 * @throws ConfigurationError 'wrong-condition'
 */
export function parseWhere(text: string): WhereClause {
  const parts = /^([^.=!~]+)\.([^=!~]+?)(!=|=|~)(.*)$/su.exec(text);
  if (parts === null) throw new ConfigurationError({ code: 'wrong-condition', message: `'${text}' is no condition on a source record.`, remedy: "Write object.field=value, object.field!=value or object.field~part, e.g. 'contact.city=Kraków'." });
  return { object: parts[1] as string, field: parts[2] as string, operator: parts[3] as WhereClause['operator'], text: parts[4] as string };
}

/** Reads `contact:4711`. @throws ConfigurationError 'wrong-sample-id' */
export function parseSampleId(text: string): string {
  if (/^[^:]+:.+$/su.test(text)) return text;
  throw new ConfigurationError({ code: 'wrong-sample-id', message: `'${text}' names no source record.`, remedy: "Write object:id, e.g. 'contact:4711'." });
}
