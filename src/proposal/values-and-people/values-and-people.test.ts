import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CatalogObject } from '../../connector/catalog.ts';
import { proposeObjects } from './propose-objects.ts';
import { proposeOwners } from './propose-owners.ts';
import { proposeValueMap } from './propose-value-map.ts';

const option = (value: string, label = value) => ({ value, label });
const map = (values: readonly string[], options: readonly { value: string; label: string }[]) => Object.fromEntries(proposeValueMap({ values, options }).map(({ value, target }) => [value, target]));

test('values are paired across languages by sense, country and text', () => {
  expect(map(['Hoch', 'niski', 'Normale', 'urgent', 'brak'], [option('0', 'None'), option('1', 'Low'), option('2', 'Medium'), option('3', 'High'), option('4', 'Urgent')])).toEqual({ Hoch: '3', niski: '1', Normale: '2', urgent: '4', brak: '0' });
  expect(map(['Deutschland', 'POL', 'Atlantis'], [option('de', 'Germany'), option('pl', 'Poland'), option('fr', 'France')])).toEqual({ Deutschland: 'de', POL: 'pl', Atlantis: null });
  expect(map(['Angebot', 'closedwon', 'Fermée perdue', 'Verhandlung'], [option('1', 'New'), option('2', 'Proposition'), option('3', 'Negotiation'), option('4', 'Won'), option('5', 'Lost')])).toEqual({ Angebot: '2', closedwon: '4', 'Fermée perdue': '5', Verhandlung: '3' });
});

test('every value gets an option that exists or none, with a probability', () => {
  const options = fc.array(fc.record({ value: fc.string(), label: fc.string() }), { maxLength: 6 });
  fc.assert(fc.property(fc.array(fc.string(), { maxLength: 6 }), options, (values, given) => {
    for (const { target, probability } of proposeValueMap({ values, options: given })) {
      expect(target === null || given.some(({ value }) => value === target)).toBe(true);
      expect(probability >= 0 && probability <= 1).toBe(true);
    }
  }));
});

test('owners are found by e-mail, then by name in any order, then by initial; several are never picked from', () => {
  const users = [{ id: '1', name: 'Anna Kowalska', email: 'anna@muster.example' }, { id: '2', name: 'Jan Nowak', email: 'jan@muster.example' }, { id: '3', name: 'Jan Nowak', email: 'jan2@muster.example' }, { id: '4', name: 'Eva Lind', email: null }];
  const found = (name: string | null, email: string | null) => { const [proposal] = proposeOwners({ owners: [{ id: 'x', name, email }], users }); return [proposal?.user?.id ?? null, proposal?.reason]; };
  expect(found('A. K.', ' ANNA@muster.example')).toEqual(['1', 'same e-mail']);
  expect(found('Lind, Eva', 'eva@old.example')).toEqual(['4', 'same name']);
  expect(found('E. Lind', null)).toEqual(['4', 'same initial and last name']);
  expect(found('Jan Nowak', null)).toEqual([null, '2 users have the same name']);
  expect(found('Nobody Known', null)).toEqual([null, 'nobody of that e-mail or name']);
});

test('objects are paired by name, kind and fields; a stranger gets none', () => {
  const object = (name: string, fields: readonly string[]): CatalogObject => ({ name, label: name, count: null, fields: fields.map((field) => ({ name: field, label: field, type: 'text', required: false, readonly: false, custom: false })) });
  const destinations = [object('contact', ['first_name', 'last_name', 'email', 'phone', 'job_title']), object('company', ['name', 'vat', 'industry', 'employees', 'website']), object('deal', ['title', 'amount', 'stage', 'expected_close_date', 'probability'])];
  const targets = proposeObjects({ sources: [object('Osoby', ['Imię', 'Nazwisko', 'E-mail', 'Telefon']), object('Verkaufschancen', ['Name der Verkaufschance', 'Betrag', 'Phase', 'Wahrscheinlichkeit']), object('Firmen', ['Firma', 'USt-IdNr.', 'Branche', 'Mitarbeiterzahl']), object('xkq_log', ['ts', 'lvl', 'thr', 'crc'])], destinations });
  expect(targets.map(({ target }) => target)).toEqual(['contact', 'deal', 'company', null]);
});
