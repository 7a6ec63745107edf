import type { Environment } from '../orm/environment.ts';
import { linkedBy } from '../orm/hierarchy.ts';
import { storeChanges } from '../orm/write.ts';
import type { Draft, Row, Stored } from '../store/row.ts';
import { ADDRESS } from './address-fields.ts';
import { logMessage } from './chatter.ts';
import { normaliseEmail, sanitisePhone } from './text-forms.ts';

/** What a lead takes from its partner when it has nothing of its own. */
export function fillFromPartner(env: Environment, lead: Draft, given: ReadonlySet<string>): void {
  const partner = env.row('res.partner', lead['partner_id']);
  if (!partner) return;
  const fill = (name: string, value: Stored | undefined): void => {
    if (!given.has(name) && value !== undefined && env.model('crm.lead').fields.has(name)) lead[name] = value;
  };
  const company = env.row('res.partner', partner['parent_id']);
  const companyName = company?.['is_company'] === true ? company['name'] : partner['is_company'] === true ? partner['name'] : env.version >= 17 ? partner['company_name'] : undefined;
  fill('partner_name', companyName);
  fill('contact_name', partner['is_company'] === true ? undefined : partner['name']);
  fill('email_from', partner['email']);
  fill('phone', partner['phone']);
  fill('mobile', partner['mobile']);
  fill('function', partner['function']);
  fill('title', partner['title']);
  fill('website', partner['website']);
  // The address comes as a whole or not at all.
  if (ADDRESS.some((name) => given.has(name)) || !ADDRESS.some((name) => partner[name] !== undefined)) return;
  for (const name of ADDRESS) lead[name] = partner[name];
}

/**
 * A lead's e-mail and phone overwrite its partner's, and through it those of his other leads (measured on all versions).
 * From 17 on an empty value on the lead leaves the partner alone; on 14 it empties him too.
 */
export function overwritePartner(env: Environment, lead: Row, given: ReadonlySet<string>): void {
  const partner = env.row('res.partner', lead['partner_id']);
  if (!partner) return;
  const changes: Draft = {};
  for (const [own, theirs] of [['email_from', 'email'], ['phone', 'phone']] as const) {
    if (!given.has(own) || lead[own] === partner[theirs]) continue;
    if (lead[own] === undefined && env.version !== 14) continue;
    changes[theirs] = lead[own];
  }
  if (Object.keys(changes).length === 0) return;
  if ('email' in changes) changes['email_normalized'] = normaliseEmail(changes['email'] as string | undefined);
  if ('phone' in changes) changes['phone_sanitized'] = sanitisePhone(changes['phone'] as string | undefined);
  const after = storeChanges(env.sudo(), env.model('res.partner'), partner.id, changes);
  syncLeadsFromPartner(env, partner, after);
}

/** Changing a partner's e-mail or phone rewrites those of his leads. */
export function syncLeadsFromPartner(env: Environment, before: Row, after: Row): void {
  if (!env.hasModel('crm.lead')) return;
  const changes: Draft = {};
  if (before['email'] !== after['email'] && after['email'] !== undefined) {
    changes['email_from'] = after['email'];
    changes['email_normalized'] = normaliseEmail(after['email'] as string);
  }
  if (before['phone'] !== after['phone'] && after['phone'] !== undefined) {
    changes['phone'] = after['phone'];
    changes['phone_sanitized'] = sanitisePhone(after['phone'] as string);
  }
  if (Object.keys(changes).length === 0) return;
  for (const id of linkedBy(env, 'crm.lead', 'partner_id', after.id)) {
    const lead = env.row('crm.lead', id)!;
    if (Object.entries(changes).every(([name, value]) => lead[name] === value)) continue;
    storeChanges(env.sudo(), env.model('crm.lead'), id, changes);
    logRecomputed(env, lead, env.row('crm.lead', id)!);
  }
}

/**
 * 14 logs the change of an e-mail or phone that it worked out itself, whatever the quiet keys say: the recomputation
 * runs without the caller's context (measured on 14; not known of the later versions).
 */
export function logRecomputed(env: Environment, before: Row, after: Row): void {
  if (env.version !== 14) return;
  if (before['email_from'] !== after['email_from'] || before['phone'] !== after['phone']) logMessage(env, 'crm.lead', after.id, '');
}
