/** Why a text is no number: for the sentence in quarantine. */
export type DecimalReading = { readonly value: string; readonly unit: string | null } | null;

/**
 * Reads a number as people and spreadsheets write it: `1 234,56 zł`, `1,234.56`, `1'234.5`, `(1 234)`, `12-`, `12,5 %`, `1E+05`.
 * Never goes through floating point.
 *
 * @param decimal the decimal sign of the column, decided beforehand: `1,234` alone cannot tell
 * @returns the number as a plain decimal string ('-1234.56') and the unit or currency text that stood by it; null = no number
 */
export function readDecimal(text: string, decimal: '.' | ','): DecimalReading {
  if (/^-?\d{1,15}$/.test(text)) return { value: plain(text.startsWith('-'), text.replace('-', ''), ''), unit: null };
  let rest = text.trim().replace(/[\u2212\u2013]/g, '-');
  let negative = false;
  const bracket = /^\((.*)\)$/s.exec(rest);
  if (bracket) { negative = true; rest = (bracket[1] ?? '').trim(); }
  const shape = /^([+-]?)\s*([^\d+.,()-]*?)\s*([+-]?)\s*(\d[\d\s.,'’_\u00a0\u202f]*?(?:[eE][+-]?\d{1,3})?|[.,]\d+)\s*(-?)\s*([^\d()+-]*)$/su.exec(rest);
  if (!shape) return null;
  const [, sign = '', before = '', innerSign = '', digits = '', trailing = '', after = ''] = shape;
  const signs = [sign, innerSign, trailing].filter((mark) => mark !== '');
  if (signs.length > 1 || (negative && signs.length > 0) || (before.trim() !== '' && after.trim() !== '')) return null;
  const number = readDigits(digits, decimal);
  if (number === null) return null;
  const unit = (before.trim() || after.trim()) || null;
  if (unit !== null && (unit.length > 12 || /[.,]/.test(unit.replace(/\.$/, '')))) return null;
  return { value: plain(negative || signs[0] === '-', number.whole, number.fraction), unit };
}

function readDigits(digits: string, decimal: '.' | ','): { readonly whole: string; readonly fraction: string } | null {
  const power = /^(.*?)[eE]([+-]?\d{1,3})$/s.exec(digits);
  const [whole = '', fraction = '', ...more] = (power?.[1] ?? digits).trim().split(decimal);
  if (more.length > 0 || !/^\d*$/.test(fraction) || (whole === '' && fraction === '')) return null;
  const group = decimal === ',' ? '.' : ',';
  const grouped = new RegExp(`^(\\d+|\\d{1,3}(?:([\\s'’_\\u00a0\\u202f${group}])\\d{3})(?:\\2\\d{3})*)$`, 'u');
  if (whole !== '' && !grouped.test(whole)) return null;
  const bare = whole.replace(/\D/g, '');
  return power ? shift(bare, fraction, Number(power[2])) : { whole: bare, fraction };
}

function shift(whole: string, fraction: string, places: number): { readonly whole: string; readonly fraction: string } | null {
  if (Math.abs(places) > 40) return null;
  if (places >= 0) {
    const padded = fraction.padEnd(places, '0');
    return { whole: whole + padded.slice(0, places), fraction: padded.slice(places) };
  }
  const padded = whole.padStart(-places, '0');
  return { whole: padded.slice(0, padded.length + places), fraction: padded.slice(padded.length + places) + fraction };
}

function plain(negative: boolean, whole: string, fraction: string): string {
  const bare = whole.replace(/^0+(?=\d)/, '') || '0';
  const text = fraction === '' ? bare : `${bare}.${fraction}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

/** Product of two plain decimal strings, rounded half away from zero to a number of decimals. Exact: no floating point. */
export function multiplyDecimals(left: string, right: string, decimals: number): string {
  const [one, other] = [parts(left), parts(right)];
  const product = one.digits * other.digits;
  const surplus = one.decimals + other.decimals - decimals;
  const size = product < 0n ? -product : product;
  const scaled = surplus > 0 ? (size + 10n ** BigInt(surplus) / 2n) / 10n ** BigInt(surplus) : size * 10n ** BigInt(-surplus);
  const text = scaled.toString().padStart(decimals + 1, '0');
  return plain(product < 0n, text.slice(0, text.length - decimals), text.slice(text.length - decimals));
}

function parts(text: string): { readonly digits: bigint; readonly decimals: number } {
  const [whole = '', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
}

/** A JavaScript number as a decimal string without exponent. */
export function numberToDecimal(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  return readDecimal(String(value), '.')?.value ?? null;
}
