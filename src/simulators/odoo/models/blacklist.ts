import type { ModelBehaviour } from '../orm/behaviour.ts';
import { userError } from '../python-errors.ts';

/**
 * Addresses that nobody may mail, in lower case. Text that is no address is refused (public source of 14 to 19). Creating an address
 * that is there gives the row that is there on real servers; here it is refused, so that a client that did not look shows up.
 */
export const mailBlacklistBehaviour: ModelBehaviour = {
  defaults: () => ({ active: true }),
  beforeCreate: (env, draft) => {
    const email = String(draft['email'] ?? '').trim().toLowerCase();
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(email)) throw userError(`Invalid email address ${String(draft['email'] ?? '')}`);
    if (env.table('mail.blacklist').withKey('email', email, (row) => row['email'] as string).length > 0) throw userError('Email address already exists!');
    draft['email'] = email;
  },
};

/** Numbers that nobody may text, in international form. */
export const phoneBlacklistBehaviour: ModelBehaviour = {
  defaults: () => ({ active: true }),
  beforeCreate: (env, draft) => {
    const number = String(draft['number'] ?? '').replaceAll(/[\s().-]/gu, '');
    if (!/^\+?\d{5,20}$/u.test(number)) throw userError(`Invalid number ${String(draft['number'] ?? '')}`);
    if (env.table('phone.blacklist').withKey('number', number, (row) => row['number'] as string).length > 0) throw userError('Number already exists');
    draft['number'] = number;
  },
};
