import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from './detect.ts';
import { indexValues, overlaps, profileSamples, similarity } from './profile-samples.ts';

test.each([
  ['ada@example.org', 'email'], ['Ada <ada@example.org>', 'email'], ['https://www.linkedin.com/in/ada', 'social'], ['www.muster.example', 'url'], ['muster.example', 'domain'], ['https://img.example/a.png', 'image'],
  ['+49 171 1234567', 'mobile'], ['0171 2345678', 'phone'], ['22 123 45 67', 'phone'], ['(212) 555-0143', 'phone'], ['31.12.2024', 'date'], ['2024-12-31T10:00:00Z', 'datetime'], ['31/12/2024 10:05', 'datetime'], ['12 März 2024', 'date'], ['1676346769', 'epoch'],
  ['Ja', 'bool'], ['Oui', 'bool'], ['Sí', 'bool'], ['Tak', 'bool'], ['false', 'bool'], ['1.234,50', 'money'], ['1 234,50 zł', 'money'], ['75 %', 'percent'], ['11-50', 'range'], ['DE136695976', 'vat'], ['PL61 1090 1014 0000 0712 1981 2874', 'iban'], ['00-950', 'postcode'], ['SW1A 1AA', 'postcode'],
  ['Deutschland', 'country'], ['España', 'country'], ['PL', 'country'], ['mazowieckie', 'region'], ['OH', 'region'], ['de_DE', 'lang'], ['Polski', 'lang'], ['EUR', 'currency'], ['Europe/Warsaw', 'tz'], ['Lindenstraße 12', 'street'], ['ul. Lipowa 4/3', 'street'], ['12 rue des Tanneurs', 'street'],
  ['Anna Kowalska', 'person'], ['Spedition Wiesner GmbH', 'company'], ['Geschäftsführerin', 'job'], ['Kierownik zakupów', 'job'], ['Frau', 'salut'], ['vip,newsletter', 'tags'], ['Bitte nur vormittags anrufen, danke.', 'text'], ['<p>Hi</p>', 'html'], ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'uuid'],
])('%s looks like %s', (value, kind) => expect(detect(value).get(kind) ?? 0).toBeGreaterThanOrEqual(0.5));

test.each([['12.5', 'phone'], ['2024-12-31', 'phone'], ['60355132484', 'phone'], ['Anna Kowalska', 'company'], ['Berlin', 'bool']])('%s does not look like %s', (value, kind) => expect(detect(value).get(kind) ?? 0).toBeLessThan(0.5));

test('any text gives kinds between 0 and 1, in bounded time', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.emailAddress(), fc.webUrl(), fc.double().map(String), fc.date({ noInvalidDate: true }).map((date) => date.toISOString())), (value) => {
    for (const sureness of detect(value).values()) expect(sureness > 0 && sureness <= 1).toBe(true);
  }));
  for (const value of ['a'.repeat(1_000_000), '1-'.repeat(500_000), `${'a.'.repeat(300_000)}!`, `${' '.repeat(400_000)}x`]) expect(detect(value).size).toBeLessThan(20);
});

test('every e-mail address and every ISO time is recognised', () => {
  fc.assert(fc.property(fc.emailAddress(), (value) => (detect(value).get('email') ?? 0) === 1));
  fc.assert(fc.property(fc.date({ min: new Date('1970-01-02'), max: new Date('2099-01-01'), noInvalidDate: true }), (date) => (detect(date.toISOString()).get('datetime') ?? 0) === 1));
});

test('a profile is a share of the samples; one common value does not speak for all', () => {
  const profile = profileSamples(['a@example.org', 'b@example.org', 'n/a', '', ' ']);
  expect(profile.count).toBe(3);
  expect(profile.kinds.get('email')).toBeCloseTo(2 / 3);
  expect(profileSamples([...Array.from({ length: 16 }, () => 'unknown'), 'a@example.org']).kinds.get('email')).toBeCloseTo(0.2);
  expect(profileSamples([])).toMatchObject({ count: 0, distinct: 0 });
});

test('likeness of profiles is symmetric, 1 with itself, and says nothing without samples', () => {
  const samples = fc.array(fc.constantFrom('a@example.org', '2024-01-01', 'true', 'Berlin', '12.50', 'Anna Kowalska'), { minLength: 1, maxLength: 8 }).map(profileSamples);
  fc.assert(fc.property(samples, samples, (left, right) => {
    expect(similarity(left, right)).toBeCloseTo(similarity(right, left) ?? -1);
    expect(similarity(left, left)).toBeCloseTo(1);
    const overlap = (own: typeof left, other: typeof left): number => overlaps(own, [other], indexValues([other]))[0] ?? Number.NaN;
    expect(overlap(left, right)).toBeCloseTo(overlap(right, left));
  }));
  expect(similarity(profileSamples([]), profileSamples(['a']))).toBeNull();
});
