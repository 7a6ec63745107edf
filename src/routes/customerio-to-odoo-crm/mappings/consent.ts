import type { Condition, Mapping } from '../../../plan/plan.ts';
import { attributeFor } from '../attributes.ts';
import { foldName } from '../places.ts';
import { line, mapping, objectOf, type RouteInput } from '../lines.ts';

const anybody: Condition = { field: 'email', filled: true };

/** CO-13: addresses and numbers that may not be written to, before any partner exists. */
export function consentMappings(input: RouteInput): Mapping[] {
  const blocked = (id: string, source: string, reason: string, when: Condition): Mapping => mapping(input, {
    id, source, destination: 'mail.blacklist', phase: 'consent', reason, partial: true, when, otherwise: source === 'person' ? 'not-unsubscribed' : 'no-address',
    identity: { match: [{ field: 'email' }], mergeBy: 'email', whenMatched: 'update' },
    fields: [
      line('email', 'The address; text that is none can be mailed by nobody and waits for a person.', { from: 'email', transforms: [{ email: { invalid: 'quarantine' } }], required: true }),
      line('active', 'An address that was taken off the list before is on it again.', { constant: true }),
    ],
  });
  const phone = attributeFor(input, 'person', 'phone') ?? attributeFor(input, 'person', 'mobile') ?? unplacedPhone(input);
  return [
    blocked('blocked-people', 'person', 'People who unsubscribed from everything.', { all: [{ field: 'unsubscribed', equals: true }, anybody] }),
    blocked('blocked-suppressions', 'suppression', 'Addresses that the mail provider no longer sends to: bounces, blocks, complaints, invalid ones.', anybody),
    ...(objectOf(input.source, 'suppressed_profile') === undefined ? [] : [blocked('blocked-profiles', 'suppressed_profile', 'Suppressed people of the list.', anybody)]),
    ...(phone === null ? [] : [mapping(input, {
      id: 'blocked-phones', source: 'person', destination: 'phone.blacklist', phase: 'consent', reason: 'People who opted out of SMS or WhatsApp of any sender, or of everything. Odoo has one list for all senders.', partial: true,
      when: { all: [{ any: [{ fact: 'optouts', atLeast: 1 }, { field: 'unsubscribed', equals: true }] }, { field: phone, filled: true }] }, otherwise: 'no-phone-opt-out',
      identity: { match: [{ field: 'number' }], mergeBy: 'number', whenMatched: 'update' },
      fields: [line('number', 'The number in international form; text that is none can be sent to by nobody and waits for a person.', { from: phone, transforms: [{ phone: { region: input.region, invalid: 'quarantine' } }], required: true }), line('active', 'A number that was taken off the list before is on it again.', { constant: true })],
    })]),
  ];
}

/** An attribute that is a number by its usual name, or by its values where no line trusts it: who opted out is blocked in any case. */
function unplacedPhone(input: RouteInput): string | null {
  const fields = (objectOf(input.source, 'person')?.fields ?? []).filter((field) => field.name.startsWith('attr.') && (field.profile?.filled ?? 0) > 0);
  return (fields.find((field) => /^(?:phone|phonenumber|telephone|mobile|mobilephone|msisdn)$/u.test(foldName(field.name))) ?? fields.find((field) => field.type === 'phone'))?.name ?? null;
}
