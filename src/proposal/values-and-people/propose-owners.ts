import { fold } from '../../plan/values/fold.ts';

export interface Person { readonly id: string; readonly name: string | null; readonly email: string | null }

export interface OwnerProposal {
  readonly owner: Person;
  readonly user: Person | null; // null = nobody corresponds
  readonly probability: number;
  readonly reason: string;
}

const emailOf = ({ email }: Person): string => (email ?? '').trim().toLowerCase();
const nameOf = ({ name }: Person): string => fold(name ?? '').split(/[\s,.]+/).filter((word) => word !== '').sort().join(' ');

/** `a.kowalska` of the address beside `kowalska a` of the name: initial and last name. */
function initialAndLast(person: Person): ReadonlySet<string> {
  const words = fold(person.name ?? '').split(/[\s,.]+/).filter((word) => word !== '');
  const [first = '', last = ''] = [words[0], words.at(-1)];
  return new Set(words.length < 2 ? [] : [`${first.charAt(0)} ${last}`, `${last.charAt(0)} ${first}`]);
}

/** Proposes for each owner of the source the user of the destination: by e-mail, then by name, then by the name that the address says (`anna.lind@…`), then by initial and last name; never one of several. */
export function proposeOwners({ owners, users }: Readonly<{ owners: readonly Person[]; users: readonly Person[] }>): readonly OwnerProposal[] {
  return owners.map((owner) => {
    const only = (found: readonly Person[], probability: number, reason: string): OwnerProposal | null => {
      const [one] = found;
      if (one === undefined) return null;
      return found.length === 1 ? { owner, user: one, probability, reason } : { owner, user: null, probability: 0.5, reason: `${found.length} users have the ${reason}` };
    };
    const email = emailOf(owner);
    const name = nameOf(owner);
    const address = email.split('@')[0]?.replaceAll(/\d+/g, '').split(/[._+-]+/).filter((word) => word !== '').map(fold).sort().join(' ') ?? '';
    const short = initialAndLast(owner);
    return (email === '' ? null : only(users.filter((user) => emailOf(user) === email), 0.99, 'same e-mail'))
      ?? (name === '' ? null : only(users.filter((user) => nameOf(user) === name), 0.9, 'same name'))
      ?? (address.split(' ').length < 2 ? null : only(users.filter((user) => nameOf(user) === address), 0.85, 'name that the address says'))
      ?? (short.size === 0 ? null : only(users.filter((user) => [...initialAndLast(user)].some((each) => short.has(each))), 0.6, 'same initial and last name'))
      ?? { owner, user: null, probability: 0.9, reason: 'nobody of that e-mail or name' };
  });
}
