import { impure, maximumLines, platformNames, pureNodeModules, rooms, sqlDrivers, sqlText } from './rules.ts';
import type { Room } from './rules.ts';
import { target } from './source-tree.ts';
import type { Import, SourceFile } from './source-tree.ts';

const roomOf = (name: string): string => name.split('/')[0] ?? '';
/** `connectors/odoo` of `connectors/odoo/client/call.ts`; the room itself for a file right in it. */
const worldOf = (name: string): string => (name.split('/').length > 2 ? name.split('/').slice(0, 2).join('/') : roomOf(name));
/** Tests may bring rooms together: a connector with its simulator, an engine with the store. */
const isTest = (name: string): boolean => /\.test\.tsx?$|\/(?:testing|fixtures)\//.test(name);

function importFault(file: SourceFile, room: Room, line: Import): string | null {
  const to = target(file.name, line.specifier);
  if (to === null) {
    if (sqlDrivers.includes(line.specifier) && room.sql !== true) return `imports the SQL driver ${line.specifier}; SQL lives in store and work`;
    if (room.pure === true && line.specifier.startsWith('node:') && !pureNodeModules.includes(line.specifier)) return `imports ${line.specifier}; this room does no I/O`;
    return null;
  }
  if (to === '../package.json') return null; // the version, for --version
  if (to.startsWith('../')) return `imports ${line.specifier}, which is outside src`;
  const other = roomOf(to);
  if (other === roomOf(file.name)) {
    if (room.separate === true && worldOf(file.name) !== worldOf(to) && worldOf(to) !== other) return `imports ${to}; ${other} are separate from each other`;
    return null;
  }
  if (room.imports.includes(other)) return null;
  if (room.types?.includes(other) === true) return line.typeOnly ? null : `imports running code from ${to}; only types may come from ${other}`;
  return `imports ${to}; ${roomOf(file.name)} may not import ${other}`;
}

function textFaults(file: SourceFile, room: Room): readonly string[] {
  const faults: string[] = [];
  for (const [index, line] of file.code.entries()) {
    if (room.pure === true && impure.test(line)) faults.push(`line ${index + 1} uses clock, chance or I/O: ${line.trim()}`);
    if (room.sql !== true && sqlText.test(line)) faults.push(`line ${index + 1} has SQL: ${line.trim()}`);
    if (room.neutral === true && platformNames.test(line)) faults.push(`line ${index + 1} names a platform: ${line.trim()}`);
  }
  return faults;
}

/** Everything in `src` that breaks the rules, one sentence each; empty when all is well. */
export function violations(files: readonly SourceFile[]): readonly string[] {
  const found: string[] = [];
  for (const file of files) {
    if (file.lines > maximumLines) found.push(`${file.name} has ${file.lines} lines, more than ${maximumLines}`);
    const room = rooms[roomOf(file.name)];
    if (room === undefined) found.push(`${file.name} lies in a folder that the import rule does not know`);
    else if (!isTest(file.name)) {
      for (const fault of [...file.imports.map((line) => importFault(file, room, line)), ...textFaults(file, room)]) {
        if (fault !== null) found.push(`${file.name} ${fault}`);
      }
    }
  }
  return [...found, ...cycles(files.filter((file) => !isTest(file.name)))];
}

/** Each circle of imports once, as the path around it. Imports of types do not count: they are gone when the program runs. */
function cycles(files: readonly SourceFile[]): readonly string[] {
  const edges = new Map(files.map((file) => [file.name, file.imports.filter((line) => !line.typeOnly).map((line) => target(file.name, line.specifier)).filter((to) => to !== null)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    const start = trail.indexOf(name);
    if (start >= 0) {
      found.push(`circular imports: ${[...trail.slice(start), name].join(' -> ')}`);
      return;
    }
    if (done.has(name)) return;
    for (const to of edges.get(name) ?? []) visit(to, [...trail, name]);
    done.add(name);
  };
  for (const name of edges.keys()) visit(name, []);
  return found;
}
