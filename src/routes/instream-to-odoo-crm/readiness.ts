import type { Catalog } from '../../connector/catalog.ts';
import type { CheckResult } from '../../connector/check-result.ts';
import { answeredCheck, type Answers } from '../../plan/answered-check.ts';
import { silentStages } from './decisions.ts';
import { exportedLists } from './exported-lists.ts';
import { objectOf } from './mapping-input.ts';
import { openOwners } from './owner-decisions.ts';
import { meaningOf } from './status-words.ts';

type Both = Readonly<{ source: Catalog; destination: Catalog; answers?: Answers }>;

/** Checks that need both sides. */
export function readiness(both: Both): readonly CheckResult[] {
  const { source, destination, answers = {} } = both;
  return [
    crmInstalled(destination), wonStage(destination), stageMeaning(source, answers), customFieldTypes(source), amountUnits(both), socialProfiles(source), ownerCounts(source), owners(both), lists(source, answers),
    timeZone(source), filesPresent(source), emailsPresent(source), recurring(source), trialVersion(destination), viewExtensions(destination),
  ];
}

const check = (name: string, title: string) => ({
  passed: (message: string): CheckResult => ({ name, title, result: 'passed', message, remedy: null }),
  warning: (message: string, remedy: string): CheckResult => ({ name, title, result: 'warning', message, remedy }),
  failed: (message: string, remedy: string): CheckResult => ({ name, title, result: 'failed', message, remedy }),
});

function crmInstalled(destination: Catalog): CheckResult {
  const { passed, failed } = check('route-crm-models', 'CRM models');
  return objectOf(destination, 'crm.lead') !== undefined ? passed('crm.lead is there.') : failed('The destination has no crm.lead: the CRM app is not installed, or this user may not see it.', 'Install the CRM app (Apps > CRM), or give the user Sales rights.');
}

function wonStage(destination: Catalog): CheckResult {
  const { passed, warning } = check('route-won-stage', 'A won stage');
  const stages = (destination.facts['stages'] ?? []) as unknown as readonly { readonly isWon: boolean }[];
  return stages.some((stage) => stage.isWon) ? passed('Won deals have a stage to go to.') : warning('No stage is marked as won: won deals would wait in quarantine.', 'Mark one in CRM > Configuration > Stages ("Is Won Stage?").');
}

function stageMeaning(source: Catalog, answers: Answers): CheckResult {
  const { passed, warning } = check('route-stage-meaning', 'Meaning of stages');
  const stages = (source.facts['stageOutcomes'] ?? []) as unknown as readonly { readonly pipeline: string; readonly stage: string }[];
  const silent = stages.filter((stage) => meaningOf(stage.stage) === null).map((stage) => stage.stage);
  const stated = (objectOf(source, 'deal')?.fields.find((field) => field.name === 'status')?.profile?.filled ?? 0) >= 1;
  if (silent.length === 0 || stated) return passed(stated ? 'Every deal says whether it is open, won or lost.' : 'The names of all stages say what they mean.');
  const found = warning(`The names of ${silent.length} stages do not say whether they close a deal: ${some(silent)}; not every deal has a status.`, 'Answer the decisions stage-meaning:… before the run.');
  return answeredCheck(found, silentStages(source).filter((row) => meaningOf(row.stage) === null).map(({ key }) => ({ id: `stage-meaning:${key}`, about: key })), answers);
}

/** Signs by which currencies are written, beside their codes. */
const signs: { readonly [code: string]: readonly string[] } = { PLN: ['ZŁ'], EUR: ['€'], USD: ['$', 'US$'], GBP: ['£'], CZK: ['KČ'], UAH: ['₴'], JPY: ['¥'] };

/** IO-03: an amount that names another currency in its own cell would go in as the company's. */
function amountUnits({ source, destination }: Both): CheckResult {
  const { passed, failed } = check('route-amount-units', 'Currencies in amounts');
  const units = source.notes.filter(({ code, subject }) => code === 'units-in-amounts' && subject === 'deal').flatMap(({ details }) => (details?.['units'] ?? []) as readonly string[]);
  const company = String(destination.facts['currency'] ?? '').toUpperCase();
  const others = units.filter((unit) => unit !== company && signs[company]?.includes(unit) !== true);
  if (others.length === 0) return passed(units.length === 0 ? 'Amounts are plain numbers.' : `Amounts are written with ${units.join(', ')}, the currency of the company.`);
  return failed(`Amounts of deals are written with ${others.join(', ')}, and Odoo's company keeps ${company || 'an unknown currency'}: the figures would be taken as they stand.`, 'Give the deals a column "currency" with the code of each, and plain figures as amounts; then discover again.');
}

function customFieldTypes(source: Catalog): CheckResult {
  const { passed, warning } = check('route-custom-field-types', 'Types of custom fields');
  const fields = ['contact', 'company', 'deal', 'list_membership'].flatMap((object) => (objectOf(source, object)?.fields ?? []).filter((field) => field.custom).map((field) => ({ label: `${object}.${field.label}`, sure: field.type !== 'unknown' && (field.profile?.typeConfidence ?? 0) >= 0.98 })));
  const doubtful = fields.filter((field) => !field.sure).map((field) => field.label);
  if (doubtful.length === 0) return passed(`${fields.length} custom fields, all of certain type.`);
  return warning(`${doubtful.length} of ${fields.length} custom fields hold values of several kinds and are kept as text: ${some(doubtful)}.`, 'Look at their lines in the plan; choose another type where the values allow it.');
}

function socialProfiles(source: Catalog): CheckResult {
  const columns = ['contact', 'company'].flatMap((object) => (objectOf(source, object)?.fields ?? []).filter((field) => /^(linkedin|twitter|facebook)_url$|^other_social$/.test(field.name) && (field.profile?.filled ?? 0) > 0).map((field) => `${object}.${field.name}`));
  return check('route-social-profiles', 'Social profiles').passed(columns.length === 0 ? 'The export names no profiles.' : `The addresses of profiles are moved (${columns.join(', ')}); what InStream shows of them is live and not in any export.`);
}

function ownerCounts(source: Catalog): CheckResult {
  const { passed, warning } = check('route-owner-counts', 'Contacts per owner');
  const counts = Object.entries((source.facts['contactsPerOwner'] ?? {}) as Record<string, number>);
  const text = `Contacts per owner: ${some(counts.map(([owner, count]) => `${owner} ${count}`), 20)}; without owner ${Number(source.facts['contactsWithoutOwner'] ?? 0)}.`;
  const listed = objectOf(source, 'owner')?.count ?? 0;
  if (counts.length === 1 && listed > 1) return warning(`${text} The export lists ${listed} owners, yet only one owns contacts.`, 'An export by a user who is no administrator holds shared records only: export as administrator.');
  return passed(`${text} Compare with InStream.`);
}

function owners(both: Both): CheckResult {
  const { passed, warning } = check('route-owners', 'Owners are users');
  const open = openOwners(both.source, both.destination);
  if (open.length === 0) return passed('Every owner has a user, or the list of users could not be read.');
  const found = warning(`${open.length} owners have no user: ${some(open)}.`, 'Make the users first, or answer the decisions owner:….');
  return answeredCheck(found, open.map((email) => ({ id: `owner:${email}`, about: email })), both.answers ?? {});
}

function lists(source: Catalog, answers: Answers): CheckResult {
  const { passed, warning } = check('route-lists', 'Lists');
  const all = exportedLists(source);
  const funnels = all.filter((list) => list.statuses.length > 1);
  if (all.length === 0) return passed('The export has no lists.');
  const members = all.reduce((sum, list) => sum + list.people + list.companies, 0);
  if (funnels.length === 0) return passed(`${all.length} lists with ${members} members.`);
  const found = warning(`${all.length} lists with ${members} members; on ${funnels.length} of them members have different statuses: ${some(funnels.map((list) => list.name))}.`, 'Decide for each whether it is a segment or a pipeline (list:…): as a segment its statuses are gone.');
  return answeredCheck(found, funnels.map(({ name }) => ({ id: `list:${name}`, about: name })), answers);
}

function timeZone(source: Catalog): CheckResult {
  const { passed, warning } = check('route-time-zone', 'Time zone of the export');
  const zone = source.facts['timezone'];
  return typeof zone === 'string' ? passed(`Times without a zone are read as of ${zone}.`) : warning('The export does not say its time zone: times without one are read as of Europe/Warsaw.', 'Where that is wrong: `portolan connect <project> source --set timezone=Area/City`, then discover again.');
}

function filesPresent(source: Catalog): CheckResult {
  const { passed, warning } = check('route-files-present', 'Files are in the export');
  const missing = ['file', 'email_attachment'].flatMap((name) => {
    const object = objectOf(source, name);
    const filled = object?.fields.find((field) => field.name === 'content')?.profile?.filled;
    const count = object?.count ?? 0;
    const absent = filled === undefined ? 0 : Math.round(count * (1 - filled));
    return absent === 0 ? [] : [`${absent} of ${count} ${name === 'file' ? 'files' : 'attachments of e-mails'}`];
  });
  return missing.length === 0 ? passed('Every file that a row names is there.') : warning(`Not in the export: ${missing.join(', ')}.`, 'Add them under their paths; without them these records wait in quarantine.');
}

function emailsPresent(source: Catalog): CheckResult {
  const { passed, warning } = check('route-emails-present', 'E-mails are in the export');
  const count = objectOf(source, 'email')?.count ?? 0;
  return count > 0 ? passed(`${count} e-mails.`) : warning('The export holds no e-mails.', 'Where the history matters, export the mailbox itself (.mbox) into the folder emails.');
}

function recurring(source: Catalog): CheckResult {
  const { passed, warning } = check('route-recurring-meetings', 'Recurring meetings');
  const meeting = objectOf(source, 'meeting');
  const count = Math.round((meeting?.count ?? 0) * (meeting?.fields.find((field) => field.name === 'recurrence_rule')?.profile?.filled ?? 0));
  return count === 0 ? passed('No meeting repeats.') : warning(`${count} meetings repeat.`, 'They go in once; set the repetition anew in Odoo for those to come.');
}

function trialVersion(destination: Catalog): CheckResult {
  const { passed, warning } = check('route-trial-version', 'Version that stays');
  if (destination.facts['hosting'] === 'odoo.sh') return warning(`Odoo ${destination.version ?? ''} on Odoo.sh.`, 'Make sure that production will run this very version: branches and trials may be ahead of it.');
  return passed(`Odoo ${destination.version ?? 'of unknown version'}, not on Odoo.sh.`);
}

function viewExtensions(destination: Catalog): CheckResult {
  return check('route-view-extensions', 'New fields are shown').passed(`New fields are added to the forms of Odoo ${destination.version ?? ''} by extensions that the load makes and a rollback removes. Look at them again after an upgrade to another major version.`);
}

const some = (names: readonly string[], most = 5): string => `${names.slice(0, most).join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
