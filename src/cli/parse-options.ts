import { InvalidArgumentError } from 'commander';

/** A whole number of at least one, for commander's options. */
export function positiveInteger(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || !Number.isSafeInteger(number)) throw new InvalidArgumentError('Give a whole number of at least 1.');
  return number;
}

/** Project names are used for folders and in commands: letters, digits, dot, dash and underscore. */
export function projectName(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)) throw new InvalidArgumentError('Use letters, digits, dots, dashes and underscores, at most 63, and begin with a letter or digit.');
  return text;
}

/** `name=value` at the first equals sign. */
export function pair(text: string): string {
  if (!/^[^=]+=/s.test(text)) throw new InvalidArgumentError('Write name=value.');
  return text;
}
