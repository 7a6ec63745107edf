import { foldText } from '../fold.ts';

/** A header cell as shown: trimmed, without the marks that export programs add (BOM, `*`, quotes). */
export function cleanHeader(cell: string): string {
  return cell.normalize('NFC').replace(/[\ufeff\0]/g, '').replace(/\s+/g, ' ').trim().replace(/^["'„”*\s]+|["'”*:\s]+$/g, '').trim();
}

/** A header as compared with known names: folded, every run of other characters one space. */
export function foldHeader(header: string): string {
  return foldText(header).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/**
 * Names every column once: an empty header becomes `column_7`, a repeated one gets its number (`Telefon (2)`).
 * @returns the names, and what was changed, for the report of the file.
 */
export function nameColumns(cells: readonly string[]): { readonly names: readonly string[]; readonly empty: readonly number[]; readonly repeated: readonly string[] } {
  const taken = new Set<string>();
  const empty: number[] = [];
  const repeated: string[] = [];
  const names = cells.map((cell, index) => {
    const header = cleanHeader(cell);
    if (header === '') empty.push(index + 1);
    const base = header === '' ? `column_${index + 1}` : header;
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base} (${number})`;
    if (name !== base) repeated.push(base);
    taken.add(name.toLowerCase());
    return name;
  });
  return { names, empty, repeated };
}

const dataLike = [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, /^https?:\/\//i, /^\+?\d[\d\s().-]{6,}$/, /^\d{4}-\d{2}-\d{2}/, /^\d{1,2}[./-]\d{1,2}[./-]\d{4}/];

/** True when a first row looks like data and not like names: an e-mail address, a phone number, a date stands in it. */
export function looksLikeData(cells: readonly string[]): boolean {
  return cells.some((cell) => dataLike.some((pattern) => pattern.test(cell.trim())));
}
