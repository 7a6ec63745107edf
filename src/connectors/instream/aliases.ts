import { foldHeader } from '../../connector/kit/tables/header-names.ts';
import type { ObjectDefinition } from './objects.ts';

/** Polish and English headers by canonical column, as comparable exports write them (facts section 5). */
const aliases: { readonly [column: string]: string } = {
  id: 'id, identyfikator, record id, id rekordu, lp id',
  email: 'e-mail, email, adres e-mail, adres email, mail, email address, e-mail address',
  emails: 'e-maile, adresy e-mail, dodatkowe e-maile, other emails',
  first_name: 'imię, first name, given name, imie',
  last_name: 'nazwisko, last name, surname, family name',
  full_name: 'imię i nazwisko, nazwa, osoba, name, kontakt, full name, nazwisko i imię',
  company_name: 'firma, nazwa firmy, company, company name, organization, organisation, account, organizacja',
  company_id: 'id firmy, company id',
  job_title: 'stanowisko, position, title, job title',
  phone: 'telefon, nr telefonu, numer telefonu, tel., phone number, phone',
  phones: 'telefony, dodatkowe telefony, other phones',
  mobile: 'komórka, telefon komórkowy, mobile phone, mobile, tel. kom.',
  vat: 'NIP, VATIN, VAT, tax id, vat number, nip firmy',
  street: 'ulica, adres, address, street address',
  street2: 'adres 2, ulica 2, address 2, street 2',
  zip: 'kod pocztowy, postal code, zip code, postcode',
  city: 'miasto, miejscowość, town',
  state: 'województwo, region, province',
  country: 'kraj, państwo',
  website: 'strona www, www, url, strona internetowa, web',
  domain: 'domena',
  linkedin_url: 'linkedin, profil linkedin', twitter_url: 'twitter, x, profil twitter', facebook_url: 'facebook, profil facebook',
  other_social: 'inne profile, other social, social',
  owner_email: 'opiekun, właściciel, handlowiec, owner, assigned to, owner email, e-mail opiekuna, email opiekuna',
  tags: 'tagi, etykiety, labels, tag, tags',
  lists: 'listy, lista, lista relacji, listy relacji, lists',
  stage_name: 'etap, stage, stage name, status, nazwa etapu',
  status: 'status szansy, deal status, wynik',
  pipeline_name: 'lejek, proces, pipeline, pipeline name, nazwa lejka',
  amount: 'wartość, kwota, wartość szansy, value, deal value, amount',
  currency: 'waluta',
  probability: 'prawdopodobieństwo',
  expected_close: 'planowana data zamknięcia, expected close date, przewidywana data zamknięcia, close date',
  closed_at: 'data zamknięcia, zamknięto, closed',
  lost_reason: 'powód przegranej, powód utraty, lost reason',
  contact_email: 'e-mail kontaktu, email kontaktu, contact email, e-mail osoby, email, e-mail, adres e-mail',
  contact_id: 'id kontaktu, contact id, id osoby',
  created_at: 'data utworzenia, utworzono, dodano, created, created at, create date, data dodania, data',
  updated_at: 'data modyfikacji, ostatnia zmiana, updated, modified, zmodyfikowano, updated at',
  added_at: 'dodano, data dodania', status_changed_at: 'zmiana statusu, data zmiany statusu',
  status_name: 'status, etap, stage', list_name: 'lista, nazwa listy, list, lista relacji', list_id: 'id listy',
  body: 'notatka, treść, opis, komentarz, note, content, text',
  note: 'notatka, opis, komentarz, uwagi',
  description: 'opis, uwagi, notatki, komentarz, notes, comments',
  archived: 'zarchiwizowany, archiwum, zarchiwizowana, archiwalny, is archived',
  source: 'źródło, źródło kontaktu, lead source, pochodzenie',
  industry: 'branża', employee_count: 'liczba pracowników, zatrudnienie, employees, number of employees',
  birthday: 'data urodzenia, urodziny, birth date, date of birth',
  name: 'nazwa, name, tytuł', title: 'nazwa, tytuł, nazwa szansy, szansa, deal name, deal title, temat, subject, name',
  sequence: 'kolejność, lp, order, position', type: 'typ, rodzaj, kind', kind: 'rodzaj, typ',
  author_email: 'autor, author, e-mail autora', tag_name: 'tag, etykieta, nazwa tagu',
  label: 'etykieta, nazwa, label, nazwa pola', object: 'obiekt', options: 'opcje, wartości', key: 'klucz', required: 'wymagane', default: 'wartość domyślna',
  active: 'aktywny', role: 'rola', color: 'kolor', record_type: 'typ rekordu', record_id: 'id rekordu',
  due_at: 'termin, termin wykonania, due date, deadline, due', done: 'wykonane, zrobione, zakończone, ukończone, completed, status wykonania', done_at: 'data wykonania, data zakończenia, wykonano, completed at, done date',
  start_at: 'początek, start, data rozpoczęcia, rozpoczęcie, od, data spotkania, start time, starts at, begin', end_at: 'koniec, end, data zakończenia, zakończenie, end time, ends at, finish',
  location: 'miejsce, lokalizacja, place', attendees: 'uczestnicy, goście, zaproszeni, participants, guests, invitees', organizer_email: 'organizator, organizer, e-mail organizatora, host',
  timezone: 'strefa czasowa, strefa, time zone, timezone, tz', all_day: 'cały dzień, całodniowe, całodniowy, wydarzenie całodniowe, all day, all day event',
  uid: 'uid, ical uid', recurrence_rule: 'powtarzanie, reguła powtarzania, recurrence, rrule',
  attendees_accepted: 'potwierdzili, zaakceptowali, accepted', attendees_declined: 'odmówili, odrzucili, declined', attendees_tentative: 'może, wstępnie, tentative, maybe', attendees_open: 'bez odpowiedzi, no answer, needs action',
  started_at: 'data rozmowy, data połączenia, data, rozpoczęto, godzina, call date, call time, started', duration: 'czas trwania, długość, length, czas, call duration', direction: 'kierunek, typ połączenia, call type', outcome: 'wynik, rezultat, wynik rozmowy, result, disposition',
  subject: 'temat, tytuł, subject line', sent_at: 'data wysłania, wysłano, data, data wiadomości, date, sent, sent date', from: 'od, nadawca, from address, sender', to: 'do, odbiorca, odbiorcy, adresat, recipient, recipients',
  cc: 'dw, do wiadomości, kopia, copy', bcc: 'udw, ukryte do wiadomości, ukryta kopia, blind copy', body_html: 'treść html, html, html body', body_text: 'treść, treść wiadomości, text, plain text, body, message',
  message_id: 'id wiadomości, message id', thread_id: 'wątek, id wątku, thread, conversation, conversation id', in_reply_to: 'odpowiedź na, in reply to', attachments: 'załączniki, załącznik, attachment, pliki, files',
  path: 'ścieżka, ścieżka pliku, plik, file, file path', mime: 'typ pliku, typ mime, mime type, content type', size: 'rozmiar, rozmiar pliku, file size, bytes', sha256: 'suma kontrolna, sha 256, checksum, sha256 sum',
  uploaded_at: 'data dodania, dodano, uploaded, created', uploaded_by: 'dodał, dodane przez, autor, uploaded by',
  record_email: 'e-mail rekordu, e-mail, email, adres e-mail', template: 'szablon', shared: 'udostępniona, udostępniony, wspólna', treat_as: 'traktuj jako, traktować jako, treat as', applies_to: 'dotyczy, applies to',
};

/** Headers that mean another column in one object. */
const special: { readonly [object: string]: { readonly [column: string]: string } } = {
  company: { name: 'firma, nazwa firmy, company, company name, organization, organisation, account, organizacja' },
  owner: { name: 'imię i nazwisko, użytkownik, user' },
  stage: { name: 'etap, status, stage' },
  list: { name: 'lista, nazwa listy' },
  tag: { name: 'tag, etykieta' },
  pipeline: { name: 'lejek, pipeline, proces' },
  file: { name: 'nazwa pliku, nazwa, file name, filename' },
  email: { direction: 'typ' },
 
  meeting: { organizer_email: 'opiekun, właściciel, owner', status: 'status, stan' },
};

const fold = (list: string): string[] => list.split(',').map(foldHeader);

/** For each object: folded header → canonical columns that it may name, first match first. */
const tables = new Map<string, ReadonlyMap<string, readonly string[]>>();
function table(definition: ObjectDefinition): ReadonlyMap<string, readonly string[]> {
  const known = tables.get(definition.name);
  if (known !== undefined) return known;
  const made = new Map<string, string[]>();
  for (const { name } of definition.columns) {
    const words = [...fold(special[definition.name]?.[name] ?? ''), ...fold(aliases[name] ?? '')];
    for (const word of words) if (word !== '') made.set(word, [...(made.get(word) ?? []), name]);
  }
  tables.set(definition.name, made);
  return made;
}

export interface BoundColumn {
  readonly index: number;
  readonly header: string;
  /** Canonical name, or `cf:<header>`. */
  readonly field: string;
  readonly by: 'manifest' | 'name' | 'alias' | 'custom';
}

/**
 * Names the columns of a file: what the manifest says, then canonical names, then Polish and English aliases;
 * the rest become custom fields `cf:<header>`. A canonical column is given away once.
 */
export function bindColumns(definition: ObjectDefinition, headers: readonly string[], manifest: { readonly [header: string]: string }): readonly BoundColumn[] {
  const bound: (BoundColumn | undefined)[] = headers.map(() => undefined);
  const taken = new Set<string>();
  const canonical = new Set(definition.columns.map((column) => column.name));
  const bind = (index: number, field: string, by: BoundColumn['by']): void => {
    if (bound[index] !== undefined || taken.has(field)) return;
    bound[index] = { index, header: headers[index] ?? '', field, by };
    taken.add(field);
  };
  const eachFree = (visit: (header: string, index: number) => void): void => headers.forEach((header, index) => { if (bound[index] === undefined) visit(header, index); });
  const told = new Map(Object.entries(manifest).map(([header, field]) => [foldHeader(header), field]));
  eachFree((header, index) => { const field = told.get(foldHeader(header)); if (field !== undefined) bind(index, field, 'manifest'); });
  eachFree((header, index) => { const name = foldHeader(header).replace(/ /g, '_'); if (canonical.has(name)) bind(index, name, 'name'); });
  eachFree((header, index) => { for (const field of table(definition).get(foldHeader(header)) ?? []) bind(index, field, 'alias'); });
  // A deal export with one `status` column means the stage: InStream's statuses are the stages of a list.
  const status = bound.findIndex((column) => column?.field === 'status' && column.by !== 'manifest');
  if (definition.name === 'deal' && status >= 0 && !taken.has('stage_name') && !taken.has('stage_id')) bound[status] = { index: status, header: headers[status] ?? '', field: 'stage_name', by: 'alias' };
  return headers.map((header, index) => bound[index] ?? { index, header, field: customName(header, taken), by: 'custom' as const });
}

function customName(header: string, taken: Set<string>): string {
  const base = `cf:${header.replace(/^cf:\s*/i, '')}`;
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base} (${number})`;
  taken.add(name);
  return name;
}
