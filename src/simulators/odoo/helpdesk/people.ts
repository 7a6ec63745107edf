import type { Columns } from '../store/lazy-rows.ts';
import { FIRST, K, stamp, type Shape } from './shape.ts';
import { CITIES, COMPANIES, FIRST_NAMES, LAST_NAMES } from './words.ts';

const COUNTRY_CODES = 60;

/** Customers. Every 12th is a company; every 40th has no e-mail, every 50th shares its neighbour's, written differently. */
export class People {
  readonly #shape: Shape;

  constructor(shape: Shape) {
    this.#shape = shape;
  }

  isCompany(partner: number): boolean {
    return partner % 12 === 0;
  }

  name(partner: number): string {
    const { dice } = this.#shape;
    if (this.isCompany(partner)) return `${dice.pick(COMPANIES, K.name, partner)} ${1 + partner}`;
    return `${dice.pick(FIRST_NAMES, K.name, partner)} ${dice.pick(LAST_NAMES, K.name, partner, 1)}`;
  }

  email(partner: number): string | undefined {
    if (partner % 40 === 21) return undefined;
    if (partner % 50 === 49) return this.email(partner - 1)?.toUpperCase();
    const local = this.name(partner).normalize('NFD').replace(/[^A-Za-z0-9 ]/gu, '').trim().toLowerCase().replace(/\s+/gu, '.');
    return `${local}.${partner}@customer-${partner % 97}.example`;
  }

  parent(partner: number): number | undefined {
    if (this.isCompany(partner) || !this.#shape.dice.chance(0.5, K.parent, partner)) return undefined;
    const companies = Math.ceil(this.#shape.partners / 12);
    return 12 * this.#shape.dice.below(companies, K.parent, partner, 1);
  }

  phone(partner: number): string | undefined {
    const digits = String(this.#shape.dice.bits(K.phone, partner)).padStart(9, '4').slice(0, 9);
    return [`+48 ${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`, `0${digits}`, undefined, `(0${digits.slice(0, 2)}) ${digits.slice(2)} ext. 12`, `+49${digits}`][partner % 5];
  }

  columns(): Columns {
    const { options: { version }, dice } = this.#shape;
    const created = (at: number): string => `${stamp(Date.UTC(2019, 0, 2) + at * 60_000)}.000000`;
    return {
      name: (at) => this.name(at),
      complete_name: (at) => {
        const parent = this.parent(at);
        return version < 17 ? undefined : parent === undefined ? this.name(at) : `${this.name(parent)}, ${this.name(at)}`;
      },
      email: (at) => this.email(at),
      email_normalized: (at) => this.email(at)?.toLowerCase(),
      phone: (at) => this.phone(at),
      mobile: (at) => (version < 19 && at % 7 === 2 ? `+44 7700 900${String(at % 1000).padStart(3, '0')}` : undefined),
      is_company: (at) => (this.isCompany(at) ? true : undefined),
      parent_id: (at) => {
        const parent = this.parent(at);
        return parent === undefined ? undefined : FIRST.partner + parent;
      },
      commercial_partner_id: (at) => FIRST.partner + (this.parent(at) ?? at),
      type: () => 'contact',
      function: (at) => (at % 6 === 1 ? 'Purchasing' : undefined),
      street: (at) => (at % 3 === 0 ? `Long Street ${1 + (at % 90)}` : undefined),
      city: (at) => (at % 3 === 0 ? dice.pick(CITIES, K.name, at, 2) : undefined),
      zip: (at) => (at % 3 === 0 ? String(10_000 + (at % 80_000)) : undefined),
      country_id: (at) => (at % 3 === 0 ? 1 + (at % COUNTRY_CODES) : undefined),
      ref: (at) => (at % 9 === 4 ? `C-${at}` : undefined),
      lang: () => 'en_US',
      // One in 60 is archived.
      active: (at) => (at % 60 === 33 ? undefined : true),
      partner_share: () => true,
      create_uid: () => 1, create_date: created, write_uid: () => 1, write_date: created,
    };
  }
}
