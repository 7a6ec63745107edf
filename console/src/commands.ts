import type { Step } from './project-path.ts';
import { texts } from './texts.ts';

/** A piece of a text: words as they are, or what a command does, told as the place of this console that does the same. */
export type Piece = Readonly<{ kind: 'words'; text: string }> | Readonly<{ kind: 'place'; text: string; page: Page }>;
export type Page = Step | 'new';
type Place = Readonly<{ page: Page; words: readonly string[] }>;
type Told = (args: Arguments) => Place;

const { steps } = texts;
const at = (page: Step, ...words: readonly string[]): Place => ({ page, words: [steps[page], ...words] });

/**
 * Every command of the command line with the place here that does the same. The texts of the engine name commands, once for both
 * doors; a test holds this table against the commands there are. null: only a terminal does it, so it stays as it is.
 */
export const places: Readonly<Record<string, Told | null>> = {
  'init': () => ({ page: 'new', words: [texts.create.title] }),
  'connect': ({ words, options }) => {
    const role = words.find((word): word is 'source' | 'destination' | 'sandbox' => word === 'source' || word === 'destination' || word === 'sandbox');
    return at(role === 'sandbox' ? 'sample' : 'connect', ...(role === undefined ? [] : [texts.connect[role]]), ...options.flatMap(settingOf));
  },
  'check': () => at('connect', texts.connect.check),
  'discover': () => at('discovery', texts.discovery.start),
  'propose': () => at('discovery', texts.discovery.propose),
  'plan show': () => at('file'),
  'plan diff': () => at('map'),
  'plan validate': () => at('file', texts.file.save),
  'plan confirm': ({ has }) => (has('file') ? at('file', texts.file.save) : at('map', has('accept-recommendations') ? texts.map.confirmPlanAll : texts.map.confirmPlan)),
  'decide': () => at('decisions'),
  'owners export': () => at('decisions', texts.owners.title),
  'owners apply': () => at('decisions', texts.owners.title),
  // Nothing is previewed before it was read in.
  'preview': () => at('run', texts.preview.start),
  'sample': () => at('sample', texts.sample.start),
  'run': ({ has, value }) => {
    const mode = value('mode');
    if (mode === 'sandbox' || has('sandbox')) return at('sample', texts.sample.sandboxStart);
    return mode === 'delta' ? at('run', texts.run.modes.delta) : mode === 'preview' ? at('run', texts.preview.start) : mode === 'sample' ? at('sample', texts.sample.start) : at('run', texts.run.modes.production);
  },
  'status': () => at('run', texts.run.history),
  'wait': () => at('run'),
  'pause': () => at('run', texts.run.pause),
  'resume': () => at('run', texts.run.resume),
  'cancel': () => at('run', texts.run.stop),
  'approve': () => at('run', texts.run.approve),
  'quarantine list': () => at('quarantine'),
  'quarantine export': ({ has }) => at('quarantine', has('file') ? texts.quarantine.correction : texts.quarantine.download),
  'quarantine retry': () => at('quarantine', texts.quarantine.retryThese(0, 0)),
  'verify': () => at('verification'),
  'reconcile': () => at('verification', texts.verification.reconciliation),
  'delta': ({ has }) => at('run', texts.run.modes.delta, ...(has('dry-run') ? [texts.run.dry] : [])),
  'rollback': ({ has }) => at('rollback', has('dry-run') ? texts.rollback.dry : has('delete-changed') ? texts.rollback.changed : texts.rollback.go),
  'report': ({ has }) => (has('spot-check') ? at('spotcheck', texts.spotcheck.draw) : at('documents', texts.documents.reports)),
  'handoff': () => at('documents', texts.documents.handoff),
  'guide': () => ({ page: 'new', words: [texts.create.title, texts.create.guide] }),
  'purge': () => at('overview', texts.settings.purge),
  'plan schema': null, 'estimate': null, 'serve': null, 'worker': null, 'demo': null,
};

/** What is to be filled in, in words: `--set ticketType=Help desk` is "Ticket type: Help desk". Of a secret its name alone. */
function settingOf([option, assignment]: readonly [string, string]): readonly string[] {
  const [name = '', value = ''] = assignment.split('=');
  if ((option !== 'set' && option !== 'secret-env') || name === '' || name.startsWith('<')) return [];
  const label = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return [`${label.charAt(0).toUpperCase()}${label.slice(1)}${option === 'secret-env' || value === '' || value.startsWith('<') ? '' : `: ${value}`}`];
}

interface Arguments {
  readonly words: readonly string[];
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly has: (option: string) => boolean;
  readonly value: (option: string) => string | undefined;
}

/** Name of a command as the table has it; null = there is no such command. */
export function commandOf(text: string): string | null {
  const [, first = '', second = ''] = /^portolan ([a-z]+)(?: ([a-z]+))?/.exec(text) ?? [];
  return [`${first} ${second}`, first].find((name) => Object.hasOwn(places, name)) ?? null;
}

/**
 * A text with its commands, which stand in backticks (`portolan discover acme`), told as places of this console. Everything else,
 * other backticks too, stays as it is: values of records may hold any character.
 */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/`(portolan [a-z][^`]{0,300})`/g)) {
    const place = placeOf(match[1] ?? '');
    if (place === null) continue;
    if (match.index > from) pieces.push({ kind: 'words', text: text.slice(from, match.index) });
    pieces.push({ kind: 'place', ...place });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'words', text: text.slice(from) });
  return pieces;
}

/** The same where no link can stand: in a list to choose from, say. */
export const plainly = (text: string): string => piecesOf(text).map((piece) => piece.text).join('');

/** A command, or several joined by &&: the place of the first, and the words of all. */
function placeOf(commands: string): Readonly<{ text: string; page: Page }> | null {
  const all = commands.split(' && ').map((command) => places[commandOf(command) ?? '']?.(argumentsOf(command)) ?? null);
  const [first = null] = all;
  if (first === null || all.includes(null)) return null;
  return { page: first.page, text: all.flatMap((place) => (place === null ? [] : [place.words.join(' › ')])).join(', ') };
}

function argumentsOf(command: string): Arguments {
  const words: string[] = [];
  const options: (readonly [string, string])[] = [];
  const parts = command.split(/\s+/);
  for (let index = 1; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    if (!part.startsWith('--')) { words.push(part); continue; }
    const next = parts[index + 1];
    const takes = next !== undefined && !next.startsWith('--');
    options.push([part.slice(2), takes ? next : '']);
    if (takes) index += 1;
  }
  return { words, options, has: (name) => options.some(([one]) => one === name), value: (name) => options.find(([one]) => one === name)?.[1] };
}
