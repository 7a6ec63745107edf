/** Characters that bytes 80–FF become when UTF-8 is read as a single-byte encoding, back to their byte. */
function byteTable(encoding: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(encoding);
  const table = new Map<string, number>();
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    table.set(String.fromCharCode(byte), byte); // C1 controls survive in some exports
    const character = decoder.decode(Uint8Array.of(byte));
    if (character !== '\ufffd') table.set(character, byte);
  }
  return table;
}
const tables = [byteTable('windows-1252'), byteTable('windows-1250')];
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Only what Central and Western European text is made of: rare scripts would be chance hits (`ß”` is valid UTF-8 too). */
const plausible = /^[\u00a0-\u017f\u2010-\u203a\u20ac\u2122]+$/;

function repairRun(run: string): string | null {
  for (const table of tables) {
    const bytes: number[] = [];
    for (const character of run) bytes.push(table.get(character) ?? 0);
    if (bytes.includes(0)) continue;
    try {
      const text = strictUtf8.decode(Uint8Array.from(bytes));
      if (plausible.test(text)) return text;
    } catch {
      // not UTF-8 under this table: try the next
    }
  }
  return null;
}

/**
 * Undoes UTF-8 that was decoded as windows-1252 or windows-1250 and encoded again (`NovÃ¡k` → `Novák`).
 * @returns the repaired text, or null when the text shows no such damage.
 */
export function repairDoubleEncoding(text: string): string | null {
  // Only bytes C2–C5 and E2 can begin a plausible character: Â Ã Ä Å â and, in windows-1250, Ă Ĺ.
  if (!/[ÂÃÄÅĂĹâ]/.test(text)) return null;
  let repaired = false;
  const result = text.replace(/[\u0080-\uffff]{2,}/g, (run) => {
    const fixed = repairRun(run);
    repaired ||= fixed !== null;
    return fixed ?? run;
  });
  return repaired ? result : null;
}
