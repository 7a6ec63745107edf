import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface Import {
  /** As written: `../connector/errors.ts`, `node:fs`, `pg`. */
  readonly specifier: string;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** Relative to the tree's root, with `/`: `engine/load/load-batch.ts`. */
  readonly name: string;
  readonly imports: readonly Import[];
  readonly lines: number;
  /** The text without comments, line by line. */
  readonly code: readonly string[];
}

const statement = /^[ \t]*(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\s+from\s+)['"]([^'"\n]+)['"]/gm;
const bare = /^[ \t]*import\s+['"]([^'"\n]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** All imports of a file, those of other files' exports and dynamic ones too. `import { type A }` alone counts as running code: it is one. */
export function importsOf(text: string): readonly Import[] {
  return [
    ...[...text.matchAll(statement)].map((match) => ({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined })),
    ...[...text.matchAll(bare), ...text.matchAll(dynamic)].map((match) => ({ specifier: match[1] ?? '', typeOnly: false })),
  ];
}

/** Lines with comments blanked: whole-line and block ones, and what follows ` //`. */
function codeOf(text: string): readonly string[] {
  let inBlock = false;
  return text.split('\n').map((line) => {
    const trimmed = line.trim();
    if (inBlock) {
      inBlock = !trimmed.includes('*/');
      return '';
    }
    if (trimmed.startsWith('/*')) {
      inBlock = !trimmed.includes('*/');
      return '';
    }
    return trimmed.startsWith('//') ? '' : line.replace(/\s\/\/\s.*$/, '').replace(/\/\*.*?\*\//g, '');
  });
}

export function sourceFile(name: string, text: string): SourceFile {
  return { name, imports: importsOf(text), lines: text.replace(/\n$/, '').split('\n').length, code: codeOf(text) };
}

/** Every .ts file under `root`. */
export function readTree(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|mts|tsx)$/.test(name) && !name.includes('node_modules'))
    .map((name) => sourceFile(name.split(path.sep).join('/'), readFileSync(path.join(root, name), 'utf8')))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** The file a relative import means, in the tree's names; null for a package. */
export function target(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : null;
}
