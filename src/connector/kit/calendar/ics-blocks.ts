/** A component of a calendar file as text, with the line on which it begins. */
export interface IcsBlock { readonly name: string; readonly line: number; readonly text: string }

/** A component longer than this is refused: a meeting with its description takes some kilobytes. In characters. */
const maxBlock = 5_000_000;

/** The calendar's own lines (`METHOD:CANCEL`), and a component that has no end or is too long. */
export type IcsPiece =
  | { readonly kind: 'block'; readonly block: IcsBlock }
  | { readonly kind: 'property'; readonly name: string; readonly value: string }
  | { readonly kind: 'broken'; readonly line: number; readonly message: string; readonly raw: string };

const unfoldedName = (line: string): { readonly name: string; readonly value: string } => {
  const match = /^([A-Za-z0-9-]+)[^:]*:(.*)$/.exec(line);
  return { name: (match?.[1] ?? '').toUpperCase(), value: (match?.[2] ?? '').trim() };
};

/**
 * Takes a calendar file apart into its components (VEVENT, VTIMEZONE, VTODO, …), one at a time, so that memory holds one of them.
 * @param text pieces of the decoded file; line ends may be CRLF, LF or CR.
 */
export async function* readIcsBlocks(text: AsyncIterable<string>): AsyncGenerator<IcsPiece> {
  let name = '', start = 0, number = 0, size = 0, depth = 0;
  let lines: string[] = [];
  const give = function* (line: string): Generator<IcsPiece> {
    number += 1;
    const word = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(line);
    const [edge, component] = [word?.[1]?.toUpperCase(), word?.[2]?.toUpperCase() ?? ''];
    if (name === '') {
      if (edge === 'BEGIN' && component !== 'VCALENDAR') {
        [name, start, depth, size] = [component, number, 1, line.length];
        lines = [line];
      } else if (edge === undefined && line.trim() !== '' && !/^[ \t]/.test(line)) yield { kind: 'property', ...unfoldedName(line) };
      return;
    }
    if (edge === 'BEGIN' && component === name || (edge === 'END' && component === 'VCALENDAR')) {
      yield { kind: 'broken', line: start, message: `${name} has no END`, raw: lines.join('\n').slice(0, 10_000) };
      [name, start, depth, size] = [edge === 'BEGIN' ? component : '', number, 1, line.length];
      lines = edge === 'BEGIN' ? [line] : [];
      return;
    }
    if (size <= maxBlock) lines.push(line);
    size += line.length;
    if (edge === 'BEGIN') depth += 1;
    if (edge === 'END') depth -= 1;
    if (depth > 0) return;
    if (size > maxBlock) yield { kind: 'broken', line: start, message: `${name} is longer than ${maxBlock} characters`, raw: lines.join('\n').slice(0, 10_000) };
    else yield { kind: 'block', block: { name, line: start, text: lines.join('\r\n') } };
    name = '';
    lines = [];
  };
  let rest = '';
  for await (const piece of text) {
    rest += piece;
    const cut = rest.endsWith('\r') ? rest.length - 1 : rest.length; // a line feed may follow
    const parts = rest.slice(0, cut).split(/\r\n|\n|\r/);
    rest = (parts.pop() ?? '') + rest.slice(cut);
    for (const line of parts) yield* give(line);
  }
  if (rest !== '') for (const line of rest.split(/\r\n|\n|\r/)) yield* give(line);
  if (name !== '') yield { kind: 'broken', line: start, message: `${name} has no END`, raw: lines.join('\n').slice(0, 10_000) };
}
