import { isValidPhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js';
import { countryCodeOf } from '../../plan/values/countries.ts';
import { iban, luhn, nip, pesel, regon, spanishCif, spanishNif, vatNumber } from './check-digits.ts';
import * as lists from './word-lists.ts';

/** What one value looks like: kind → how surely, 0..1. A value may look like several things. */
type Kinds = Map<string, number>;

const spanishCountries = new Map(['DE', 'FR', 'ES', 'PL', 'GB', 'US', 'IT', 'NL', 'BE', 'AT', 'CH', 'PT', 'SE', 'CZ', 'DK', 'NO', 'FI', 'IE', 'MX', 'AR', 'CO', 'CL', 'BR', 'JP', 'CN']
  .map((code) => [lists.key(new Intl.DisplayNames(['es'], { type: 'region' }).of(code) ?? code), code]));

const memo = new Map<string, Kinds>();

/** Recognises one value. Texts over 400 characters are judged by their first 400. Pure; the last 20,000 short values are remembered. */
export function detect(raw: string): ReadonlyMap<string, number> {
  const known = memo.get(raw);
  if (known !== undefined) return known;
  const found = look(raw);
  if (raw.length <= 60) {
    if (memo.size >= 20_000) memo.clear();
    memo.set(raw, found);
  }
  return found;
}

function look(raw: string): Kinds {
  const found: Kinds = new Map();
  const value = raw.trim().slice(0, 400);
  const mark = (kind: string, sureness = 1): void => { if (sureness > (found.get(kind) ?? 0)) found.set(kind, sureness); };
  if (value === '') return found;
  if (value.includes('\u0000')) { mark('binary'); return found; }
  links(value, mark);
  if (found.size === 0) {
    numbers(value, mark);
    dates(value, mark);
    identifiers(value, mark);
    if (!found.has('date') && !found.has('datetime')) phones(value, mark);
    // Numbers and dates have no words to look at.
    if (/\p{L}/u.test(value)) words(value, mark);
    else if (value === '1' || value === '0') mark('bool', 0.7);
  }
  if (/<\/?[a-z][^>]*>/i.test(value)) mark('html');
  return found;
}

type Mark = (kind: string, sureness?: number) => void;

const socialHosts = /(?:^|\/\/|\.)(linkedin|twitter|x|facebook|instagram|youtube|xing|tiktok|pinterest|github)\.com(?:\/|$)/i;

function links(value: string, mark: Mark): void {
  if (/^[^\s@,;<>]+@[^\s@,;<>]+\.[a-z]{2,}$/i.test(value) || /^[^\s@]+@[^\s@,;]+(?:[,;]\s*[^\s@]+@[^\s@,;]+)+$/.test(value) || /^.{0,80}<[^\s@]+@[^\s@]+>$/.test(value)) mark('email');
  else if (/^(?:https?:\/\/|www\.)\S+$/i.test(value)) {
    mark('url');
    const social = socialHosts.exec(value);
    if (social?.[1] !== undefined) { mark('social'); mark(`social-${social[1].toLowerCase() === 'x' ? 'twitter' : social[1].toLowerCase()}`); }
    if (/\.(?:png|jpe?g|gif|svg|webp|ico)(?:\?|$)|avatar|gravatar|photo/i.test(value)) mark('image');
    if (/\.(?:pdf|docx?|xlsx?|zip|csv)(?:\?|$)/i.test(value)) mark('file');
  } else if (/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/i.test(value)) {
    const social = socialHosts.exec(value);
    if (social?.[1] !== undefined) { mark('social'); mark(`social-${social[1].toLowerCase()}`); } else if (/\.(?:pdf|docx?|xlsx?|zip|csv|png|jpe?g)$/i.test(value)) mark('file'); else mark('domain');
  } else if (socialHosts.test(value) && !/\s/.test(value)) mark('social');
  else if (/^@\w{2,30}$/.test(value)) mark('handle');
  else if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(value)) mark('ip');
  else if (/^Mozilla\/\d/.test(value)) mark('ua');
}

function numbers(value: string, mark: Mark): void {
  if (/^-?\d+$/.test(value)) {
    mark('int');
    const number = Number(value);
    if (/^1[0-9]{9}$/.test(value) || /^1[0-9]{12}$/.test(value)) mark('epoch');
    if (number >= 1800 && number <= 2100) mark('year', 0.6);
    if (number >= 0 && number <= 100) mark('percent', 0.5);
    if (number >= 14 && number <= 110) mark('small', 0.5);
    if (/^\d{5,19}$/.test(value) && value[0] !== '0') mark('id', value.length >= 6 ? 0.8 : 0.4);
    else if (number >= 0) mark('id', 0.25);
    if (number >= 100) mark('money', 0.25);
  } else if (/^[+-]?(?:\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d{1,8})?$/.test(value)) {
    mark('dec');
    mark('money', /[.,]\d{2}$/.test(value) || /\d[ .,'\u00a0\u202f]\d{3}/.test(value) ? 0.8 : 0.4);
    const number = Number(value.replace(',', '.'));
    if (number >= 0 && number <= 100) mark('percent', number <= 1 ? 0.7 : 0.5);
    if (Math.abs(number) <= 180 && /[.,]\d{4,}$/.test(value)) mark('latlong', 0.9);
    if (/\d[ .,']\d{3}$/.test(value)) mark('int', 0.3);
  } else if (/^[+-]?\d[\d .,'\u00a0]*\s?%$/.test(value)) mark('percent');
  else if (/^(?:[€$£]|zł|EUR|USD|PLN|GBP|CHF)\s?-?\d[\d .,'\u00a0]*$|^-?\d[\d .,'\u00a0]*\s?(?:[€$£]|zł|EUR|USD|PLN|GBP|CHF|Fr\.?|k€|kr)$/i.test(value)) mark('money');
  else if (/^(?:\d[\d.,kKmM]*\s?(?:-|–|to|bis|à|do)\s?\d[\d.,kKmM]*\+?|[<>]\s?\d[\d.,]*|\d[\d.,]*\+)$/.test(value)) mark('range');
  else if (/^\d{1,3}:\d{2}(?::\d{2})?$/.test(value) || /^\d+\s?(?:h|hrs?|hours?|min|minutes?|days?|d|tage|std|jours|dni)\b/i.test(value)) mark('duration');
}

function dates(value: string, mark: Mark): void {
  if (/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)$/.test(value)) mark('datetime');
  else if (/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/.test(value) || /^\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})$/.test(value)) mark('date');
  else if (/^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4},?\s+\d{1,2}[:.]\d{2}/.test(value) || /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}[:.]\d{2}/.test(value)) mark('datetime');
  else if (/^(?:\d{1,2}\.?\s+\p{L}{3,12}\.?,?\s+\d{4}|\p{L}{3,12}\.?\s+\d{1,2},?\s+\d{4})(?:[, ]+(?:at |um |à )?\d{1,2}[:.h]\d{2}.*)?$/iu.test(value)) mark(/\d[:.h]\d{2}/.test(value) ? 'datetime' : 'date');
  else if (/^\d{1,2}[-/ ]\p{L}{3,4}\.?[-/ ]\d{2}(?:\d{2})?(?:,?\s+\d{1,2}:\d{2}.*)?$/u.test(value)) mark(value.includes(':') ? 'datetime' : 'date');
  else if (/^\p{Lu}\p{L}{2},? \p{L}{3} \d{1,2},? \d{4}|^\p{L}{3}, \d{1,2} \p{L}{3} \d{4} \d{2}:\d{2}/u.test(value)) mark('datetime');
}

function identifiers(value: string, mark: Mark): void {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) mark('uuid');
  else if (/^(?=.*\d)[0-9a-f]{12,40}$/i.test(value) && /[a-f]/i.test(value)) mark('hexid');
  else if (/^(?=.*\d)[A-Za-z0-9]{15,28}$/.test(value) && /[A-Za-z]/.test(value)) mark('hexid', 0.9);
  else if (/^[a-z]{2,8}_[A-Za-z0-9]{6,}$/.test(value)) mark('hexid', 0.8);
  else if (/^[A-Z]{1,5}[-_/ #]?\d{2,10}(?:[-/]\d{1,6})?$/.test(value) || /^#\d+$/.test(value) || /^\d{2,4}[-/]\d{2,6}(?:[-/]\d{1,6})?$/.test(value)) mark('ref');
  const bare = value.toUpperCase().replaceAll(/[\s.\-/]/g, '');
  const vat = vatNumber(bare);
  if (vat > 0) mark('vat', vat);
  if (pesel(bare)) mark('natid', 0.6);
  if (/^\d{9}$/.test(bare) && (regon(bare) || luhn(bare))) mark('natid', 0.5);
  if (/^\d{14}$/.test(bare) && luhn(bare)) mark('natid', 0.9);
  if (spanishNif(bare) || spanishCif(bare)) { mark('natid'); mark('vat', 0.9); }
  if (nip(bare)) { mark('vat', 0.7); mark('natid', 0.4); }
  if (/^HR[AB]\s?\d+/i.test(value)) mark('natid', 0.9);
  if (iban(bare)) mark('iban');
  if (/^[A-Z]{4}(?:DE|FR|ES|PL|GB|US|NL|IT|AT|CH|BE|LU)[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(value)) mark('bic', 0.9);
  if (/^\d{5}(?:-\d{4})?$/.test(value) || /^\d{2}-\d{3}$/.test(value)) mark('postcode', /-/.test(value) ? 1 : 0.8);
  else if (/^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/.test(value) || /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/.test(value) || /^\d{4} ?[A-Z]{2}$/.test(value)) mark('postcode');
  else if (/^\d{4}$/.test(value)) mark('postcode', 0.3);
  if (/^[\w+-]+\/[\w+-]+(?:\/[\w+-]+)?$/.test(value) && /^(?:Europe|America|Asia|Africa|Australia|Pacific|Atlantic|Etc)\//.test(value)) mark('tz');
  else if (/\b(?:Time \(|UTC|GMT)|^(?:Eastern|Central|Pacific|Mountain) Time/.test(value)) mark('tz');
  if (/^[a-z]{2}[-_][A-Z]{2}$/.test(value)) mark('lang');
  if (/^[[{].*[\]}]$/s.test(value)) mark('json');
}

const phoneRegions = ['DE', 'FR', 'ES', 'PL', 'US', 'GB'] as const;
// Metadata of the full number plan is not loaded: mobile ranges of the five languages' countries, without the country code.
const mobileRanges: { readonly [code: string]: RegExp } = { 49: /^1[567]/, 33: /^[67]/, 34: /^[67]/, 48: /^(?:4[5]|5[0137]|6[069]|7[2389]|88)/, 44: /^7[1-57-9]/, 43: /^6[5-9]/, 41: /^7[4-9]/, 39: /^3/, 31: /^6/ };

function phones(value: string, mark: Mark): void {
  const digits = value.replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length > 16 || !/^[+(\d][\d\s()./\-–]*(?:\s?(?:ext|x|durchwahl|poste|wew)\.?\s?\d+)?$/i.test(value)) return;
  const international = value.startsWith('+') || value.startsWith('00');
  const parsed = international ? parsePhoneNumberFromString(value.startsWith('00') ? `+${value.slice(2)}` : value) : undefined;
  if (international) {
    mark('phone', parsed?.isPossible() === true ? 1 : 0.7);
    const national = String(parsed?.nationalNumber ?? '');
    if (parsed !== undefined && mobileRanges[String(parsed.countryCallingCode)]?.test(national) === true) mark('mobile');
    return;
  }
  const spaced = /[\s()./\-–]/.test(value);
  if (!spaced && !value.startsWith('0') && digits.length > 10) return; // an id
  const region = phoneRegions.find((candidate) => isValidPhoneNumber(value, candidate));
  const sureness = region === undefined ? (spaced ? 0.6 : 0.15) : spaced || value.startsWith('0') ? 0.95 : 0.35;
  if (/^\d+[.]\d+$/.test(value)) return; // a decimal number
  mark('phone', sureness);
  if (/^0?(?:1[567]\d|6\d|7[2-9])/.test(value) && value.startsWith('0')) mark('mobile', 0.8 * sureness);
  else if (/^(?:[67]\d{2}|5[0137]\d|88\d)[ -]?\d{3}[ -]?\d{3}$/.test(value)) mark('mobile', 0.8 * sureness);
}

function words(value: string, mark: Mark): void {
  const folded = lists.key(value);
  const tokens = folded.split(/[^\p{L}\p{N}&+-]+/u).filter((token) => token !== '');
  const compact = folded.replaceAll(/[^a-z0-9]/g, '');
  if (lists.yes.has(folded)) mark('bool', folded.length > 1 ? 1 : 0.7);
  if (countryCodeOf(value) !== null || spanishCountries.has(folded)) mark('country', folded.length > 2 ? 1 : /^[A-Z]{2}$/.test(value) ? 0.8 : 0.3);
  if (lists.currencies.has(folded) && value.length === 3) mark('currency');
  if (lists.languages.has(folded) || (tokens.length <= 3 && tokens.some((token) => token.length > 4 && lists.languages.has(token)))) mark('lang', folded.length > 2 ? 1 : 0.8);
  if (lists.priorities.has(folded) || tokens.length === 1 && lists.priorities.has(compact)) mark('priority', 0.9);
  if (lists.statuses.has(compact) || tokens.length <= 3 && tokens.some((token) => lists.statuses.has(token))) mark('status', lists.statuses.has(compact) ? 0.9 : 0.5);
  if (lists.stages.has(compact) || tokens.length <= 4 && tokens.some((token) => lists.stages.has(token))) mark('stage', 0.8);
  if (lists.channels.has(folded)) mark('channel', 0.9);
  if (tokens.length <= 4 && (lists.sources.has(folded) || lists.sources.has(folded.replaceAll(' ', '_')) || tokens.some((token) => lists.sources.has(token)))) mark('source', 0.8);
  if (tokens.length <= 5 && tokens.some((token) => lists.reasonWords.has(token))) mark('reason', 0.6);
  if (lists.subscriptions.has(compact)) mark('substatus', 0.95);
  if (lists.genders.has(folded)) mark('gender', folded.length > 1 ? 1 : 0.6);
  if (tokens.length <= 2 && tokens.length > 0 && tokens.every((token) => lists.salutations.has(token))) mark('salut');
  if (tokens.length === 1 && lists.nameSuffixes.has(folded)) mark('suffix', folded.length > 1 ? 0.9 : 0.4);
  places(value, tokens, folded, mark);
  names(value, tokens, mark);
  texts(value, tokens, mark);
}

function places(value: string, tokens: readonly string[], folded: string, mark: Mark): void {
  if (lists.cities.has(folded) || (tokens.length <= 4 && tokens.some((token) => token.length > 3 && lists.cities.has(token)) && !/\d/.test(value))) mark('city', lists.cities.has(folded) ? 0.9 : 0.5);
  if ((/^[A-Z]{2}$/.test(value) || folded.length > 2) && (lists.regions.has(folded) || (tokens.length <= 3 && tokens.some((token) => token.length > 3 && lists.regions.has(token))))) mark('region', 0.8);
  const street = tokens.some((token) => lists.streetWords.has(token) && token.length > 1) || tokens.some((token) => /(?:str|strasse|straat|weg|allee|platz|gasse|ring|damm)$/.test(token));
  if (/\d/.test(value) && street && tokens.length <= 9) mark('street', 0.95);
  else if (/^\d{1,5}[a-z]? [\p{L}]/u.test(value) && tokens.length >= 2 && tokens.length <= 6) mark('street', 0.5);
  else if (/^\p{L}[\p{L}.\s-]+ \d{1,4} ?[a-z]?(?:\/\d+)?$/iu.test(value) && tokens.length <= 6) mark('street', 0.4);
  if (tokens.length <= 5 && tokens.some((token) => lists.unitWords.has(token) && token.length > 1) && !(/\d/.test(value) && street)) mark('street2', 0.8);
  if (/\d/.test(value) && /,/.test(value) && tokens.length >= 4 && (street || /\b\d{5}\b|\b\d{2}-\d{3}\b/.test(value))) mark('address', 0.9);
}

function names(value: string, tokens: readonly string[], mark: Mark): void {
  if (/[\d@/]/.test(value) && !/& /.test(value)) { if (tokens.some((token) => lists.companyWords.has(token)) && tokens.length <= 6 && !/^\d/.test(value)) mark('company', 0.3); return; }
  const title = /^\p{Lu}/u.test(value);
  const given = tokens.length > 0 && lists.givenNames.has(tokens[0] ?? '');
  const capitals = value.split(/[\s-]+/).filter((word) => /^\p{Lu}/u.test(word)).length;
  const isJob = tokens.length <= 7 && tokens.some((token) => lists.jobWords.has(token) || /(?:leiter|leiterin|fuhrer|fuhrerin|ingenieur|entwickler|berater)$/.test(token));
  const isCompany = tokens.some((token) => lists.companyWords.has(token)) || / & /.test(value) || /(?:bau|werke|technik|handel|logistik)$/.test(tokens.join(' '));
  if (isJob && !(isCompany && /\b(?:gmbh|sas|sarl|inc|ltd|llc|ag|sl|sa)\b/i.test(value))) mark('job', 0.9);
  if (isCompany && tokens.length <= 7) mark('company', isJob ? 0.4 : 0.9);
  if (title && tokens.length === 1 && !isJob) {
    if (given) mark('given', 0.9);
    else if (/^\p{Lu}[\p{L}'’-]{2,20}$/u.test(value)) { mark('family', 0.5); mark('given', 0.25); mark('company', 0.15); }
  }
  if (/^\p{Lu}\.$/u.test(value)) mark('given', 0.7);
  if (tokens.length >= 2 && tokens.length <= 4 && capitals >= 2 && !isCompany && !isJob) {
    mark('person', given || lists.givenNames.has(tokens.at(-1) ?? '') ? 0.95 : 0.4);
    mark('company', given ? 0.1 : 0.3);
    if (given && tokens.length === 2 && /-/.test(value)) mark('given', 0.4);
  }
  if (/^\p{Lu}[\p{L}'’]+(?:-| )\p{Lu}[\p{L}'’]+$/u.test(value) && !given) mark('family', 0.3);
}

function texts(value: string, tokens: readonly string[], mark: Mark): void {
  if (tokens.length >= 4 && /[.!?…]|\s\p{Ll}+\s\p{Ll}+/u.test(value)) mark('text', tokens.length >= 6 || /[.!?]$/.test(value) ? 1 : 0.7);
  else if (tokens.length >= 3 && /\p{Ll}/u.test(value)) mark('text', 0.3);
  if (value.length > 80) mark('text');
  if (/^[^\s,;|][^,;|]{0,30}(?:[,;|]\s?[^,;|]{1,30}){1,12}$/.test(value) && !/[.!?]$/.test(value) && !/\d{3}/.test(value)) mark('tags', 0.8);
  else if (/^[a-z][a-z0-9-]{1,24}$/.test(value)) mark('tags', 0.3);
  if (/\s[-–—/|:]\s|\b(?:projekt|project|projet|renewal|upgrade|seats|license|lizenz|plan|pilot|refonte|renouvellement|contrat|website|relaunch|rollout|wdrozenie|umowa|proyecto|renovacion|contrato|implementation|wartung|einfuhrung)\b/i.test(value) && tokens.length >= 2) mark('dealname', 0.7);
  if (tokens.length >= 3 && tokens.length <= 14 && !/[.]$/.test(value)) mark('subject', 0.4);
  if (/\?$|^(?:re|fwd|aw|wg):|\b(?:cannot|can't|error|problem|help|not working|issue|broken|frage|fehler|probleme|erreur|question|pregunta|problema|blad|pytanie|refund|login)\b/i.test(value) && tokens.length >= 2) mark('subject', 0.8);
}
