import { describe, expect, it } from 'vitest';
import { dummyEmailReason } from './dummy-email.ts';
import { foldText } from '../fold.ts';
import { cleanHeader, foldHeader, looksLikeData, nameColumns } from '../tables/header-names.ts';
import { KeyIndex, hash64 } from '../key-index.ts';
import { splitMulti } from './multi-values.ts';
import { isBooleanWord, isDamagedPhone, isEmailValue, isPhoneValue, isUrlValue } from './value-kinds.ts';

describe('names of columns', () => {
  it('are trimmed of marks and folded for matching only', () => {
    expect(cleanHeader('\ufeff "E-mail"* ')).toBe('E-mail');
    expect(foldHeader('Imię i  Nazwisko')).toBe('imie i nazwisko');
    expect(foldHeader('E-mail *')).toBe('e mail');
    expect(foldText('ŁÓDŹ Straße Ørsted')).toBe('lodz strasse orsted');
  });

  it('are unique and never empty', () => {
    expect(nameColumns(['Telefon', '', 'telefon', 'Telefon', ' '])).toEqual({ names: ['Telefon', 'column_2', 'telefon (2)', 'Telefon (3)', 'column_5'], empty: [2, 5], repeated: ['telefon', 'Telefon'] });
  });

  it('are told from data by an e-mail address, a phone number, a date', () => {
    expect([['Imię', 'E-mail'], ['Jan', 'jan@firma.example'], ['Jan', '+48 600 700 800'], ['Jan', '2026-01-02']].map(looksLikeData)).toEqual([false, true, true, true]);
  });
});

describe('cells with several values', () => {
  const known = (part: string): boolean => ['VIP', 'Partner', 'Smith, Sons'].includes(part);
  it.each([
    ['VIP;Partner', ['VIP', 'Partner']], ['VIP | Partner', ['VIP', 'Partner']], ['VIP\nPartner', ['VIP', 'Partner']], ['VIP, Partner', ['VIP', 'Partner']], ['VIP, Unknown', ['VIP, Unknown']],
    ['Smith, Sons', ['Smith, Sons']], ['Smith, Sons; VIP', ['Smith, Sons', 'VIP']], ['["a, b", "c"]', ['a, b', 'c']], ['[broken', ['[broken']], ['', []], [' ; ', []],
  ])('%j → %j', (cell, parts) => { expect(splitMulti(cell, known)).toEqual(parts); });
});

describe('made-up e-mail addresses', () => {
  it.each([['x6k9q2@z6w7', 'domain-without-dot'], ['jan@brak.pl', 'placeholder-domain'], ['a@example.com', 'placeholder-domain'], ['test@no-email.com', 'placeholder-domain'], ['jan@firma.noemail', 'placeholder-domain'], ['brak@firma.pl', 'placeholder-local-part'], ['a8f3k29dk1@x7k2p9qz1.pl', 'random-at-random']])('%s: %s', (email, reason) => {
    expect(dummyEmailReason(email)).toBe(reason);
  });
  it.each(['jan.kowalski@firma.pl', 'osoba17@mail.example.org', 'anna@biuro.example', 'k.w@wp.pl', 'jan1985a2b3@gmail.com', 'not an address', 'info@krzysztof-i-syn.com.pl'])('%s looks real', (email) => { expect(dummyEmailReason(email)).toBeNull(); });
});

describe('kinds of values', () => {
  it('are told apart', () => {
    expect(['tak', 'NIE', '✓', 'maybe', '1'].map(isBooleanWord)).toEqual([true, true, true, false, false]);
    expect(['a@b.example', 'Jan <a@b.example>', 'mailto:a@b.example', 'a@b', 'a@b.example; c@d.example'].map(isEmailValue)).toEqual([true, true, true, false, false]);
    expect(['https://a.example/x', 'www.a.example', 'a.example'].map(isUrlValue)).toEqual([true, true, false]);
    expect(['+48 600-700-800', '(61) 852 12 12 wew. 3', '12345', 'tel. 600700800'].map(isPhoneValue)).toEqual([true, true, false, false]);
    expect(['4,86E+10', '48600700800'].map(isDamagedPhone)).toEqual([true, false]);
  });
});

describe('the index of keys', () => {
  it('tells new, identical and clashing rows apart among many', () => {
    const index = new KeyIndex();
    for (let number = 0; number < 20_000; number += 1) expect(index.add(hash64(`key ${number}`), hash64(`content ${number}`), { file: 0, line: number + 1 })).toBe('new');
    expect(index.add(hash64('key 7'), hash64('content 7'), { file: 1, line: 1 })).toBe('identical');
    expect(index.add(hash64('key 7'), hash64('other'), { file: 1, line: 2 })).toBe('clash');
    expect(index.add(hash64('key 7'), hash64('other'), { file: 1, line: 3 })).toBe('identical');
    expect([index.size, index.identical, index.clashing]).toEqual([20_000, 2, 1]);
    expect(index.lookup(hash64('key 7'), hash64('other'))).toMatchObject({ first: { file: 0, line: 8 }, same: { file: 1, line: 2 }, shared: true });
    expect(index.lookup(hash64('key 8'), hash64('content 8'))).toEqual({ first: { file: 0, line: 9 }, same: { file: 0, line: 9 }, shared: false, smallest: true });
    expect(index.lookup(hash64('nobody'), hash64(''))).toBeNull();
  });

  it('names the same smallest content whatever the order of rows', () => {
    const contents = ['a', 'b', 'c', 'd'].map(hash64);
    const smallestOf = (order: readonly (readonly [number, number])[]): boolean[] => {
      const index = new KeyIndex();
      for (const [line, content] of order.entries()) index.add(hash64('key'), content, { file: 0, line: line + 1 });
      return contents.map((content) => index.lookup(hash64('key'), content)?.smallest ?? false);
    };
    expect(smallestOf(contents).filter(Boolean)).toHaveLength(1);
    expect(smallestOf([...contents].reverse())).toEqual(smallestOf(contents));
  });
});
