/** Writes the generated files of docs/reference/: schemas of plan and run report, reference of the transforms. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { referenceFiles } from './reference-files.ts';

for (const [name, text] of referenceFiles()) {
  await writeFile(fileURLToPath(new URL(`../docs/reference/${name}`, import.meta.url)), text);
  process.stdout.write(`docs/reference/${name}\n`);
}
