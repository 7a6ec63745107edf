import type { Condition, Mapping } from '../../../plan/plan.ts';
import { byRoute, type LineBuilder } from '../line-builder.ts';
import { laterHold } from '../later-values.ts';
import { builder, objectOf, type MappingInput } from '../mapping-input.ts';
import { meansCondition, undecidedMeanings, valuesOf } from '../status-words.ts';
import { commonLines, textLine } from './shared-lines.ts';

/** IO-03 and IO-04: deals as opportunities, with stage, probability, won and lost in the way the version needs. */
export function dealsMapping(input: MappingInput): { readonly mapping: Mapping; readonly lines: LineBuilder } {
  const lines = builder(input, 'deal', 'crm.lead');
  const keyed = ['pipeline_name', 'stage_name'].filter((name) => lines.has(name));
  const [won, lost] = [meansCondition('won', keyed), meansCondition('lost', keyed)];
  const meanings = undecidedMeanings(keyed);
  const open: Condition = { not: { any: [won, lost] } };

  lines.set('type', { constant: 'opportunity', reason: 'Always said: leads and opportunities share one model.' })
    .move('title', 'name', { transforms: ['collapseSpaces'], required: true, reason: 'Title of the deal.' })
    .set('partner_id', { link: 'contact', through: ['contact-partners'], whenMissing: 'quarantine', when: { not: { any: [{ link: 'contact', state: 'none' }, { link: 'contact', state: 'found', through: 'contact-leads' }] } }, reason: 'The contact by id, else by e-mail. One that was decided to be a lead is no partner.' })
    .set('partner_id', { link: 'company', through: ['companies'], whenMissing: 'quarantine', when: { all: [{ link: 'contact', state: 'none' }, { decision: 'deal-without-contact', is: 'company' }] }, reason: 'No contact: the company, as decided.' })
    .move(lines.has('company_name') ? 'company_name' : 'company_id', 'x_instream_company', { transforms: ['collapseSpaces'], reason: 'The company as the deal names it: its partner is the contact, who may stand under another one.' })
    .use('contact_id', 'contact_email', 'company_id', 'company_name');
  if (input.teams) lines.set('team_id', { link: 'pipeline', through: ['teams'], whenMissing: 'quarantine', when: { all: [{ decision: 'pipeline-teams', is: 'each' }, { not: { link: 'pipeline', state: 'none' } }] }, reason: 'The team of the pipeline.' });
  amountLines(lines, input);
  stageLines(lines, { won, lost, open, keyed });
  lines.move('closed_at', 'date_closed', { transforms: [lines.typed('closed_at', 'datetime')], when: { any: [won, lost] }, reason: 'Actual close date; Odoo leaves it empty or says today otherwise.' });
  lines.move('closed_at', 'x_instream_closed_at', { transforms: [lines.typed('closed_at', 'datetime')], when: open, reason: 'A close date on an open deal.' });
  if (lines.has('closed_at')) lines.set('x_instream_closed_at', { constant: null, when: { not: open }, reason: 'Closed: the date is the deal\'s own; nothing of an earlier export is left.' });
  lines.move('expected_close', 'date_deadline', { transforms: [lines.typed('expected_close', 'date')], reason: 'Expected close date.' });
  if (lines.has('lost_reason')) {
    const field = lines.destinationField('lost_reason_id') === undefined ? 'lost_reason' : 'lost_reason_id';
    lines.set(field, { link: 'lostReason', through: ['lost-reasons'], whenMissing: 'quarantine', when: lost, reason: 'Reason by name.' });
    lines.set(field, { constant: null, when: { not: lost }, reason: 'Not lost, or no longer: a reason of an earlier export is taken away.' });
    lines.move('lost_reason', 'x_instream_lost_reason', { transforms: ['trim'], when: { not: lost }, reason: 'A reason on a deal that is not lost (won again, opened again): Odoo keeps one for lost deals only.' });
    lines.set('x_instream_lost_reason', { constant: null, when: lost, reason: 'Lost: the reason stands in Odoo\'s own field.' });
  }
  lines.move('probability', 'x_instream_probability', { transforms: [lines.typed('probability', 'number')], whenMissing: 'empty', reason: 'Probability as it stood in InStream; the one in Odoo follows the stage decisions.' });
  textLine(lines, 'description', 'description');
  commonLines(lines, input);
  return {
    lines,
    mapping: { // after the contacts as leads, whose places decide what a deal's partner is
      id: 'deals', source: 'deal', destination: 'crm.lead', phase: 'opportunities', identity: {}, fields: lines.lines, leftOut: [],
      holdWhen: [
        { condition: { all: [{ link: 'contact', state: 'none' }, { any: [{ decision: 'deal-without-contact', is: 'hold' }, { all: [{ decision: 'deal-without-contact', is: 'company' }, { link: 'company', state: 'none' }] }] }] },
          code: 'deal-without-contact', message: 'The deal names no contact.', remedy: 'Give it a contact_email or contact_id (`portolan quarantine export <project> --file held.csv`, then `portolan quarantine retry <project> --file held.csv`), or let it in without one (`portolan decide <project>`: deal-without-contact).' },
        ...laterHold(meanings.status, 'status-not-decided', 'The status of the deal was in no export when the plan was made, and nobody has said what it means'),
        ...laterHold(meanings.stage, 'stage-not-decided', 'The deal has no status, and nobody has said what its stage means'),
        ...laterHold({ all: [dealCurrencies(input).foreign, { undecided: 'currency-rate', of: 'currency' }] }, 'currency-not-decided', 'The currency of the deal was in no export when the plan was made, and nobody has said what becomes of such amounts'),
      ],
      ...byRoute('Every deal becomes an opportunity.'),
    },
  };
}

/** Currencies of deals other than the company's: those that this export has, and the condition for any. */
function dealCurrencies(input: MappingInput): { readonly known: readonly string[]; readonly foreign: Condition } {
  const own = input.currency.toUpperCase();
  const found = [...valuesOf(objectOf(input.source, 'deal'), 'currency').map(({ value }) => value), ...Object.keys((input.source.facts['currencies'] ?? {}) as object)];
  const known = [...new Set(found.map((currency) => currency.trim().toUpperCase()))].filter((currency) => currency !== '' && currency !== own); // as the decisions name them
  return { known, foreign: { all: [{ field: 'currency', filled: true }, ...(own === '' ? [] : [{ not: { field: 'currency', oneOf: [own] } } satisfies Condition])] } };
}

/** Amounts in the company's currency go in as they are; others only by a stated rate, and are kept in any case. */
function amountLines(lines: LineBuilder, input: MappingInput): void {
  if (!lines.has('amount')) return;
  const number = lines.typed('amount', 'number');
  const { known: foreign, foreign: isForeign } = dealCurrencies(input);
  lines.move('amount', 'expected_revenue', { transforms: [number], when: { not: isForeign }, reason: `Amount in ${input.currency}, or without a currency.` });
  for (const currency of foreign) {
    lines.move('amount', 'expected_revenue', { transforms: [number, { convert: { rate: { decision: `currency-rate:${currency}` } } }], when: { field: 'currency', oneOf: [currency] }, reason: `Amount in ${currency}, converted only by the stated rate.` });
  }
  if (foreign.length > 0) lines.move('amount', 'x_instream_amount', { transforms: [number], when: isForeign, reason: 'Amount in the deal\'s own currency.' });
  lines.move('currency', 'x_instream_currency', { transforms: ['trim', 'upper'], reason: 'Currency of the deal; Odoo keeps the company\'s for all.' });
}

/** Won = a won stage and probability 100; lost = archived with probability 0 (Odoo 14-19). */
function stageLines(lines: LineBuilder, params: Readonly<{ won: Condition; lost: Condition; open: Condition; keyed: readonly string[] }>): void {
  const { won, lost, open, keyed } = params;
  lines.set('stage_id', { link: 'stage', through: ['stages'], whenMissing: 'quarantine', when: { not: won }, reason: 'Stage by id, else by pipeline and name.' });
  lines.set('stage_id', { constant: true, transforms: [{ decision: 'won-stage' }], lookup: { object: 'crm.stage', by: 'name', ignoreCase: true }, whenMissing: 'quarantine', when: won, reason: 'Won in Odoo means: in a won stage.' });
  lines.set('probability', { constant: '100', when: won, reason: 'Won.' });
  lines.set('probability', { constant: '0', when: lost, reason: 'Lost.' });
  lines.set('probability', { from: keyed, transforms: [{ join: ' / ' }, { decision: { prefix: 'stage-probability' } }], when: open, reason: 'Decided for the stage: Odoo 14-19 keeps no probability on stages.' });
  lines.set('active', { constant: false, when: lost, reason: 'Lost opportunities are archived in Odoo.' });
  lines.set('active', { constant: true, when: { not: lost }, reason: 'Open and won opportunities are active.' });
  lines.use('stage_id', 'stage_name', 'pipeline_id', 'pipeline_name', 'status');
  lines.move('pipeline_name', 'x_instream_pipeline', { transforms: ['trim'], reason: 'Stages of all pipelines are shared in Odoo: the pipeline is kept by name.' });
  lines.move('stage_name', 'x_instream_stage', { transforms: ['trim'], when: won, reason: 'The stage a won deal was in.' });
  if (lines.has('stage_name')) lines.set('x_instream_stage', { constant: null, when: { not: won }, reason: 'Not won, or no longer: the stage stands in Odoo\'s own field.' });
}
