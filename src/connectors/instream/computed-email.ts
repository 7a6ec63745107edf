import type { Json, JsonObject } from '../../connector/json.ts';
import { foldText } from '../../connector/kit/fold.ts';
import { hash64 } from '../../connector/kit/key-index.ts';
import { parseAddresses } from '../../connector/kit/mail/mail-headers.ts';
import type { PairTable } from '../../connector/kit/pair-table.ts';
import { computedField, type Computed } from './computed.ts';
import { bareMessageId } from './mail-spool.ts';

const directions: { readonly [word: string]: 'in' | 'out' } = Object.fromEntries([
  ...['in', 'incoming', 'inbound', 'received', 'przychodzaca', 'przychodzacy', 'przychodzace', 'odebrana', 'odebrany', 'otrzymana', 'do nas'].map((word) => [word, 'in'] as const),
  ...['out', 'outgoing', 'outbound', 'sent', 'wychodzaca', 'wychodzacy', 'wychodzace', 'wyslana', 'wyslany', 'wyslane', 'od nas'].map((word) => [word, 'out'] as const),
]);

const texts = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' ? [value] : []);
const addressesOf = (value: Json | undefined): string[] => texts(value).flatMap(parseAddresses).map(({ address }) => address.normalize('NFC').toLowerCase()).filter((address) => address.includes('@'));

/** Replies in a row that are followed at most: a longer chain is a loop. */
const maxChain = 1_000;

/** Name of the thread of a message: the first message that the chain of answers leads to. */
function threadOf(parents: PairTable, messageId: string, inReplyTo: string): string {
  let at = hash64(bareMessageId(messageId === '' ? inReplyTo : messageId));
  if (messageId !== '' && inReplyTo !== '' && parents.get(at) === null) at = hash64(bareMessageId(inReplyTo));
  for (let step = 0; step < maxChain; step += 1) {
    const parent = parents.get(at);
    if (parent === null) break;
    at = parent;
  }
  return `thread:${at.map((word) => word.toString(16).padStart(8, '0')).join('')}`;
}

/**
 * Direction, participants and thread of e-mails.
 * @param owners addresses of the account's users, lower case.
 * @param parents which message answers which (`MailTables.parents`).
 */
export function computeEmails(owners: ReadonlySet<string>, parents: PairTable): Computed {
  const directionOf = (data: JsonObject, from: readonly string[], recipients: readonly string[]): Json | undefined => {
    const given = data['direction'];
    if (typeof given === 'string' && given.trim() !== '') return directions[foldText(given)] ?? given;
    if (from.some((address) => owners.has(address))) return 'out';
    return recipients.some((address) => owners.has(address)) && from.length > 0 ? 'in' : undefined;
  };
  return {
    fields: [
      computedField('thread_id', 'Thread', 'text', 'the thread as the export names it, else the first message that the chain of answers leads to'),
      { ...computedField('direction', 'Direction', 'selection', 'as the export says, else by the addresses of the owners: out = an owner wrote it, in = it came to an owner; empty = not known'), options: [{ value: 'in', label: 'Received' }, { value: 'out', label: 'Sent' }] },
      computedField('participants', 'Participants', 'multiSelection', 'addresses of sender and recipients that are no owners\', the sender first'),
    ],
    apply: (data) => {
      const from = addressesOf(data['from']);
      const recipients = ['to', 'cc', 'bcc'].flatMap((field) => addressesOf(data[field]));
      const participants = [...new Set([...from, ...recipients])].filter((address) => !owners.has(address));
      const direction = directionOf(data, from, recipients);
      const [messageId = '', inReplyTo = ''] = [...texts(data['message_id']), ...(data['message_id'] === undefined ? [''] : []), ...texts(data['in_reply_to'])];
      const thread = data['thread_id'] ?? (messageId === '' && inReplyTo === '' ? undefined : threadOf(parents, messageId, inReplyTo));
      return { ...data, ...(thread === undefined ? {} : { thread_id: thread }), ...(direction === undefined ? {} : { direction }), ...(participants.length === 0 ? {} : { participants }) };
    },
  };
}
