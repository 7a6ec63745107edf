/** What one value would mean as a number. */
export interface NumberReading {
  /** As a plain decimal string under each decimal sign; absent = no number under that sign. */
  readonly point?: string;
  readonly comma?: string;
  readonly unit: string | null; // '%', 'PLN', 'zł', …
  readonly whole: boolean; // digits only: means the same under both signs
  /** `007` or more digits than a number keeps: an identifier, never a number. */
  readonly identifier: boolean;
}

const units = String.raw`%|zł|PLN|EUR|€|USD|US\$|\$|GBP|£|CHF|CZK|Kč|HUF|SEK|NOK|DKK|UAH|JPY|¥|tys\.?|kr`;
const outer = new RegExp(`^(\\()?([+-])?(?:(${units})[\\s\\u00a0\\u202f]*)?([+-])?(\\d[\\d.,'’\\s\\u00a0\\u202f]*?)[\\s\\u00a0\\u202f]*(?:(${units}))?(\\))?(-)?$`, 'i');
const underComma = /^([1-9]\d{0,2}(?:[.'’\s\u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?$/;
const underPoint = /^([1-9]\d{0,2}(?:[,'’\s\u00a0\u202f]\d{3})+|\d+)(?:\.(\d+))?$/;

function plain(match: RegExpExecArray | null, sign: string): string | undefined {
  if (match === null) return undefined;
  const digits = (match[1] ?? '').replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  return `${sign}${digits}${match[2] === undefined ? '' : `.${match[2]}`}`;
}

/**
 * Reads one value as a number under each decimal sign: `1 234,56`, `1.234,56`, `1,234.56`, `1'234.56`, `12,5 %`, `(1 234)`, `12-`, `1 200 zł`.
 * `1,234` is a number under both signs and means something else under each.
 * @returns null when the value is no number at all.
 */
export function readNumber(value: string): NumberReading | null {
  const text = value.trim();
  if (text.length === 0 || text.length > 40 || !/\d/.test(text)) return null;
  const match = outer.exec(text);
  if (match === null) return null;
  const [, open, sign1, unit1, sign2, digits = '', unit2, close, sign3] = match;
  if ((open === undefined) !== (close === undefined) || [sign1, sign2, sign3, open].filter((part) => part !== undefined).length > 1 || (unit1 !== undefined && unit2 !== undefined)) return null;
  const sign = sign1 === '-' || sign2 === '-' || sign3 === '-' || open !== undefined ? '-' : '';
  const point = plain(underPoint.exec(digits), sign);
  const comma = plain(underComma.exec(digits), sign);
  if (point === undefined && comma === undefined) return null;
  const bare = /^\d+$/.test(digits);
  return {
    ...(point === undefined ? {} : { point }), ...(comma === undefined ? {} : { comma }),
    unit: unit1 ?? unit2 ?? null, whole: point !== undefined && point === comma && !point.includes('.'),
    identifier: bare && (/^0\d/.test(digits) || digits.length > 15),
  };
}
