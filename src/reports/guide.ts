import type { Route } from '../engine/route.ts';
import { visibleText } from './safe-text.ts';

/** The guide of a route as Markdown, from the same data the engine works with: nothing in it is written twice. */
export function routeGuide(route: Route): string {
  const built = route.rows.filter((row) => row.since !== null);
  const later = route.rows.filter((row) => row.since === null);
  return [
    `# ${text(route.label)}`, '',
    `From ${text(route.source)} to ${text(route.destination)}. Route id: \`${route.id}\`.`, '',
    '## Objects', '', table(['Row', 'From', 'To', 'How', 'Since'], built.map((row) => [row.id, row.source, row.destination, row.how, row.since ?? ''])), '',
    ...(later.length === 0 ? [] : ['Not moved yet:', '', ...later.map((row) => `- ${text(row.id)} ${text(row.source)} → ${text(row.destination)}`), '']),
    '## Phases', '', 'In this order; each ends with counts that must add up, and a gate.', '',
    ...route.phases.map((phase, index) => `${index + 1}. **${text(phase.label)}** (\`${phase.name}\`): ${text(phase.what)}`), '',
    '## What does not survive', '',
    ...list(route.rows.flatMap((row) => row.losses.map((loss) => `${row.id} ${row.source}: ${loss}`)), 'Nothing is lost that this route knows of.'), '',
    '## Gotchas', '',
    ...route.gotchas.flatMap((gotcha) => [`### ${text(gotcha.title)}`, '', text(gotcha.text), '', ...(gotcha.check === null ? [] : [`Told by the readiness check \`${gotcha.check}\`.`, ''])]),
    '## Readiness checks', '', ...list([...new Set(route.gotchas.flatMap((gotcha) => (gotcha.check === null ? [] : [gotcha.check])))].map((name) => `\`${name}\``), 'None beyond those of the two platforms.'), '',
    `\`portolan check <project>\` runs them, together with those of the two platforms, over: ${route.destinationObjects.map((name) => `\`${name}\``).join(', ')}.`, '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map((cell) => text(cell).replaceAll('|', '\\|'))))].join('\n');
}

function list(items: readonly string[], empty: string): string[] {
  return items.length === 0 ? [empty] : items.map((item) => `- ${text(item)}`);
}

function text(value: string): string {
  return visibleText(value).replace(/\s*\n\s*/g, ' ');
}
