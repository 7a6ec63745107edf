import { FixedOffsetZone, IANAZone } from 'luxon';
import { findIana } from 'windows-iana';

/**
 * The IANA name of a time zone as programs write it: `Europe/Warsaw`, a Windows name (`Central European Standard Time`),
 * a name with the vendor's path before it (`/mozilla.org/20050126_1/Europe/Warsaw`), `UTC+01:00`. null = not known.
 */
export function zoneName(written: string): string | null {
  const text = written.trim().replace(/^"|"$/g, '');
  if (text === '') return null;
  if (/^(?:utc|gmt|z|zulu)$/i.test(text)) return 'UTC';
  const offset = /^(?:UTC|GMT)?([+-]\d{1,2}(?::?\d{2})?)$/i.exec(text)?.[1];
  const fixed = offset === undefined ? null : FixedOffsetZone.parseSpecifier(`UTC${offset}`);
  if (fixed !== null) return fixed.name;
  if (IANAZone.isValidZone(text)) return text;
  const path = /([A-Z][A-Za-z_]+\/[A-Za-z_+-]+(?:\/[A-Za-z_+-]+)?)$/.exec(text)?.[1];
  if (path !== undefined && IANAZone.isValidZone(path)) return path;
  return findIana(text)[0] ?? null;
}
