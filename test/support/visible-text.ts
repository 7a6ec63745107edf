const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** What a person reads of a piece of HTML, all white space left out: where a line ends is markup's business. */
export function readInHtml(html: string): string {
  const bare = html.replaceAll(/<style\b[^]*?<\/style>/giu, '').replaceAll(/<[^>]*>/gu, '');
  return withoutSpaces(bare.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/giu, (whole: string, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return entities[(name ?? '').toLowerCase()] ?? whole;
  }));
}

export const withoutSpaces = (text: string): string => text.replaceAll(/\s+/gu, '');

/** What a person reads of the markdown that generated notes hold: a heading, a list, something bold, a link. */
export function readInMarkdown(text: string): string {
  return withoutSpaces(text.replaceAll(/^#+ /gmu, '').replaceAll(/^- /gmu, '').replaceAll('**', '').replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1'));
}
