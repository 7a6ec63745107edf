import type { CheckResult } from '../../connector/check-result.ts';
import type { Contents } from './contents.ts';
import type { ObjectScan } from './scan.ts';
import type { Tables } from './tables.ts';

const check = (name: string, title: string, result: CheckResult['result'], message: string, remedy: string | null = null): CheckResult => ({ name, title, result, message, remedy });

const nameColumns: ReadonlySet<string> = new Set(['full_name', 'first_name', 'last_name']);

/** Readiness of an export: what a machine can tell from its files. */
export function checkBundle(tables: Tables, scans: ReadonlyMap<string, ObjectScan>, contents: Contents): readonly CheckResult[] {
  const results: CheckResult[] = [];
  const contacts = scans.get('contact');
  const deals = scans.get('deal');
  const files = [...scans.values()].filter((scan) => scan.object.madeFrom === null).flatMap((scan) => scan.files).map(({ table, rows }) => `${table.name} (${rows} ${rows === 1 ? 'row' : 'rows'})`);
  results.push(files.length > 0
    ? check('export-readable', 'Export can be read', 'passed', `files (${files.length}): ${files.slice(0, 20).join(', ')}${files.length > 20 ? ` and ${files.length - 20} more` : ''}`)
    : { ...check('export-readable', 'Export can be read', 'failed', 'no file of the export could be recognised', 'Name the files after what they hold (contacts.csv, companies.csv, deals.csv, …) or list them in manifest.json.'), kind: 'configuration' });
  if (tables.unread.length > 0) results.push(check('files-recognised', 'Every file is recognised', 'warning', `not read: ${tables.unread.join(', ')}`, 'Name them after what they hold, or list them in manifest.json.'));
  results.push(contacts !== undefined && contacts.records > 0
    ? check('contacts-present', 'Contacts are in the export', 'passed', `${contacts.records} contacts`)
    : check('contacts-present', 'Contacts are in the export', 'failed', 'the export holds no contact', 'Export the tab People as contacts.csv and add it.'));
  if (contacts !== undefined) {
    const columns = [...contacts.fields.keys()];
    if (!columns.some((column) => nameColumns.has(column))) {
      // With other columns known it is a file of contacts, and the plan asks which column the name is; without any it may be anything.
      const isOfContacts = columns.some((column) => !column.startsWith('cf:'));
      const remedy = `Head the column with the names "Name" (or "First name" and "Last name"), or export the tab People again${isOfContacts ? '; or answer the decision key-column:contact:full_name of the plan' : ''}.`;
      results.push({ ...check('contacts-named', 'Contacts have names', isOfContacts ? 'warning' : 'failed', `no column of ${contacts.tables.map((table) => table.name).join(', ')} is a name; its columns: ${columns.slice(0, 15).join(', ')}`, remedy), kind: 'configuration' });
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
  results.push(perOwner(scans), companions(scans), ...contentChecks(contents));
  if (deals !== undefined) {
    results.push(deals.facts.withoutContact > 0
      ? check('deals-have-contacts', 'Every deal has a contact', 'warning', `${deals.facts.withoutContact} of ${deals.records} deals name no contact`, 'They wait in quarantine; add the contact in the export or offer the company as contact there.')
      : check('deals-have-contacts', 'Every deal has a contact', 'passed', `${deals.records} deals`));
  }
  const rejected = [...scans.values()].reduce((sum, scan) => sum + scan.files.reduce((total, file) => total + [...file.rejected.values()].reduce((count, entry) => count + entry.count, 0), 0), 0);
  results.push(rejected > 0
    ? check('rows-readable', 'Every row can be read', 'warning', `${rejected} ${rejected === 1 ? 'row' : 'rows'} could not be read`, 'See the report of each file; the rows are kept in quarantine with their text.')
    : check('rows-readable', 'Every row can be read', 'passed', 'no row was rejected'));
  return results;
}

/** Files that others refer to. */
function companions(scans: ReadonlyMap<string, ObjectScan>): CheckResult {
  const missing: string[] = [];
  const has = (object: string): boolean => scans.has(object);
  const names = (object: string, ...fields: readonly string[]): boolean => fields.some((field) => (scans.get(object)?.fields.get(field)?.profile.tally().filled ?? 0) > 0);
  if (!has('company') && (names('contact', 'company_id', 'company_name') || names('deal', 'company_id', 'company_name'))) missing.push('companies.csv (contacts or deals name companies)');
  if (!has('list') && (has('list_membership') || names('contact', 'lists'))) missing.push('lists.csv (contacts are on lists)');
  if (!has('owner') && [...scans.values()].some((scan) => scan.facts.owners.size > 0)) missing.push('owners.csv (records name owners)');
  if (!has('deal')) missing.push('deals.csv (no deal is in the export)');
  if (!has('note')) missing.push('notes.csv (no note is in the export)');
  if (missing.length === 0) return check('companion-files', 'Companion files are there', 'passed', 'contacts, companies, deals, notes, owners');
  return check('companion-files', 'Companion files are there', 'warning', `missing: ${missing.join('; ')}`, 'Export and add them; without them, companies, lists and owners are gathered from the records that name them.');
}

/** An export by a user who is no administrator holds shared records only: an owner without any record shows it. */
function perOwner(scans: ReadonlyMap<string, ObjectScan>): CheckResult {
  const title = 'Every owner has records in the export';
  const counts = new Map<string, { contact: number; company: number; deal: number }>();
  for (const object of ['contact', 'company', 'deal'] as const) {
    for (const [email, count] of scans.get(object)?.facts.owners ?? []) {
      const entry = counts.get(email.toLowerCase()) ?? { contact: 0, company: 0, deal: 0 };
      entry[object] += count;
      counts.set(email.toLowerCase(), entry);
    }
  }
  const listed = [...scans.get('owner')?.fields.get('email')?.profile.knownValues() ?? []].map((email) => email.trim().toLowerCase());
  const told = [...counts].sort((a, b) => b[1].contact - a[1].contact || (a[0] < b[0] ? -1 : 1)).slice(0, 20).map(([email, { contact, company, deal }]) => `${email}: ${contact} contacts, ${company} companies, ${deal} deals`).join('; ');
  const remedy = 'Compare with the counts that InStream shows each user; let an administrator export if they are higher.';
  if (listed.length === 0) return check('export-complete-per-owner', title, 'unknown', told === '' ? 'the export names no owners' : `there is no list of owners to compare with; ${told}`, 'Add owners.csv with every user of the account.');
  const empty = listed.filter((email) => !counts.has(email));
  if (empty.length > 0) return check('export-complete-per-owner', title, 'warning', `owners without contacts, companies and deals: ${empty.slice(0, 20).join(', ')}${told === '' ? '' : `; ${told}`}`, remedy);
  const unlisted = [...counts.keys()].filter((email) => !listed.includes(email));
  return check('export-complete-per-owner', title, 'passed', `${told}${unlisted.length === 0 ? '' : `; not in the list of owners: ${unlisted.slice(0, 20).join(', ')}`}`);
}

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Whether the bytes that records name are there and are the right ones. */
function contentChecks(contents: Contents): readonly CheckResult[] {
  if (contents.files + contents.missing + contents.unlisted.length === 0) return [];
  const results: CheckResult[] = [];
  const count = (code: 'file-missing' | 'file-size-differs' | 'file-checksum-differs'): number => contents.found.get(code)?.count ?? 0;
  const missing = [...contents.found.get('file-missing')?.first ?? [], ...contents.missingAttachments];
  results.push(contents.missing > 0
    ? check('attachments-present', 'Files and attachments are in the export', 'warning', `missing: ${contents.missing}, first ${missing.slice(0, 5).join(', ')}; there are ${contents.files} (${megabytes(contents.bytes)})`, 'Add them to the bundle under the paths that files.csv or emails.csv name; their records have no content otherwise.')
    : check('attachments-present', 'Files and attachments are in the export', 'passed', `${contents.files} files, ${megabytes(contents.bytes)}`));
  const wrong = count('file-size-differs') + count('file-checksum-differs');
  if (wrong > 0) results.push(check('files-intact', 'Files are what their rows say', 'warning', `size or SHA-256 differs: ${wrong}, first ${[...contents.found.get('file-size-differs')?.first ?? [], ...contents.found.get('file-checksum-differs')?.first ?? []].slice(0, 5).join(', ')}`, 'Export or copy these files again; their records say what is wrong in content_code.'));
  if (contents.unlisted.length > 0) results.push(check('files-listed', 'Every file belongs to a record', 'warning', `files that no row names: ${contents.unlisted.length}, first ${contents.unlisted.slice(0, 5).join(', ')}`, 'Add rows for them to files.csv, or take them out of the bundle.'));
  return results;
}
