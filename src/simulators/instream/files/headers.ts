/**
 * Header words by canonical column name (InStream's own names are unknown; these are the usual ones of Polish and English CRMs).
 * A column without a word here is written with its canonical name in both languages.
 */
const words: { readonly [canonical: string]: readonly [polish: string, english: string] } = {
  id: ['ID', 'ID'],
  first_name: ['Imię', 'First name'], last_name: ['Nazwisko', 'Last name'], full_name: ['Imię i nazwisko', 'Name'],
  email: ['Adres e-mail', 'E-mail'], phone: ['Telefon', 'Phone number'], mobile: ['Telefon komórkowy', 'Mobile'],
  job_title: ['Stanowisko', 'Position'], company_name: ['Nazwa firmy', 'Company'],
  vat: ['NIP', 'VATIN'], street: ['Ulica', 'Street'], zip: ['Kod pocztowy', 'Postal code'], city: ['Miasto', 'City'],
  state: ['Województwo', 'Region'], country: ['Kraj', 'Country'], website: ['Strona www', 'URL'],
  owner_email: ['Opiekun', 'Owner'], tags: ['Tagi', 'Labels'], lists: ['Listy', 'Lists'], source: ['Źródło', 'Source'],
  archived: ['Zarchiwizowany', 'Archived'], created_at: ['Data utworzenia', 'Created'], updated_at: ['Data modyfikacji', 'updated_at'],
  stage_name: ['Etap', 'Stage'], pipeline_name: ['Lejek', 'Pipeline'], amount: ['Wartość', 'Deal value'], currency: ['Waluta', 'Currency'],
  expected_close: ['Planowana data zamknięcia', 'Expected close date'],
  industry: ['Branża', 'Industry'], employee_count: ['Liczba pracowników', 'Employee count'],
  body: ['Treść', 'Note'],
};

/** The header of a canonical column in a file; `name` of companies and lists, `title` of deals have words of their own. */
export function headerOf(column: string, language: 'pl' | 'en'): string {
  const word = words[column]?.[language === 'pl' ? 0 : 1];
  return word ?? column;
}
