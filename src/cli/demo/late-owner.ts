import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode } from '../exit-codes.ts';
import { say, type Session } from '../session.ts';
import { countInOdoo } from './count-in-odoo.ts';
import { isClean, PROJECT, type Stage } from './stage.ts';

/** An owner of the made-up export whom no user of the simulated Odoo answers to. */
const OWNER = 'magda.kos@sales.example';

/** Owner's contacts, companies and deals that stand in Odoo, whoever they belong to there; every other one belongs to nobody. */
const models = ['res.partner', 'crm.lead'] as const;

/** After the load, the records of one owner are given to a user of Odoo: only these are written. */
export async function assignLateOwner(session: Session, stage: Stage, odoo: Readonly<Record<'url' | 'database' | 'user' | 'password', string>>): Promise<void> {
  const held = async (): Promise<number> => {
    const counts = await Promise.all(models.map((model) => countInOdoo(odoo, model, [['user_id.login', '=', odoo.user], ['x_instream_id', '!=', false]])));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  const before = await held();
  const file = join(stage.folder, 'owners.csv');
  await stage.typed('owners', 'export', PROJECT, '--out', file);
  say(session, `\nSomebody opens the file, writes ${odoo.user} into the column login of ${OWNER}, and saves it.`);
  const lines = (await readFile(file, 'utf8')).split('\r\n');
  await writeFile(file, lines.map((line) => (line.startsWith(`${OWNER},`) ? `${line}${odoo.user}` : line)).join('\r\n')); // the column login is the last
  const code = await stage.typed('owners', 'apply', PROJECT, '--file', file);
  const given = await stage.report();
  const updated = given.phases.filter(({ destinationObject }) => models.some((model) => model === destinationObject)).reduce((sum, phase) => sum + phase.updated, 0);
  const created = given.phases.reduce((sum, phase) => sum + phase.created, 0);
  stage.promise(`an owner was assigned after the load: Odoo counts ${updated} more contacts, companies and deals of ${odoo.user}, nothing was loaded again`,
    [exitCode('clean'), exitCode('withQuarantine')].includes(code) && updated > 0 && created === 0 && isClean(given) && await held() === before + updated);
}
