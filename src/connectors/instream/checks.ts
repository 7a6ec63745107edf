import type { CheckResult } from '../../connector/check-result.ts';
import type { ObjectScan } from './scan.ts';
import type { Tables } from './tables.ts';

const check = (name: string, title: string, result: CheckResult['result'], message: string, remedy: string | null = null): CheckResult => ({ name, title, result, message, remedy });

const nameColumns: ReadonlySet<string> = new Set(['full_name', 'first_name', 'last_name']);

/** Readiness of an export: what a machine can tell from its files. */
export function checkBundle(tables: Tables, scans: ReadonlyMap<string, ObjectScan>): readonly CheckResult[] {
  const results: CheckResult[] = [];
  const contacts = scans.get('contact');
  const deals = scans.get('deal');
  const files = [...tables.byObject.values()].flat().map((table) => table.name);
  results.push(files.length > 0
    ? check('export-readable', 'Export can be read', 'passed', `files (${files.length}): ${files.slice(0, 20).join(', ')}`)
    : { ...check('export-readable', 'Export can be read', 'failed', 'no file of the export could be recognised', 'Name the files after what they hold (contacts.csv, companies.csv, deals.csv, …) or list them in manifest.json.'), kind: 'configuration' });
  if (tables.unread.length > 0) results.push(check('files-recognised', 'Every file is recognised', 'warning', `not read: ${tables.unread.join(', ')}`, 'Name them after what they hold, or list them in manifest.json.'));
  results.push(contacts !== undefined && contacts.records > 0
    ? check('contacts-present', 'Contacts are in the export', 'passed', `${contacts.records} contacts`)
    : check('contacts-present', 'Contacts are in the export', 'failed', 'the export holds no contact', 'Export the tab People as contacts.csv and add it.'));
  if (contacts !== undefined) {
    const columns = [...contacts.fields.keys()];
    if (!columns.some((column) => nameColumns.has(column))) {
      results.push({ ...check('contacts-named', 'Contacts have names', 'failed', `no column of ${(tables.byObject.get('contact') ?? []).map((table) => table.name).join(', ')} is a name; its columns: ${columns.slice(0, 15).join(', ')}`, 'Head the column with the names "Name" (or "First name" and "Last name"), or export the tab People again.'), kind: 'configuration' });
    }
    results.push(contacts.records === 100
      ? check('contact-cap', 'Export is not cut off by the free plan', 'warning', 'exactly 100 contacts: the cap of the free plan', 'Compare with the number of contacts that InStream shows; upgrade the plan for the export if there are more.')
      : check('contact-cap', 'Export is not cut off by the free plan', 'passed', `${contacts.records} contacts`));
    results.push(contacts.facts.archived > 0
      ? check('archived-contacts', 'Archived contacts are in the export', 'passed', `${contacts.facts.archived} archived contacts`)
      : check('archived-contacts', 'Archived contacts are in the export', 'warning', 'no contact is marked as archived', 'InStream leaves archived contacts out of a default export: export them too (See archived contacts), or go on if there are none.'));
    results.push(contacts.facts.withoutOwner > 0
      ? check('owners-complete', 'Every contact has an owner', 'warning', `${contacts.facts.withoutOwner} of ${contacts.records} contacts name no owner`, 'Compare the counts per owner with InStream: an export by a user who is no administrator holds shared records only.')
      : check('owners-complete', 'Every contact has an owner', 'passed', `${contacts.facts.owners.size} owners`));
    if (contacts.facts.dummyCount > 0) results.push(check('dummy-emails', 'E-mail addresses are real', 'warning', `made-up addresses: ${contacts.facts.dummyCount}`, 'Confirm the list in the plan: made-up addresses are not loaded as e-mail.'));
  }
  results.push(companions(tables, scans));
  if (deals !== undefined) {
    results.push(deals.facts.withoutContact > 0
      ? check('deals-have-contacts', 'Every deal has a contact', 'warning', `${deals.facts.withoutContact} of ${deals.records} deals name no contact`, 'They wait in quarantine; add the contact in the export or offer the company as contact there.')
      : check('deals-have-contacts', 'Every deal has a contact', 'passed', `${deals.records} deals`));
  }
  const rejected = [...scans.values()].reduce((sum, scan) => sum + scan.files.reduce((total, file) => total + [...file.rejected.values()].reduce((count, entry) => count + entry.count, 0), 0), 0);
  results.push(rejected > 0
    ? check('rows-readable', 'Every row can be read', 'warning', `${rejected} rows could not be read`, 'See the report of each file; the rows are kept in quarantine with their text.')
    : check('rows-readable', 'Every row can be read', 'passed', 'no row was rejected'));
  return results;
}

/** Files that others refer to. */
function companions(tables: Tables, scans: ReadonlyMap<string, ObjectScan>): CheckResult {
  const missing: string[] = [];
  const has = (object: string): boolean => tables.byObject.has(object);
  const names = (object: string, ...fields: readonly string[]): boolean => fields.some((field) => (scans.get(object)?.fields.get(field)?.profile.tally().filled ?? 0) > 0);
  if (!has('company') && (names('contact', 'company_id', 'company_name') || names('deal', 'company_id', 'company_name'))) missing.push('companies.csv (contacts or deals name companies)');
  if (!has('list') && (has('list_membership') || names('contact', 'lists'))) missing.push('lists.csv (contacts are on lists)');
  if (!has('owner') && [...scans.values()].some((scan) => scan.facts.owners.size > 0)) missing.push('owners.csv (records name owners)');
  if (!has('deal')) missing.push('deals.csv (no deal is in the export)');
  if (!has('note')) missing.push('notes.csv (no note is in the export)');
  if (missing.length === 0) return check('companion-files', 'Companion files are there', 'passed', 'contacts, companies, deals, notes, owners');
  return check('companion-files', 'Companion files are there', 'warning', `missing: ${missing.join('; ')}`, 'Export and add them; without them, companies, lists and owners are gathered from the records that name them.');
}
