import type { Columns } from '../store/lazy-rows.ts';
import { AGENTS, AGENTS_WITHOUT_USER, FIRST, K, stamp, type Shape } from './shape.ts';
import type { People } from './people.ts';
import { fileName, fileType, fileToken } from './files.ts';
import { escaped } from './tickets.ts';
import { SENTENCES } from './words.ts';

type Kind = 'created' | 'customer' | 'agent' | 'note' | 'stage' | 'bot';

/** Ids of the subtypes every server has. */
const [COMMENT, NOTE] = [1, 2];
/** 'Ticket Created' of the help desk: not internal, and yet no reply. */
const CREATED = 15;

/** The messages of tickets: a log entry first, then customers, agents, notes and changes of stage in turn. */
export class Messages {
  readonly #shape: Shape;
  readonly #people: People;

  constructor(shape: Shape, people: People) {
    this.#shape = shape;
    this.#people = people;
  }

  kind(ticket: number, at: number): Kind {
    const { dice } = this.#shape;
    // In one ticket of twenty the first to write is staff.
    if (at === 0) return dice.chance(0.05, K.kind, ticket, 1_000_000) ? 'agent' : 'created';
    if (at === this.#shape.messages.count(ticket) - 1 && this.#shape.isClosed(ticket) && ticket % 23 !== 5) return 'stage';
    const roll = dice.below(100, K.kind, ticket, at);
    return roll < 38 ? 'customer' : roll < 74 ? 'agent' : roll < 88 ? 'note' : roll < 97 ? 'stage' : 'bot';
  }

  /** Partner id; undefined = somebody outside, known by address only. */
  author(ticket: number, at: number): number | undefined {
    const { dice } = this.#shape;
    const partner = this.#shape.partnerOf(ticket);
    switch (this.kind(ticket, at)) {
      case 'bot': return 2;
      case 'created':
      case 'customer':
        if (partner !== null && dice.chance(0.1, K.author, ticket, at)) return FIRST.partner + dice.below(this.#shape.partners, K.author, ticket, at + 1);
        return partner === null ? undefined : FIRST.partner + partner;
      default: {
        const own = this.#shape.agentOf(ticket);
        const agent = own !== null && dice.chance(0.7, K.author, ticket, at) ? own : dice.below(AGENTS + AGENTS_WITHOUT_USER, K.author, ticket, at + 2);
        return this.#shape.agentPartner(agent);
      }
    }
  }

  columns(): Columns {
    const shape = this.#shape;
    const ticketOf = (place: number): number => shape.messages.ownerOf(place);
    /** Column of (ticket, place within the ticket). */
    const of = <T>(column: (ticket: number, at: number) => T) => (place: number): T => {
      const ticket = ticketOf(place);
      return column(ticket, place - shape.messages.start(ticket));
    };
    const date = of((ticket, at) => stamp(shape.messageMs(ticket, at)));
    return {
      model: () => 'helpdesk.ticket',
      res_id: (place) => FIRST.ticket + ticketOf(place),
      date,
      message_type: of((ticket, at) => this.#type(ticket, at)),
      subtype_id: of((ticket, at) => ({ customer: COMMENT, agent: COMMENT, created: CREATED, note: NOTE, stage: NOTE, bot: NOTE })[this.kind(ticket, at)]),
      is_internal: of((ticket, at) => (this.kind(ticket, at) === 'note' ? true : undefined)),
      author_id: of((ticket, at) => this.author(ticket, at)),
      email_from: of((ticket, at) => this.#sender(ticket, at)),
      body: of((ticket, at) => this.#body(ticket, at)),
      subject: of((ticket, at) => (at === 0 && ticket % 7 === 2 ? `Re: ticket ${ticket + 1}` : undefined)),
      message_id: (place) => `<${place}.${ticketOf(place)}@mail.seed.example>`,
      parent_id: of((ticket, at) => (at === 0 ? undefined : FIRST.message + shape.messages.start(ticket))),
      attachment_ids: of((ticket, at) => {
        const files = shape.filesOfMessage(ticket, at);
        return files.length === 0 ? undefined : files.map((file) => FIRST.attachment + file);
      }),
      partner_ids: () => undefined,
      record_name: () => undefined,
      create_uid: () => 1,
      create_date: (place) => `${date(place)}.000000`,
      write_uid: () => 1,
      write_date: (place) => `${date(place)}.000000`,
    };
  }

  /** Mails come from outside; who is logged in at the portal, and staff, write comments; the rest is the system's. */
  #type(ticket: number, at: number): string {
    switch (this.kind(ticket, at)) {
      case 'customer': {
        const author = this.author(ticket, at);
        return author !== undefined && this.#shape.portalUserOf(author - FIRST.partner) !== null ? 'comment' : 'email';
      }
      case 'agent':
      case 'note': return 'comment';
      default: return 'notification';
    }
  }

  #sender(ticket: number, at: number): string | undefined {
    const author = this.author(ticket, at);
    if (author === undefined) return ticket % 3 === 0 ? '"Somebody Else" <somebody@elsewhere.example>' : `sender.${ticket}@nowhere.example`;
    if (author === 2) return '"OdooBot" <odoobot@example.com>';
    if (author < FIRST.partner) return `"Agent ${author - FIRST.agentPartner + 1}" <agent.${author - FIRST.agentPartner + 1}@helpdesk.example>`;
    const email = this.#people.email(author - FIRST.partner);
    return email === undefined ? undefined : `"${this.#people.name(author - FIRST.partner)}" <${email}>`;
  }

  #body(ticket: number, at: number): string | undefined {
    const { dice, files } = this.#shape;
    const sentence = (more: number): string => escaped(dice.pick(SENTENCES, K.text, ticket, at * 50 + more));
    switch (this.kind(ticket, at)) {
      case 'created': return '';
      case 'stage': return dice.chance(0.5, K.text, ticket, at) ? '' : '<p>Stage changed</p>';
      case 'bot': return '<p>The SLA deadline of this ticket is near.</p>';
      case 'note': return `<p>${sentence(1)}</p><p><em>${sentence(2)}</em></p>`;
      default: {
        const here = this.#shape.filesOfMessage(ticket, at);
        // A message may be nothing but its files.
        if (here.length > 0 && dice.chance(0.15, K.text, ticket, at * 50 + 40)) return '';
        const count = dice.chance(0.01, K.text, ticket, at * 50 + 41) ? 120 : 1 + dice.below(5, K.text, ticket, at * 50 + 42);
        const paragraphs = Array.from({ length: count }, (_none, more) => `<p>${sentence(more)}${more % 2 === 0 ? '<br>' : ' '}${sentence(more + 7)}</p>`);
        for (const file of here) {
          // Pictures of mails stand in the text: the attachment is shown there.
          if (fileType(this.#shape, file).startsWith('image/') && file % 3 !== 0) {
            paragraphs.push(`<p><img src="/web/image/${FIRST.attachment + file}?access_token=${fileToken(file)}" alt="${escaped(fileName(this.#shape, file))}" data-filename="${escaped(fileName(this.#shape, file))}"></p>`);
          }
        }
        if (at > 1 && files.owners > 0 && dice.chance(0.3, K.text, ticket, at * 50 + 43)) paragraphs.push(`<blockquote data-o-mail-quote="1">On ${stamp(this.#shape.messageMs(ticket, at - 1))} somebody wrote:<br>${sentence(44)}</blockquote>`);
        return paragraphs.join('');
      }
    }
  }
}
