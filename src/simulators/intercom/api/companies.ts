import { customAttributes } from '../attributes.ts';
import { optionalNumber, optionalText, param, text } from '../call.ts';
import type { Call, Handler } from '../call.ts';
import type { Company } from '../model.ts';
import { numbered } from '../paging.ts';
import { notFound, Problem } from '../problem.ts';
import { companyOf, isGone } from '../records.ts';
import { companyView, contactView, visibleMembers } from '../views/contact-view.ts';
import type { Workspace } from '../workspace.ts';

/** A deletion archives the company a little later. */
const deletionDelayMs = 2_000;
const scrollLifetimeMs = 60_000;
const scrollSize = 100;

function byCompanyId(workspace: Workspace, companyId: string): Company | undefined {
  return [...workspace.companies.values()].find((company) => company.companyId === companyId && !isGone(workspace, company));
}

function makeCompany(workspace: Workspace, companyId: string): Company {
  const seq = workspace.count('record');
  const { now } = workspace;
  const company: Company = {
    id: workspace.objectId(seq), seq, companyId, name: null, plan: null, size: null, website: null, industry: null, monthlySpend: 0, remoteCreatedAt: null, createdAt: now, updatedAt: now,
    attributes: new Map(), tags: new Map(), members: new Set(), goneFrom: null,
  };
  workspace.companies.set(company.id, company);
  return company;
}

function writer(call: Call): (company: Company) => unknown {
  const { body, workspace } = call;
  const attributes = customAttributes(workspace, 'company', body);
  const [name, plan, website, industry] = [optionalText(body, 'name'), optionalText(body, 'plan'), optionalText(body, 'website'), optionalText(body, 'industry')];
  const [size, spend, remote] = [optionalNumber(body, 'size'), optionalNumber(body, 'monthly_spend'), optionalNumber(body, 'remote_created_at')];
  return (company) => {
    Object.assign(company, {
      name: name ?? company.name, plan: plan ?? company.plan, website: website ?? company.website, industry: industry ?? company.industry, size: size ?? company.size,
      monthlySpend: Math.trunc(spend ?? company.monthlySpend), remoteCreatedAt: remote ?? company.remoteCreatedAt, updatedAt: workspace.now,
    });
    for (const [attribute, value] of attributes) company.attributes.set(attribute, value);
    return companyView(workspace, company);
  };
}

/** Creates or updates by `company_id`; the answer does not say which. */
export const upsertCompany: Handler = (call) => {
  const companyId = text(call.body, 'company_id');
  const write = writer(call);
  return write(byCompanyId(call.workspace, companyId) ?? makeCompany(call.workspace, companyId));
};

export const updateCompany: Handler = (call) => writer(call)(companyOf(call.workspace, param(call, 'id')));
export const getCompany: Handler = (call) => companyView(call.workspace, companyOf(call.workspace, param(call, 'id')));

/** Companies are seen once a contact belongs to them. */
const visible = (workspace: Workspace): readonly Company[] => [...workspace.companies.values()].filter((company) => !isGone(workspace, company) && visibleMembers(workspace, company) > 0);

export const listCompanies: Handler = (call) => {
  const { workspace, query } = call;
  const [companyId, name, tag] = [query.get('company_id'), query.get('name'), query.get('tag_id')];
  if (companyId !== null || name !== null) {
    const found = companyId !== null ? byCompanyId(workspace, companyId) : [...workspace.companies.values()].find((company) => company.name === name && !isGone(workspace, company));
    if (found === undefined) throw notFound('Company Not Found', 'company_not_found');
    return companyView(workspace, found);
  }
  const companies = visible(workspace).filter((company) => tag === null || company.tags.has(tag));
  const { items, page, size, totalPages } = numbered(call, companies, 15, 60);
  return { type: 'list', data: items.map((company) => companyView(workspace, company)), total_count: companies.length, pages: { type: 'pages', next: null, page, per_page: size, total_pages: totalPages } };
};

/** One scroll at a time for the app; it is forgotten after a minute without use. */
export const scrollCompanies: Handler = ({ workspace, query }) => {
  const now = workspace.clock.now();
  const given = query.get('scroll_param');
  const running = workspace.companyScroll !== null && workspace.companyScroll.expires > now ? workspace.companyScroll : null;
  if (given === null && running !== null) throw new Problem(400, 'scroll_exists', 'scroll already exists for this workspace');
  if (given !== null && running?.id !== given) throw notFound('scroll parameter not found');
  const scroll = running ?? { id: `scroll-${workspace.count('option')}`, position: 0, expires: 0 };
  const companies = visible(workspace).slice(scroll.position, scroll.position + scrollSize);
  scroll.position += companies.length;
  scroll.expires = now + scrollLifetimeMs;
  workspace.companyScroll = companies.length === 0 ? null : scroll;
  return { type: 'list', data: companies.map((company) => companyView(workspace, company)), pages: null, total_count: null, scroll_param: scroll.id };
};

export const deleteCompany: Handler = (call) => {
  const company = companyOf(call.workspace, param(call, 'id'));
  company.goneFrom ??= call.workspace.clock.now() + deletionDelayMs;
  return { id: company.id, object: 'company', deleted: true };
};

export const contactsOfCompany: Handler = (call) => {
  const company = companyOf(call.workspace, param(call, 'id'));
  const contacts = [...company.members].flatMap((id) => call.workspace.contacts.get(id) ?? []).filter(({ archived }) => !archived);
  return { type: 'list', data: contacts.map((contact) => contactView(call, contact)), total_count: contacts.length, pages: { type: 'pages', next: null, page: 1, per_page: 50, total_pages: 1 } };
};
