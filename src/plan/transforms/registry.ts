import { boolean } from './boolean.ts';
import { constant, defaultValue } from './constant.ts';
import { convert } from './convert.ts';
import { byWords } from './by-words.ts';
import { countryCode } from './country-code.ts';
import { date, datetime } from './date.ts';
import { decision } from './decision.ts';
import { dropDummyEmail } from './drop-dummy-email.ts';
import { keepFiles } from './keep-files.ts';
import { duration } from './duration.ts';
import { email } from './email.ts';
import { hash } from './hash.ts';
import { htmlToTextTransform, markdownToHtmlTransform, sanitizeHtmlTransform, textToHtmlTransform } from './html.ts';
import { inlineImages } from './inline-images.ts';
import { jsonataTransform } from './jsonata.ts';
import { first, flatten, join, nth, slice, split, unique } from './lists.ts';
import { liquid } from './liquid.ts';
import { map } from './map.ts';
import { messageBody } from './message-body.ts';
import { integer, number } from './number.ts';
import { phone } from './phone.ts';
import { splitName } from './split-name.ts';
import { collapseSpaces, fileName, foldText, lower, prefix, suffix, trim, upper } from './text.ts';
import type { Transform } from './transform.ts';
import { truncate } from './truncate.ts';
import { url } from './url.ts';

/** Every transform a plan may name, in the order of the reference. */
export const transforms: readonly Transform[] = [
  trim, collapseSpaces, lower, upper, foldText, prefix, suffix, truncate, fileName,
  defaultValue, constant, map, byWords, decision, boolean, integer, number, convert, date, datetime, duration,
  join, split, first, nth, slice, unique, flatten, keepFiles, splitName,
  email, dropDummyEmail, phone, url, countryCode,
  textToHtmlTransform, markdownToHtmlTransform, sanitizeHtmlTransform, htmlToTextTransform, messageBody, inlineImages, liquid,
  hash, jsonataTransform,
];

export const transformsByName: ReadonlyMap<string, Transform> = new Map(transforms.map((transform) => [transform.name, transform]));
