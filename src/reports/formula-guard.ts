/**
 * A spreadsheet takes a cell that begins with one of these for a formula and may run it: `=HYPERLINK(…)`, `+48…`, `@SUM`.
 * The full-width forms are folded to the plain ones by some spreadsheets. Source: OWASP, "CSV Injection".
 */
const dangerous = /^[=+\-@\t\r\n＝＋－＠]/u;

/**
 * Puts an apostrophe before text that a spreadsheet could run, and before text that begins with an apostrophe itself,
 * so that `unguardFormula` gives exactly the text back.
 */
export function guardFormula(text: string): string {
  return dangerous.test(text) || text.startsWith("'") ? `'${text}` : text;
}

/** The reverse of `guardFormula`. A spreadsheet that swallowed the apostrophe does no harm: the text is taken as it is. */
export function unguardFormula(text: string): string {
  if (!text.startsWith("'")) return text;
  const rest = text.slice(1);
  return dangerous.test(rest) || rest.startsWith("'") ? rest : text;
}
