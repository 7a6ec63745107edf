import type { ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import { hasGroup } from '../orm/rights.ts';
import { searchIds } from '../orm/search.ts';
import { writeRecords } from '../orm/write.ts';
import { validationError } from '../python-errors.ts';
import type { Draft, Row } from '../store/row.ts';
import { dropActivities } from './activities-of.ts';
import { fillFromPartner, logRecomputed, overwritePartner } from './lead-partner-sync.ts';
import { cleanWebsite, normaliseEmail, sanitisePhone } from './text-forms.ts';

/** Leads and opportunities: stage, probability, won and lost, by version (measured on 14, 17, 18, 19). */
export const leadBehaviour: ModelBehaviour = {
  defaults: (env) => ({
    user_id: env.uid,
    type: hasGroup(env, 'crm.group_use_lead') ? 'lead' : 'opportunity',
    priority: '0',
  }),
  beforeCreate: (env, draft, given) => {
    derive(draft, null);
    fillFromPartner(env, draft, given);
    derive(draft, null);
    fillAssignment(env, draft, given);
    if (!given.has('stage_id') || draft['stage_id'] === undefined) draft['stage_id'] = firstStage(env);
    const won = isWonStage(env, draft['stage_id']);
    if (env.version >= 19) refuseLostInWonStage(draft, won, given);
    const automated = won ? 100 : automatedProbability(env);
    setNumber(draft, 'automated_probability', automated);
    if (!given.has('probability')) setNumber(draft, 'probability', draft['active'] === true ? automated : env.version >= 19 && won ? 100 : 0);
    // From 17 on these two are worked out only where they are empty, also when sent as empty; 14 overwrites them.
    if (env.version === 14 || draft['date_last_stage_update'] === undefined) draft['date_last_stage_update'] = env.now;
    if (env.version === 14 || draft['date_open'] === undefined) draft['date_open'] = draft['user_id'] === undefined ? undefined : env.now;
    // Up to 18 a lead created in a won stage has no closing date; 19 sets one.
    if (env.version >= 19 && won && !given.has('date_closed')) draft['date_closed'] = env.now;
    finish(env, draft);
  },
  afterCreate: (env, rows, given) => {
    rows.forEach((row, at) => overwritePartner(env, row, given[at]!));
  },
  beforeWrite: (env, row, changes, given) => {
    if ('partner_id' in changes && changes['partner_id'] !== row['partner_id']) fillFromPartner(env, changes, given);
    derive(changes, row);
    applyStageRules(env, row, changes, given);
    if ('user_id' in changes && changes['user_id'] !== row['user_id'] && !given.has('date_open')) changes['date_open'] = changes['user_id'] === undefined ? undefined : env.now;
    if ('stage_id' in changes && changes['stage_id'] !== row['stage_id'] && !given.has('date_last_stage_update')) changes['date_last_stage_update'] = env.now;
    const merged: Draft = { ...row, ...changes };
    finish(env, merged);
    for (const name of ['prorated_revenue', 'day_close', 'day_open', 'won_status']) if (merged[name] !== row[name]) changes[name] = merged[name];
  },
  afterWrite: (env, before, after, given) => {
    dropActivities(env, 'crm.lead', after, given);
    overwritePartner(env, after, given);
    if (given.has('partner_id') && !given.has('email_from') && !given.has('phone') && env.flag('tracking_disable')) logRecomputed(env, before, after);
  },
  computed: {
    company_currency: (env, row) => env.row('res.company', row['company_id'] ?? 1)?.['currency_id'],
    is_automated_probability: (_env, row) => Math.abs(Number(row['probability'] ?? 0) - Number(row['automated_probability'] ?? 0)) < 0.005,
  },
  displayName: (_env, row) => String(row['name'] ?? ''),
  allowed: (env, row) => row['user_id'] === undefined || row['user_id'] === env.uid || hasGroup(env, 'sales_team.group_sale_salesman_all_leads') || hasGroup(env, 'sales_team.group_sale_manager'),
  methods: {
    // Returns None: over XML-RPC the work is committed, then the answer is a fault.
    action_set_lost: {
      on: 'records', parameters: ['**'],
      run: (env, { ids, arguments: given }) => {
        if (env.version >= 19 && ids.some((id) => isWonStage(env, env.row('crm.lead', id)?.['stage_id']))) throw validationError('A lead in a Won stage cannot be lost. Move it to another stage first.');
        writeRecords(env, 'crm.lead', ids, { ...given, active: false, probability: 0, automated_probability: 0 });
        return null;
      },
    },
    action_set_won: {
      on: 'records', parameters: [],
      run: (env, { ids }) => {
        const [stage] = searchIds(env.sudo(), 'crm.stage', [['is_won', '=', true]]);
        writeRecords(env, 'crm.lead', ids, { stage_id: stage, probability: 100 });
        return true;
      },
    },
    convert_opportunity: {
      on: 'records', parameters: ['partner_id=', '**'],
      run: (env, { ids }) => { writeRecords(env, 'crm.lead', ids, { type: 'opportunity', date_conversion: env.now }); return true; },
    },
  },
};

function derive(values: Draft, row: Row | null): void {
  if (typeof values['website'] === 'string' && values['website'] !== '') values['website'] = cleanWebsite(values['website']);
  if (!row || 'email_from' in values) {
    const email = values['email_from'] as string | undefined;
    values['email_normalized'] = normaliseEmail(email);
    values['email_state'] = email === undefined || email === '' ? undefined : /[^\s<>,;"]+@[^\s<>,;"]+/u.test(email) ? 'correct' : 'incorrect';
  }
  if (!row || 'phone' in values) values['phone_sanitized'] = sanitisePhone(values['phone'] as string | undefined);
}

/** Without a salesperson there is no team, and from 17 on no company either. */
function fillAssignment(env: Environment, draft: Draft, given: ReadonlySet<string>): void {
  if (!given.has('team_id') && draft['user_id'] !== undefined) draft['team_id'] = firstTeam(env);
  if (!given.has('company_id') && (env.version === 14 || draft['user_id'] !== undefined || draft['team_id'] !== undefined)) draft['company_id'] = 1;
}

function firstTeam(env: Environment): number | undefined {
  return searchIds(env.sudo(), 'crm.team', [], { limit: 1 })[0];
}

function firstStage(env: Environment): number | undefined {
  return searchIds(env.sudo(), 'crm.stage', [['fold', '=', false]], { limit: 1 })[0];
}

function isWonStage(env: Environment, stage: unknown): boolean {
  return env.row('crm.stage', stage)?.['is_won'] === true;
}

/** The server's estimate from earlier won and lost leads; 0 while there are none. */
function automatedProbability(env: Environment): number {
  const { won, lost } = env.server.leadScore;
  return won + lost === 0 ? 0 : Math.round(10_000 * (won + 0.1) / (won + lost + 0.2)) / 100;
}

function setNumber(draft: Draft, name: string, value: number): void {
  draft[name] = value === 0 ? undefined : value;
}

function refuseLostInWonStage(values: Draft, won: boolean, given: ReadonlySet<string>): void {
  if (!won) return;
  const probability = given.has('probability') ? (values['probability'] ?? 0) : values['active'] === true ? 100 : 0;
  if (probability !== 100) throw validationError('A lead in a Won stage cannot be lost. Move it to another stage first.');
}

function applyStageRules(env: Environment, row: Row, changes: Draft, given: ReadonlySet<string>): void {
  const moved = given.has('stage_id');
  const won = isWonStage(env, moved ? changes['stage_id'] : row['stage_id']);
  if (env.version >= 19 && won && given.has('probability') && (changes['probability'] ?? 0) !== 100) {
    throw validationError('A lead in a Won stage cannot be lost. Move it to another stage first.');
  }
  const automatic = Math.abs(Number(row['probability'] ?? 0) - Number(row['automated_probability'] ?? 0)) < 0.005;
  if (moved && won) {
    // Up to 18 a probability sent along with a won stage is overwritten by 100.
    changes['probability'] = 100;
    changes['automated_probability'] = 100;
    if (env.version >= 19) changes['active'] = true;
    if (!isWonStage(env, row['stage_id'])) env.server.leadScore.won += 1;
  } else if (moved && isWonStage(env, row['stage_id'])) {
    setNumber(changes, 'automated_probability', automatedProbability(env));
    if (automatic && !given.has('probability')) setNumber(changes, 'probability', automatedProbability(env));
  }
  if (given.has('active') && changes['active'] !== true && row['active'] === true) env.server.leadScore.lost += 1;
  const closes = (moved && won) || (given.has('probability') && Number(changes['probability'] ?? 0) >= 100) || (given.has('active') && changes['active'] !== true);
  if (closes) changes['date_closed'] = env.version >= 17 && given.has('date_closed') ? changes['date_closed'] : env.now;
  else if (given.has('probability') && !given.has('date_closed')) changes['date_closed'] = undefined;
}

function finish(env: Environment, lead: Draft): void {
  const probability = Number(lead['probability'] ?? 0);
  setNumber(lead, 'prorated_revenue', Math.round(Number(lead['expected_revenue'] ?? 0) * probability) / 100);
  const created = lead['create_date'] === undefined ? env.now : String(lead['create_date']).slice(0, 19);
  setNumber(lead, 'day_close', lead['date_closed'] === undefined ? 0 : daysBetween(created, String(lead['date_closed'])));
  setNumber(lead, 'day_open', lead['date_open'] === undefined ? 0 : daysBetween(created, String(lead['date_open'])));
  if (env.version < 19) return;
  const won = isWonStage(env, lead['stage_id']) && probability === 100;
  lead['won_status'] = won ? 'won' : lead['active'] !== true && probability === 0 ? 'lost' : 'pending';
}

function daysBetween(a: string, b: string): number {
  return Math.floor(Math.abs(Date.parse(`${b.replace(' ', 'T')}Z`) - Date.parse(`${a.replace(' ', 'T')}Z`)) / 86_400_000);
}
