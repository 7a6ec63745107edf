import { RecordRejectedError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import { comparableText, htmlOfText } from '../body-text.ts';
import type { IntercomClient } from '../client.ts';
import { bodyIn, partKind } from '../conversation-values.ts';
import { textOf } from '../values.ts';
import { tokenAdmin } from './people.ts';

/** What is corrected: a part by its id, or the first message. */
const subjectOf = (partId: string | null): string => (partId === null ? 'the first message' : `part ${partId}`);
const head = (partId: string | null): string => `[correction of ${subjectOf(partId)}]`;

/** Parts cannot be changed: the text that holds is that of the newest correction, where there is one. */
export function textThatHolds(parts: readonly JsonObject[], partId: string | null, original: string | null): string | null {
  const begins = head(partId);
  const corrections = parts.filter((part) => partKind(part) === 'note' && (bodyIn(part) ?? '').trimStart().startsWith(begins));
  const newest = corrections.toSorted((left, right) => Number(left['id']) - Number(right['id'])).at(-1);
  return newest === undefined ? original : (bodyIn(newest) ?? '').trimStart().slice(begins.length).trim();
}

/** A note of ours that goes with what it corrects: nobody's work. */
export function isCorrection(part: JsonObject): boolean {
  return partKind(part) === 'note' && /^\s*\[correction of (?:part \d+|the first message)\]/u.test(bodyIn(part) ?? '');
}

/** Adds a note that says what a message says now; none where that holds already. */
export async function correct(client: IntercomClient, params: Readonly<{ path: string; endpoint: string; parts: readonly JsonObject[]; partId: string | null; original: string | null; text: string }>): Promise<void> {
  const { path, endpoint, parts, partId, original, text } = params;
  if (comparableText(textThatHolds(parts, partId, original) ?? '') === comparableText(text)) return;
  await client.call({ method: 'POST', path, endpoint, body: { message_type: 'note', type: 'admin', admin_id: await tokenAdmin(client), body: htmlOfText(`${head(partId)}\n${text}`) } });
}

/** The new text of a message whose other fields stay. @throws RecordRejectedError where another field is to change */
export function correctedText(what: string, values: JsonObject): string {
  const others = Object.keys(values).filter((name) => name !== 'body');
  if (others.length === 0) return textOf(values['body']) ?? '(no text)';
  const message = `${what}: ${others.join(', ')} cannot be changed any more`;
  throw new RecordRejectedError({ code: 'part-cannot-change', message: `${message}.`, remedy: 'Intercom changes no author, date or file of a message that is in. Add what is new by hand, or leave it.', rejections: [{ index: 0, code: 'part-cannot-change', message, field: others[0] ?? 'body' }] });
}
