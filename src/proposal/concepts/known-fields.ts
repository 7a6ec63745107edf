/**
 * Fields of well-known objects whose meaning their name and label do not tell, or that take several meanings.
 * `object.field | meaning[:strength][+] …`: strength 0..1 (default 1) says how well the meaning fits; `^po` = only where the source holds such objects; `+` = several source
 * fields may go there together. An empty list: a field of the platform's own that no source has. Origin: the field lists
 * and labels of the products, read from live servers and their public API descriptions.
 */
export const knownFields = `
res.partner.name | full-name^pe org-name^o first-name:.75+ middle-name:.55+ last-name:.75+ second-last-name:.6+ name-suffix:.45+ legal-name:.3
res.partner.display_name | full-name:.4 org-name:.4
res.partner.id | external-id record-id:.9
res.partner.company_type | is-company
res.partner.is_company | is-company
res.partner.parent_id | org-ref parent-org org-name:.6^pe
res.partner.company_name | org-name^pe
res.partner.commercial_company_name | org-name:.3 legal-name:.3
res.partner.function | job-title
res.partner.title | salutation
res.partner.email | email
res.partner.phone | phone
res.partner.mobile | mobile
res.partner.website | website domain:.55
res.partner.street | street full-address:.6 house-number:.4+
res.partner.street2 | street2 street3:.4
res.partner.city | city
res.partner.state_id | region
res.partner.zip | postcode
res.partner.country_id | country country-code
res.partner.vat | vat tax-number:.45
res.partner.company_registry | company-registry tax-number:.3
res.partner.ref | account-number external-id:.35 record-id:.2
res.partner.lang | language
res.partner.tz | timezone
res.partner.user_id | owner assignee:.7 owner-email:.6
res.partner.team_id | team
res.partner.category_id | tags+ account-type:.5+ lists:.5+ segment:.35+ lifecycle-stage:.2+ interest:.3+
res.partner.industry_id | industry
res.partner.comment | notes+ description+
res.partner.active | active archived:.4
res.partner.type | address-type
res.partner.date |
res.partner.barcode | barcode
res.partner.employee |
res.partner.color |
res.partner.partner_latitude | latitude
res.partner.partner_longitude | longitude
res.partner.image_1920 | photo
res.partner.company_id |
res.partner.credit_limit | credit-limit
res.partner.property_payment_term_id | payment-terms
res.partner.property_product_pricelist | price-list
res.partner.customer_rank |
res.partner.supplier_rank |
res.partner.bank_ids | bank-account
res.partner.contact_address | full-address
res.partner.create_date | created-at
res.partner.write_date | updated-at
res.partner.message_bounce | bounced
res.partner.is_blacklisted | email-optout
res.partner.additional_info |
crm.lead.name | deal-name
crm.lead.id | external-id record-id:.9
crm.lead.type | lead-or-deal
crm.lead.partner_id | contact-ref+ org-ref+ org-name:.95^d+ org-name:.5+ requester:.4+ full-name:.3
crm.lead.contact_name | full-name contact-ref:.6 first-name:.9+ middle-name:.5+ last-name:.95+ second-last-name:.6+ name-suffix:.4+ requester:.4
crm.lead.partner_name | org-name^p org-name:.75 org-ref:.5 legal-name:.3
crm.lead.title | salutation
crm.lead.function | job-title
crm.lead.email_from | email contact-email
crm.lead.email_cc | cc email-second:.35
crm.lead.phone | phone contact-phone
crm.lead.mobile | mobile
crm.lead.website | website domain:.55
crm.lead.street | street full-address:.6 house-number:.4+
crm.lead.street2 | street2 street3:.4
crm.lead.city | city
crm.lead.state_id | region
crm.lead.zip | postcode
crm.lead.country_id | country country-code
crm.lead.lang_id | language
crm.lead.user_id | owner assignee owner-email:.6
crm.lead.team_id | team+ pipeline:.55+ 
crm.lead.stage_id | stage deal-status:.55 account-status:.6 lifecycle-stage:.35
crm.lead.tag_ids | tags+ deal-type:.5+ account-type:.45+ lists:.45+ segment:.45+ interest:.3+
crm.lead.priority | deal-priority rating:.55
crm.lead.expected_revenue | amount amount-weighted:.15 amount-home:.1
crm.lead.recurring_revenue | mrr
crm.lead.recurring_plan | recurring-plan
crm.lead.company_currency | currency
crm.lead.probability | probability
crm.lead.date_deadline | close-date due-at:.55^d
crm.lead.date_closed | closed-at won-at:.4
crm.lead.date_open | assigned-at
crm.lead.date_last_stage_update | stage-changed-at
crm.lead.date_conversion | converted:.5
crm.lead.lost_reason_id | lost-reason
crm.lead.description | description+ notes+
crm.lead.referred | referrer
crm.lead.campaign_id | campaign
crm.lead.medium_id | medium
crm.lead.source_id | lead-source utm-source:.6
crm.lead.active | active archived:.4
crm.lead.color |
crm.lead.company_id |
crm.lead.day_close | days-to-close
crm.lead.create_date | created-at
crm.lead.write_date | updated-at
project.task.name | ticket-subject deal-name:.3
project.task.id | external-id record-id:.9
project.task.description | ticket-body description+ notes:.95+
project.task.project_id | project-ref
project.task.partner_id | requester contact-ref org-ref:.6
project.task.partner_name | full-name requester:.55
project.task.partner_email | requester-email email contact-email
project.task.partner_phone | requester-phone phone contact-phone
project.task.email_from | requester-email email contact-email
project.task.email_cc | cc
project.task.user_id | assignee owner owner-email:.6
project.task.user_ids | assignee owner owner-email:.6
project.task.stage_id | ticket-status stage:.8 account-status:.4
project.task.state | ticket-status:.3
project.task.priority | ticket-priority deal-priority:.8
project.task.tag_ids | tags+ ticket-type:.45+ ticket-category:.4+
project.task.date_deadline | due-at close-date:.4
project.task.date_end | closed-at resolved-at:.7
project.task.date_assign | assigned-at
project.task.date_last_stage_update | stage-changed-at
project.task.kanban_state |
project.task.parent_id | ticket-parent
project.task.milestone_id |
project.task.allocated_hours | time-estimate
project.task.planned_hours | time-estimate
project.task.effective_hours | ticket-times:.4
project.task.color |
project.task.company_id |
project.task.sequence |
project.task.active | active archived:.4
project.task.create_date | created-at
project.task.write_date | updated-at
helpdesk.ticket.name | ticket-subject
helpdesk.ticket.id | external-id record-id:.9
helpdesk.ticket.number | ticket-number record-id:.3
helpdesk.ticket.ticket_ref | ticket-number record-id:.3
helpdesk.ticket.description | ticket-body description
helpdesk.ticket.partner_id | requester contact-ref
helpdesk.ticket.commercial_partner_id | org-ref org-name:.7
helpdesk.ticket.partner_name | full-name requester:.55
helpdesk.ticket.partner_email | requester-email email contact-email
helpdesk.ticket.partner_phone | requester-phone phone contact-phone
helpdesk.ticket.partner_lang | language
helpdesk.ticket.user_id | assignee owner owner-email:.6
helpdesk.ticket.team_id | team inbox:.4
helpdesk.ticket.stage_id | ticket-status
helpdesk.ticket.priority | ticket-priority
helpdesk.ticket.category_id | ticket-category ticket-type:.6
helpdesk.ticket.ticket_type_id | ticket-type ticket-category:.6
helpdesk.ticket.channel_id | channel
helpdesk.ticket.tag_ids | tags+ ticket-type:.45+
helpdesk.ticket.email_cc | cc
helpdesk.ticket.assigned_date | assigned-at
helpdesk.ticket.assign_date | assigned-at
helpdesk.ticket.closed_date | closed-at resolved-at:.7
helpdesk.ticket.close_date | closed-at resolved-at:.7
helpdesk.ticket.last_stage_update | stage-changed-at
helpdesk.ticket.date_last_stage_update | stage-changed-at
helpdesk.ticket.closed | closed-flag
helpdesk.ticket.unattended |
helpdesk.ticket.sla_deadline | due-at
helpdesk.ticket.sla_expired | sla-breached
helpdesk.ticket.sla_ids | sla-policy
helpdesk.ticket.kanban_state |
helpdesk.ticket.company_id |
helpdesk.ticket.color |
helpdesk.ticket.sequence |
helpdesk.ticket.active | active archived:.4
helpdesk.ticket.attachment_ids | attachments
helpdesk.ticket.message_ids | messages
helpdesk.ticket.rating_last_value | satisfaction
helpdesk.ticket.rating_status |
helpdesk.ticket.rating_last_feedback | satisfaction-comment
helpdesk.ticket.create_date | created-at
helpdesk.ticket.write_date | updated-at
helpdesk.ticket.project_id | project-ref
helpdesk.ticket.product_id | product brand:.3
contact.external_id | external-id record-id:.85+
contact.role | role
contact.name | full-name first-name:.75+ middle-name:.5+ last-name:.75+ second-last-name:.6+ name-suffix:.4+
contact.avatar | photo
contact.phone | phone mobile:.6
contact.companies | org-ref+ org-name+
contact.notes | notes+ description:.65+
contact.owner_id | owner assignee:.6 owner-email:.6
contact.social_profiles | social-profiles+ linkedin:.7+ twitter:.7+ facebook:.7+ instagram:.55+ xing:.5+
contact.language_override | language
contact.signed_up_at | signup-at created-at:.8
contact.created_at | created-at:.55 first-seen-at:.7
contact.last_seen_at | last-seen-at
contact.last_replied_at | last-replied-at
contact.last_contacted_at | last-contacted-at
contact.unsubscribed_from_emails | email-optout email-optin:.6
contact.has_hard_bounced | bounced
contact.marked_email_as_spam | spam-flag
contact.location.region | region territory:.5^p
contact.location.country | country country-code
contact.tags | tags+ lists:.45+ segment:.4+
contact.utm_source | utm-source
contact.referrer | landing-page
company.company_id | external-id record-id:.85+ account-number:.45
company.name | org-name
company.remote_created_at | created-at
company.created_at | created-at:.5
company.size | employees
company.monthly_spend | monthly-spend mrr
company.plan | plan
company.website | website domain:.6
company.last_request_at | last-seen-at
company.user_count |
company.session_count |
company.segments |
company.notes | notes+ description:.7+
company.tags | tags+ account-type:.3+ lists:.4+
conversation.source.subject | ticket-subject
conversation.title | ticket-subject
conversation.source.body | ticket-body description
conversation.body | ticket-body description
conversation.source.author.email | requester-email email contact-email
conversation.source.author.name | full-name requester:.6
conversation.source.author | requester
conversation.source.type | channel
conversation.contacts | requester contact-ref
conversation.state | ticket-status
conversation.open | closed-flag:.6
conversation.read | unread
conversation.priority | ticket-priority
conversation.admin_assignee_id | assignee owner owner-email:.6
conversation.team_assignee_id | team inbox:.4
conversation.tags | tags+ ticket-type:.4+
conversation.snoozed_until | snoozed-until
conversation.waiting_since | waiting-since
conversation.company | org-ref org-name:.8
conversation.company_id | org-ref org-name:.8
conversation.conversation_rating.rating | satisfaction
conversation.conversation_rating.remark | satisfaction-comment
conversation.conversation_rating | satisfaction
conversation.id | record-id:.3 external-id:.2
conversation.external_id | external-id record-id:.85+
conversation.teammates |
conversation.sla_applied | sla-policy
conversation.attachments | attachments
conversation.conversation_parts | messages
conversation.first_contact_reply | 
conversation.statistics.first_admin_reply_at | first-response-at
conversation.statistics.last_close_at | closed-at resolved-at:.5
conversation.statistics.first_close_at | resolved-at:.5 closed-at:.4
conversation.statistics.first_assignment_at | assigned-at
conversation.statistics.count_reopens | ticket-stats:.5
ticket.ticket_attributes._default_title_ | ticket-subject
ticket._default_title_ | ticket-subject
ticket.default_title | ticket-subject
ticket.title | ticket-subject
ticket.ticket_attributes._default_description_ | ticket-body description
ticket._default_description_ | ticket-body description
ticket.default_description | ticket-body description
ticket.description | ticket-body description
ticket.ticket_type_id | ticket-type ticket-category:.5
ticket.ticket_type | ticket-type ticket-category:.5
ticket.ticket_state | ticket-status
ticket.ticket_state_id | ticket-status
ticket.state | ticket-status
ticket.ticket_id | ticket-number
ticket.category |
ticket.contacts | requester contact-ref requester-email:.4
ticket.admin_assignee_id | assignee owner owner-email:.6
ticket.team_assignee_id | team inbox:.4
ticket.assignment.admin_assignee_id | assignee owner owner-email:.6
ticket.assignment.team_assignee_id | team inbox:.4
ticket.company_id | org-ref org-name:.8
ticket.snoozed_until | snoozed-until
ticket.open | closed-flag:.6
ticket.is_shared | is-private:.5
`;

/**
 * Which other meanings a field of a meaning takes as well, for objects that are not listed above:
 * `meaning of the destination field | meaning of the source field:strength[+] …`.
 */
export const kinships = `
full-name | first-name:.6+ middle-name:.4+ last-name:.6+ second-last-name:.5+ name-suffix:.35+ contact-ref:.5 requester:.5
last-name | second-last-name:.6+ full-name:.3
first-name | middle-name:.25
org-name | org-ref:.55 legal-name:.4
org-ref | org-name:.85 parent-org:.3
parent-org | org-ref:.4
external-id | record-id:.75+ account-number:.3
record-id | external-id:.3
account-number | external-id:.3
phone | contact-phone:.6 requester-phone:.6
mobile | 
email | contact-email:.6 requester-email:.6
website | domain:.5
domain | website:.55 email-domain:.4
street | full-address:.5 house-number:.4+
full-address | street:.35
street2 | street3:.4
country | country-code:.9
country-code | country:.9
region | 
notes | description:.8+
description | notes:.8+ ticket-body:.6
ticket-body | description:.9 notes:.4
tags | lists:.45+ segment:.4+ account-type:.3+ deal-type:.3+ interest:.3+
segment | tags:.3 lists:.3
owner | assignee:.85 owner-email:.6
assignee | owner:.95 owner-email:.6
contact-ref | requester:.8 full-name:.35
requester | contact-ref:.85 full-name:.5
requester-email | email:.8 contact-email:.9
requester-phone | phone:.8 contact-phone:.9
contact-email | email:.7 requester-email:.9
contact-phone | phone:.7 requester-phone:.9
account-status | lifecycle-stage:.35
lifecycle-stage | account-status:.35 account-type:.2
stage | deal-status:.4 ticket-status:.5 account-status:.4
ticket-status | stage:.5 account-status:.3
deal-status | stage:.35
ticket-category | ticket-type:.5
ticket-type | ticket-category:.5 
deal-priority | ticket-priority:.8 rating:.5
ticket-priority | deal-priority:.8
rating | deal-priority:.4
closed-at | resolved-at:.5 won-at:.4
resolved-at | closed-at:.55
close-date | closed-at:.3
signup-at | created-at:.5
lead-source | utm-source:.5 channel:.3
utm-source | lead-source:.3
channel | lead-source:.3 medium:.4
mrr | monthly-spend:.7
monthly-spend | mrr:.8
vat | tax-number:.5
tax-number | vat:.4
social-profiles | linkedin:.6+ twitter:.6+ facebook:.6+ instagram:.5+
email-optout | email-optin:.55
email-optin | email-optout:.55
active | archived:.45 suspended:.3
archived | active:.45
job-title | 
order-total | amount:.8
amount | order-total:.7
created-at | signup-at:.3
is-company | account-type:.15
username | 
first-response-at | 
`;
