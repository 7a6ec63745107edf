import { readHeader } from './read-header.ts';

/** Ideas that name a field in every product, and something else in each; alone or with one of the frames beside them. */
const general = new Set(['title', 'type', 'status', 'source', 'category', 'value', 'code', 'number', 'group', 'class', 'company', 'field']);
const frames = new Set(['id', 'date', 'number', 'code', 'time', 'at', 'is', 'of', 'system', 'custom', 'field', '1', 'name']);
/** "State" may be a region or a status. */
const twofold = new Set(['state', 'states', 'estado', 'etat', 'stan', 'staat', 'stato']);

const placeholder = /^(?:\d+|\p{L}|(?:column|col|field|feld|spalte|champ|colonne|campo|columna|pole|kolumna|custom|customfield|cf|unnamed|unbenannt|var|attr|attribute|property|header|data|x)\d*)$/u;

const latin = /\p{Script=Latin}/u;

/** Whether a header is none: empty, a number, "Column 3", "custom_field_12", or in letters that no word list has. Such a column can only be told by its values. */
export function isPlaceholder(header: string): boolean {
  return !latin.test(header) || readHeader(header).words.every((word) => placeholder.test(word));
}

/** Whether a header says too little to be taken by its name alone: Title, Type, Status, State, Source, Date, Company ID, in five languages. */
export function saysLittle(header: string): boolean {
  const { readings, words } = readHeader(header);
  if (words.length === 1 && twofold.has(words[0] ?? '')) return true;
  return readings.some((reading) => {
    const ideas = reading.filter((atom) => !frames.has(atom));
    // A company's name is no general word; its number is.
    if (ideas.length === 1 && ideas[0] === 'company') return reading.includes('id');
    return ideas.length === 0 ? !reading.includes('name') && !reading.includes('number') && reading.length > 0 : ideas.length === 1 && general.has(ideas[0] ?? '');
  });
}
