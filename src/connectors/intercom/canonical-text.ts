/** Elements that begin a new line in what a person reads. */
const blocks = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|pre|hr)\b[^>]*>/giu;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ' };

/**
 * The text a person reads in a body, whatever form it has: bodies go out as plain text or simple HTML and come back as HTML with
 * `<p>` around each paragraph, so only the text can be compared. White space counts as one space, empty lines as none.
 */
export function canonicalText(body: string): string {
  const html = /<[a-z!/][^>]*>/iu.test(body);
  const text = html ? decode(body.replace(blocks, '\n').replace(/<[^>]*>/gu, '')) : decode(body);
  return text.normalize('NFC').split('\n').map((line) => line.replace(/\s+/gu, ' ').trim()).filter((line) => line !== '').join('\n');
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff) ? String.fromCodePoint(point) : whole;
  });
}
