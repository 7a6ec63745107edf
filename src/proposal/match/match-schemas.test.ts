import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSchemas } from './match-schemas.ts';
import { readSchema } from './read-schema.ts';
import type { MatchSchema } from './schema.ts';

const schema = (fields: readonly (readonly [name: string, samples?: readonly string[], more?: object])[]): MatchSchema =>
  readSchema({ name: 'test', text: JSON.stringify({ fields: fields.map(([name, samples = [], more = {}]) => ({ name, samples, ...more })) }) });
const partner = schema(['res.partner.name', 'res.partner.function', 'res.partner.email', 'res.partner.phone', 'res.partner.mobile', 'res.partner.street', 'res.partner.city', 'res.partner.zip', 'res.partner.vat', 'res.partner.comment', 'res.partner.user_id', 'res.partner.category_id'].map((name) => [name, [], { model: 'res.partner' }] as const));
const target = (source: MatchSchema, destination = partner): Record<string, string | null> => Object.fromEntries(matchSchemas({ source, destination }).map((match) => [match.key, match.target]));

describe('headers', () => {
  test.each([
    [['Vorname', 'Nachname', 'E-Mail-Adresse', 'Telefon gesch.', 'Mobiltelefon', 'Straße', 'PLZ', 'Ort', 'USt-IdNr.', 'Betreuer', 'Bemerkungen']],
    [['Prénom', 'Nom de famille', 'Courriel', 'Téléphone fixe', 'Portable', 'Rue', 'Code postal', 'Ville', 'N° TVA', 'Commercial', 'Remarques']],
    [['Nombre', 'Apellidos', 'Correo electrónico', 'Teléfono', 'Móvil', 'Calle', 'CP', 'Población', 'NIF', 'Comercial', 'Observaciones']],
    [['Imię', 'Nazwisko', 'Adres e-mail', 'Telefon', 'Telefon kom.', 'Ulica', 'Kod pocztowy', 'Miejscowość', 'NIP', 'Opiekun', 'Uwagi']],
  ])('%j are understood without a single value', (names) => {
    const wanted = ['name', 'name', 'email', 'phone', 'mobile', 'street', 'zip', 'city', 'vat', 'user_id', 'comment'].map((field) => `res.partner.${field}`);
    expect(matchSchemas({ source: schema(names.map((name) => [name])), destination: partner }).map((match) => match.target)).toEqual(wanted);
  });

  test('compounds, run-together names, paths, abbreviations and typing errors are read', () => {
    expect(target(schema([['Rechnungsadresse Straße'], ['phone_numbers.mobile'], ['emailadress'], ['Bem.'], ['postalCode']]))).toEqual({
      'Rechnungsadresse Straße': 'res.partner.street', 'phone_numbers.mobile': 'res.partner.mobile', emailadress: 'res.partner.email', 'Bem.': 'res.partner.comment', postalCode: 'res.partner.zip',
    });
  });

  test('a generic name goes by its values', () => {
    const title = (samples: readonly string[]) => target(schema([['First name', ['Ada', 'Jan']], ['Last name', ['Lind', 'Okafor']], ['Title', samples]]))['Title'];
    expect(title(['Head of Marketing', 'IT Director', 'Founder & CEO'])).toBe('res.partner.function');
    expect(title(['Dr.', 'Mr.', 'Ms.'])).toBeNull();
  });

  test('second e-mails, shipping addresses and counts have no counterpart', () => {
    expect(target(schema([['Email', ['a@x.example', 'b@x.example']], ['Secondary email', ['c@y.example', 'd@y.example']], ['Billing city', ['Leeds', 'Tulsa']], ['Shipping city', ['Norwich', 'Dayton']], ['Number of notes', ['3', '4']]])))
      .toEqual({ Email: 'res.partner.email', 'Secondary email': null, 'Billing city': 'res.partner.city', 'Shipping city': null, 'Number of notes': null });
  });

  test('reasons name header and values in words and quote no value', () => {
    const [match] = matchSchemas({ source: schema([['Telefon kom.', ['601 234 567', '602 345 678', '+48 603 111 222']]]), destination: partner });
    expect(match).toMatchObject({ target: 'res.partner.mobile', reasons: [expect.stringMatching(/^header "Telefon kom\." reads as "mobile"/), expect.stringMatching(/3 values look like (phone|mobile) numbers/), expect.any(String)] });
    expect(match?.reasons.join(' ')).not.toContain('601');
  });
});

describe('headers that say nothing', () => {
  test('leave it to the values, and never pass without a person', () => {
    const columns = [['a@x.example', 'b@x.example'], ['+48 601 234 567', '+48 602 345 678'], ['ul. Lipowa 4', 'Długa 12'], ['Warszawa', 'Poznań'], ['xk', 'qq']];
    for (const name of [(at: number) => `Column${at + 1}`, (at: number) => `Feld ${at + 1}`, (at: number) => 'ABCDE'.charAt(at)]) {
      const matches = matchSchemas({ source: schema(columns.map((samples, at) => [name(at), samples])), destination: partner });
      expect(matches.map(({ target: found }) => found)).toEqual(['res.partner.email', expect.stringMatching(/phone|mobile/), 'res.partner.street', 'res.partner.city', null]);
      expect(matches[0]?.reasons[0]).toMatch(/says nothing; the values read as "email"/);
    }
  });
});

test('fields that a person may well prefer are named, those without a chance are not', () => {
  const [match] = matchSchemas({ source: schema([['Ansprechpartner', ['Anna Lind', 'Bo Wiesner']]]), destination: schema([['crm.lead.contact_name', [], { label: 'Contact Name' }], ['crm.lead.partner_id', [], { label: 'Customer', type: 'many2one(res.partner)' }], ['crm.lead.color', [], { label: 'Color' }]]) });
  expect(match?.near).toEqual(expect.arrayContaining(['crm.lead.contact_name', 'crm.lead.partner_id']));
  expect(match?.near).not.toContain('crm.lead.color');
  expect(match?.ranked).toContain('crm.lead.color');
});

describe('general names', () => {
  const fields = [['res.partner.title'], ['res.partner.state_id'], ['res.partner.parent_id', [], { type: 'many2one(res.partner)' }], ['crm.lead.source_id'], ['crm.lead.stage_id'], ['crm.lead.type'], ['res.partner.date']] as const;
  test.each(['Title', 'Type', 'Status', 'State', 'Source', 'Date', 'Company ID', 'Titel', 'Typ', 'Quelle', 'État', 'Estado', 'Źródło'])('%s never passes on the name alone', (name) => {
    for (const samples of [[], ['A', 'B', 'A']]) expect(matchSchemas({ source: schema([[name, samples], ['E-Mail', ['a@x.example']]]), destination: schema(fields) })[0]).toMatchObject({ autoAccept: false });
  });

  test('a general name with values of its meaning may', () => {
    const [state] = matchSchemas({ source: schema([['State', ['Texas', 'Ohio', 'Oregon', 'Nevada', 'Iowa']], ['City', ['Austin']], ['Zip', ['73301']], ['Street', ['83 Harbor Blvd']]]), destination: partner });
    expect(state).toMatchObject({ target: null });
    const [withState] = matchSchemas({ source: schema([['State', ['Texas', 'Ohio', 'Oregon', 'Nevada', 'Iowa']], ['City', ['Austin']], ['Zip', ['73301']], ['Street', ['83 Harbor Blvd']]]), destination: schema([['res.partner.state_id', ['Texas', 'Ohio', 'Oregon'], { label: 'State' }], ['res.partner.city', [], { label: 'City' }], ['res.partner.zip', [], { label: 'Zip' }]]) });
    expect(withState).toMatchObject({ target: 'res.partner.state_id', autoAccept: true });
  });
});

describe('bad input', () => {
  test('repeated headers keep their own answers', () => {
    expect(matchSchemas({ source: schema([['Email', ['a@x.example']], ['Email', ['b@x.example']], ['Email#2']]), destination: partner }).map(({ key }) => key)).toEqual(['Email', 'Email#3', 'Email#2']);
  });

  test('a destination without fields, a source without fields, empty columns, a header without letters', () => {
    const [match] = matchSchemas({ source: schema([['Email', ['a@x.example']]]), destination: schema([]) });
    expect(match).toMatchObject({ target: null, ranked: [], reasons: expect.arrayContaining(['the destination has no fields']) });
    expect(matchSchemas({ source: schema([]), destination: partner })).toEqual([]);
    expect(target(schema([[''], ['???'], ['__proto__'], ['constructor'], ['E-Mail', ['', ' ']]]))).toMatchObject({ '': null, '???': null, 'E-Mail': 'res.partner.email' });
  });

  test('binary, huge and hostile values do no harm', () => {
    const [match] = matchSchemas({ source: schema([['photo', ['\u0000\u0001PNG', 'x'.repeat(2_000_000)]], ['a'.repeat(100_000), ['=cmd()']]]), destination: partner });
    expect(match?.target).toBeNull();
  });

  test('any schema gets one sensible answer per field', () => {
    const fields = fc.array(fc.tuple(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('email', 'Name', 'Data', 'type', 'Telefon')), fc.array(fc.string(), { maxLength: 4 })), { maxLength: 8 });
    fc.assert(fc.property(fields, fields, (left, right) => {
      const destination = schema(right);
      const matches = matchSchemas({ source: schema(left), destination });
      expect(matches).toHaveLength(left.length);
      expect(new Set(matches.map(({ key }) => key)).size).toBe(left.length);
      for (const match of matches) {
        expect(match.confidence >= 0 && match.confidence <= 1).toBe(true);
        expect(match.target === null || destination.fields.some(({ name }) => name === match.target)).toBe(true);
      }
    }), { numRuns: 60 });
  });

  test('three thousand columns are matched in blocks', () => {
    const source = schema([...Array.from({ length: 3000 }, (_, at) => [`custom_${at}`, ['x', 'y']] as const), ['E-Mail', ['a@x.example', 'b@x.example']]]);
    const matches = matchSchemas({ source, destination: partner });
    expect(matches).toHaveLength(3001);
    expect(matches.at(-1)?.target).toBe('res.partner.email');
    expect(matches.filter(({ target: found }) => found !== null).length).toBeLessThan(5);
  });

  test('of five thousand destination fields the right one is found wherever it stands', () => {
    const destination = schema([...Array.from({ length: 5000 }, (_, at) => [`zz_${at}`, []] as const), ['email', ['a@x.example']]]);
    expect(matchSchemas({ source: schema([['E-Mail', ['b@x.example', 'c@x.example']], ['Qorv', ['1']]]), destination }).map(({ target: found }) => found)).toEqual(['email', null]);
  });

  test('headers of five languages in one file, and an export of a single row', () => {
    const one = schema([['Nachname', ['Lind']], ['First name', ['Anna']], ['Téléphone', ['01 23 45 67 89']], ['Correo electrónico', ['a@x.example']], ['Miasto', ['Gdynia']], ['Kod pocztowy', ['81-001']]]);
    expect(matchSchemas({ source: one, destination: partner }).map(({ target: found }) => found)).toEqual(['res.partner.name', 'res.partner.name', 'res.partner.phone', 'res.partner.email', 'res.partner.city', 'res.partner.zip']);
  });

  test('values that are nothing but markers, and texts made to slow down patterns, take no time to speak of', () => {
    for (const text of ['<p>'.repeat(50_000), '12/'.repeat(50_000), 'a@'.repeat(50_000), `${' '.repeat(50_000)}x`, '1'.repeat(100_000), 'a.'.repeat(50_000)]) {
      const [match] = matchSchemas({ source: schema([[text, [text, text]]]), destination: partner });
      expect(match?.confidence).toBeGreaterThanOrEqual(0);
    }
  });

  test.each([['{', 'is not JSON'], ['{"fields":[{"label":"x"}]}', 'fields.0.name'], ['[]', 'is not a schema'], ['{"fields":{}}', 'fields']])('%s is refused by name, place and remedy', (text, message) => {
    expect(() => readSchema({ name: 'a.json', text })).toThrow(expect.objectContaining({ code: 'bad-schema', message: expect.stringMatching(new RegExp(`^a\\.json.*${message}`)), remedy: expect.stringContaining('"fields"') }));
  });
});

describe('names that no list knows', () => {
  const plain = (name: string, samples: readonly string[] = []) => ({ name, label: name, type: '', samples, readonly: false, description: '', options: [], model: '' });
  const targets = (source: readonly ReturnType<typeof plain>[], destination: readonly ReturnType<typeof plain>[]) => matchSchemas({ source: { title: '', fields: source }, destination: { title: '', fields: destination } }).map((match) => match.target);

  test('the same name on both sides is one field, also where nobody knows what it means', () => {
    expect(targets([plain('E-mail', ['a@b.example']), plain('Shoe size', ['42']), plain('Name', ['Ada Lind'])], ['email', 'shoe_size', 'name', 'city'].map((name) => plain(name)))).toEqual(['email', 'shoe_size', 'name']);
  });

  test('a header in letters that no word list has is read by its values', () => {
    expect(targets([plain('Электронная почта', ['a@b.example', 'c@d.example', 'e@f.example'])], ['email', 'phone', 'city'].map((name) => plain(name)))).toEqual(['email']);
  });

  test('thousands of columns against thousands of fields: an answer each, and no field given away twice', () => {
    const words = ['email', 'phone', 'stadt', 'Kwota', 'xq'];
    const many = (prefix: string) => Array.from({ length: 1500 }, (_none, at) => plain(`${prefix}${at} ${words[at % 5]}`));
    const answers = targets(many('a'), many('a').map((field) => ({ ...field, name: field.name.toUpperCase() })));
    const found = answers.filter((each) => each !== null);
    expect([answers.length, found.length > 500]).toEqual([1500, true]);
    expect(new Set(found).size).toBe(found.length);
  }, 240_000);
});
