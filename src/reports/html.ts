import { shortened, visibleText } from './safe-text.ts';
import type { Cell, ReportColumn, ReportDocument, ReportSection } from './report-document.ts';
import { styleSheet } from './html-style.ts';

/** Longest text shown in a cell, and most rows of a table: a browser has to print it. The CSV beside it has everything. */
const longestText = 500;
const mostRows = 2_000;

/** Markup characters as entities, acting characters as visible names. */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * A report as one self-contained page: no script, no outside resource (and a policy that forbids both),
 * tables with captions and header cells, light or dark as the reader's system wants, ready to print.
 */
export function documentHtml(document: ReportDocument, about: string): string {
  return page(document.title, `
<header><p class="about">${escapeHtml(about)}</p><h1>${escapeHtml(document.title)}</h1>
<p class="summary ${document.good === null ? '' : document.good ? 'good' : 'bad'}">${escapeHtml(document.summary)}</p></header>
<main>${document.facts.length === 0 ? '' : `<dl>${document.facts.map((fact) => `<div><dt>${escapeHtml(fact.label)}</dt><dd>${cellHtml(fact.value)}</dd></div>`).join('')}</dl>`}
${document.sections.map(sectionHtml).join('\n')}${closingHtml(document.closing ?? [])}</main>`);
}

/** The page that leads to the others. Links are to files beside it. */
export function indexHtml(about: string, documents: readonly ReportDocument[], files: readonly Readonly<{ name: string; what: string }>[]): string {
  const entries = documents.map((document) => `<tr><th scope="row"><a href="${encodeURIComponent(document.id)}.html">${escapeHtml(document.title)}</a></th><td>${document.good === null ? '' : document.good ? 'in order' : 'look at this'}</td><td>${escapeHtml(document.summary)}</td></tr>`);
  const others = files.map((file) => `<li><a href="${encodeURIComponent(file.name)}">${escapeHtml(file.name)}</a>: ${escapeHtml(file.what)}</li>`);
  return page('Reports', `<header><p class="about">${escapeHtml(about)}</p><h1>Reports</h1></header>
<main><div class="scroll"><table><caption>Reports of this run</caption><thead><tr><th scope="col">Report</th><th scope="col">State</th><th scope="col">Result</th></tr></thead><tbody>${entries.join('')}</tbody></table></div>
<h2>Files for other programs</h2><ul>${others.join('')}</ul></main>`);
}

function closingHtml(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n<section class="closing"><h2>Sign-off</h2>${lines.map((line) => `<p class="sign"><span>${escapeHtml(line)}</span></p>`).join('')}</section>`;
}

function sectionHtml(section: ReportSection): string {
  const note = section.note === null ? '' : `<p>${escapeHtml(section.note)}</p>`;
  if (section.rows.length === 0) return `<section><h2>${escapeHtml(section.title)}</h2>${note}<p class="empty">${escapeHtml(section.empty)}</p></section>`;
  const shown = section.rows.slice(0, mostRows);
  const cut = section.rows.length > shown.length
    ? `<p>${(section.rows.length - shown.length).toLocaleString('en')} more rows are in the CSV file.</p>` : '';
  const head = section.columns.map((column) => `<th scope="col"${numberClass(column)}>${escapeHtml(column.label)}</th>`).join('');
  const body = shown.map((row) => `<tr>${section.columns.map((column, index) => bodyCell(column, row[index] ?? null, index)).join('')}</tr>`).join('\n');
  return `<section><h2>${escapeHtml(section.title)}</h2>${note}
<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(section.title)}"><table><caption>${escapeHtml(section.title)}</caption><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>${cut}</section>`;
}

function bodyCell(column: ReportColumn, cell: Cell, index: number): string {
  return index === 0 && column.kind === 'text' ? `<th scope="row">${cellHtml(cell)}</th>` : `<td${numberClass(column)}>${cellHtml(cell)}</td>`;
}

function numberClass(column: ReportColumn): string {
  return column.kind === 'number' ? ' class="number"' : '';
}

function cellHtml(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return escapeHtml(cell.toLocaleString('en'));
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return `<bdi>${escapeHtml(shortened(cell, longestText))}</bdi>`; // bdi: a right-to-left value stays inside its cell
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title><style>${styleSheet}</style></head><body>${body}
</body></html>
`;
}
