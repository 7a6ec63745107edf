const trimmed = (parts: readonly string[]): string[] => parts.map((part) => part.trim()).filter((part) => part !== '');

/** True when a cell holds a separator that only lists use. */
export const hasListSeparator = (cell: string): boolean => /[;|\n]/.test(cell.trim()) || /^\s*\[/.test(cell);

function fromJson(cell: string): string[] | null {
  if (!/^\s*\[.*\]\s*$/s.test(cell)) return null;
  try {
    const list: unknown = JSON.parse(cell);
    return Array.isArray(list) && list.every((entry) => typeof entry === 'string' || typeof entry === 'number') ? trimmed(list.map(String)) : null;
  } catch {
    return null;
  }
}

/**
 * Takes a cell with several values apart (checklist item 7): a JSON array, else `;`, `|` or line ends, else `,`,
 * but commas only where every part is a value known by itself, so that an option `Smith, Sons` stays whole.
 * @param isKnown tells whether one part is a value of its own: an e-mail address, an option of the list.
 */
export function splitMulti(cell: string, isKnown: (part: string) => boolean): string[] {
  const list = fromJson(cell);
  if (list !== null) return list;
  if (cell.trim() !== '' && !isKnown(cell.trim())) {
    if (/[;|\n]/.test(cell)) return trimmed(cell.split(/\s*(?:[;|]|\r?\n)\s*/));
    if (cell.includes(',')) {
      const parts = trimmed(cell.split(','));
      if (parts.length > 0 && parts.every(isKnown)) return parts;
    }
  }
  return trimmed([cell]);
}
