/**
 * Destination objects with the evaluator's judgement. `# model kinds`, then `field | label | type | values | meanings`.
 * A meaning listed is the truth for it; `m~` = truth, but leaving it out is as good; `m?` = acceptable besides the truth
 * (or besides none). `!` after the type: read-only. Origin: field lists read from live Odoo servers (community modules), labels in English.
 */
export const erpDestinations = `
# res.partner person organisation
name | Name | char | full | full orgname first last middle~ last2 suffix~
id | External ID | char | external | id~ extid
company_type | Company Type | selection | enum:person,company |
is_company | Is a Company | boolean | bool |
parent_id | Related Company | many2one(res.partner) | company | parent companyId company?
company_name | Company Name | char | company | company companyId?
commercial_company_name | Company Name Entity | char! | company |
function | Job Position | char | job | job
title | Title | many2one(res.partner.title) | enum:Doctor,Madam,Mister | prefix
email | Email | char | email | email
phone | Phone | char | phone | phone
mobile | Mobile | char | mobile | mobile
website | Website Link | char | website | website domain~
street | Street | char | street | street fulladdr?
street2 | Street2 | char | street2 | street2
city | City | char | city | city
state_id | State | many2one(res.country.state) | enum:Ohio,Oregon,Texas | region
zip | Zip | char | zip | zip
country_id | Country | many2one(res.country) | country | country countryCode
vat | Tax ID | char | vat | vat taxno?
company_registry | Company ID | char | id | regno taxno?
ref | Reference | char | ref | accountno extid? id?
lang | Language | selection | locale | lang
tz | Timezone | selection | tz | tz
user_id | Salesperson | many2one(res.users) | full | owner
team_id | Sales Team | many2one(crm.team) | team | team~
category_id | Tags | many2many(res.partner.category) | enum:Prospects,Vendor,VIP | tags ctype~ pstatus? lifecycle?
industry_id | Industry | many2one(res.partner.industry) | industry | industry pindustry~
comment | Notes | html | html | notes desc
active | Active | boolean | bool | active
type | Address Type | selection | enum:contact,invoice,delivery |
date | Date | date | date |
barcode | Barcode | char | id |
employee | Employee | boolean | bool |
color | Color Index | integer | small |
partner_latitude | Geo Latitude | float | lat | lat
partner_longitude | Geo Longitude | float | lng | lng
image_1920 | Image | binary | enum:iVBORw0KGgo | photo
company_id | Company | many2one(res.company) | enum:My Company,My Company (EU) |
credit_limit | Credit Limit | float | money | credit
property_payment_term_id | Customer Payment Terms | many2one(account.payment.term) | terms | terms
customer_rank | Customer Rank | integer | small |
supplier_rank | Supplier Rank | integer | small |
bank_ids | Banks | one2many(res.partner.bank) | enum:(redacted) | iban~
contact_address | Complete Address | char! | fulladdr | fulladdr?
create_date | Created on | datetime! | datetime | created?
write_date | Last Updated on | datetime! | datetime | updated?
message_bounce | Bounce | integer | small | bounced~
is_blacklisted | Blacklist | boolean! | bool | optout~ optin?
# crm.lead deal lead
name | Opportunity | char | dealname | dname
id | External ID | char | external | id~ extid
type | Type | selection | enum:lead,opportunity |
partner_id | Customer | many2one(res.partner) | company | orgRef~ contact~ companyId?
contact_name | Contact Name | char | full | full first last middle~ last2 contactName suffix~ contact?
partner_name | Company Name | char | company | company orgRef?
title | Title | many2one(res.partner.title) | enum:Doctor,Madam,Mister | prefix
function | Job Position | char | job | job
email_from | Email | char | email | email contactEmail
email_cc | Email cc | char | email |
phone | Phone | char | phone | phone contactPhone
mobile | Mobile | char | mobile | mobile
website | Website | char | website | website domain~
street | Street | char | street | street fulladdr?
street2 | Street2 | char | street2 | street2
city | City | char | city | city
state_id | State | many2one(res.country.state) | enum:Ohio,Oregon,Texas | region
zip | Zip | char | zip | zip
country_id | Country | many2one(res.country) | country | country countryCode
lang_id | Language | many2one(res.lang) | enum:German / Deutsch,English (US) | lang
user_id | Salesperson | many2one(res.users) | full | owner
team_id | Sales Team | many2one(crm.team) | team | team pipeline~
stage_id | Stage | many2one(crm.stage) | enum:New,Qualified,Won | stage pstatus~ dstatus?
tag_ids | Tags | many2many(crm.tag) | enum:Product,Software,Training | tags dtype~ ctype~ pindustry?
priority | Priority | selection | enum:0,1,2,3 | priority rating~
expected_revenue | Expected Revenue | monetary | money | amount
recurring_revenue | Recurring Revenues | monetary | money | mrr
recurring_plan | Recurring Plan | many2one(crm.recurring.plan) | enum:Monthly,Yearly | plan2
company_currency | Currency | many2one(res.currency)! | currency | currency~
probability | Probability | float | percent | prob
date_deadline | Expected Closing | date | date | close
date_closed | Closed Date | datetime! | datetime | closedAt?
date_open | Assignment Date | datetime! | datetime | assignedAt?
date_last_stage_update | Last Stage Update | datetime! | datetime | stagechanged?
date_conversion | Conversion Date | datetime! | datetime | converted?
lost_reason_id | Lost Reason | many2one(crm.lost.reason) | reason | lostReason
description | Notes | html | html | notes desc
referred | Referred By | char | full |
campaign_id | Campaign | many2one(utm.campaign) | campaign | campaign
medium_id | Medium | many2one(utm.medium) | enum:Phone,Direct,Website | medium
source_id | Source | many2one(utm.source) | enum:Search engine,Newsletter | source
active | Active | boolean | bool | active
color | Color Index | integer | small |
company_id | Company | many2one(res.company) | enum:My Company,My Company (EU) |
day_close | Days to Close | float! | small |
create_date | Created on | datetime! | datetime | created?
write_date | Last Updated on | datetime! | datetime | updated?
# helpdesk.ticket ticket
name | Title | char | subject | subject
id | External ID | char | external | id~ extid tno?
number | Ticket number | char! | ref | tno~
description | Description | html | html | body
partner_id | Contact | many2one(res.partner) | full | requester contact orgRef?
partner_name | Partner Name | char | full | requester?
partner_email | Email | char | email | reqEmail
user_id | Assigned user | many2one(res.users) | full | assignee
team_id | Team | many2one(helpdesk.ticket.team) | team | team inbox?
stage_id | Stage | many2one(helpdesk.ticket.stage) | enum:New,In Progress,Done | tstatus
priority | Priority | selection | enum:0,1,2,3 | tpriority
category_id | Category | many2one(helpdesk.ticket.category) | tcat | tcat ttype~
channel_id | Channel | many2one(helpdesk.ticket.channel) | channel | channel
tag_ids | Tags | many2many(helpdesk.ticket.tag) | enum:urgent,hardware | tags ttype?
company_id | Company | many2one(res.company) | enum:My Company |
assigned_date | Assigned Date | datetime | datetime | assignedAt
closed_date | Closed Date | datetime | datetime | closed resolved~
last_stage_update | Last Stage Update | datetime | datetime |
closed | Closed | boolean! | bool | closedFlag~
unattended | Unattended | boolean! | bool |
color | Color Index | integer | small |
sequence | Sequence | integer | small |
kanban_state | Kanban State | selection | enum:normal,done,blocked |
email_cc | Email cc | char | email | cc
partner_lang | Language | selection | locale | lang
sla_deadline | SLA deadline | datetime | datetime | due~
sla_expired | SLA expired | boolean | bool |
active | Active | boolean | bool | active
attachment_ids | Media Attachments | one2many(ir.attachment) | enum:a.pdf |
create_date | Created on | datetime! | datetime | created?
write_date | Last Updated on | datetime! | datetime | updated?
rating_last_value | Rating Last Value | float! | small | csat?
rating_last_feedback | Rating Last Feedback | text! | text | csatComment?
`;
