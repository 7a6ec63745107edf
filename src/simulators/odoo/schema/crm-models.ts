/** Fields of the simulated models, as `fields_get` lists them for an administrator (Odoo 14, 17, 18, 19, measured). Notation: `parse-schema.ts`. */
export const crmModels = `
# crm.lead "Lead/Opportunity"
active boolean
activity_ids one2many(mail.activity,res_id) "Activities"
automated_probability float-
calendar_event_ids one2many(calendar.event,opportunity_id) "Meetings" @17,18,19
campaign_id many2one(utm.campaign) "Campaign"
city char
color integer "Color Index"
company_currency many2one-~(res.currency) "Currency"
company_id many2one(res.company) "Company"
contact_name char
country_id many2one(res.country) "Country"
date_action_last datetime- "Last Action" @14
date_automation_last datetime- "Last Action" @17,18,19
date_closed datetime- "Closed Date"
date_conversion datetime- "Conversion Date"
date_deadline date "Expected Closing"
date_last_stage_update datetime- "Last Stage Update"
date_open datetime- "Assignment Date"
day_close float- "Days to Close"
day_open float- "Days to Assign"
description text "Notes" @14
description html "Notes" @17,18,19
email_cc char "Email cc"
email_domain_criterion char- @17,18,19
email_from char "Email"
email_normalized char- "Normalized Email"
email_state selection-[correct=Correct|incorrect=Incorrect] "Email Quality"
expected_revenue monetary
function char "Job Position"
iap_enrich_done boolean "Enrichment done"
is_automated_probability boolean-~
lang_id many2one(res.lang) "Language"
lead_properties properties "Properties" @17,18,19
lost_reason many2one(crm.lost.reason) @14
lost_reason_id many2one(crm.lost.reason) "Lost Reason" @17,18,19
medium_id many2one(utm.medium) "Medium"
message_follower_ids one2many(mail.followers,res_id) "Followers"
message_ids one2many(mail.message,res_id) "Messages"
message_main_attachment_id many2one(ir.attachment) "Main Attachment" @14
message_partner_ids many2many-~(res.partner) "Followers (Partners)" @14
message_partner_ids many2many~(res.partner) "Followers (Partners)" @17,18,19
mobile char @14,17,18
name char! "Opportunity"
partner_id many2one(res.partner) "Customer" @14,17,18
partner_id many2one(res.partner) "Contact" @19
partner_name char "Company Name"
phone char
phone_sanitized char- "Sanitized Number"
phone_state selection-[correct=Correct|incorrect=Incorrect] "Phone Quality"
priority selection[0=Low|1=Medium|2=High|3=Very High]
probability float
prorated_revenue monetary-
recurring_plan many2one(crm.recurring.plan) @17,18,19
recurring_revenue monetary "Recurring Revenues" @17,18,19
recurring_revenue_monthly monetary- "Expected MRR" @17,18,19
recurring_revenue_monthly_prorated monetary- "Prorated MRR" @17,18,19
recurring_revenue_prorated monetary- "Prorated Recurring Revenues" @17,18,19
referred char "Referred By"
reveal_id char "Reveal ID"
source_id many2one(utm.source) "Source"
stage_id many2one(crm.stage) "Stage"
state_id many2one(res.country.state) "State"
street char
street2 char
tag_ids many2many(crm.tag) "Tags"
team_id many2one(crm.team) "Sales Team"
title many2one(res.partner.title) @14,17,18
type selection![lead=Lead|opportunity=Opportunity]
user_id many2one(res.users) "Salesperson"
website char
won_status selection-[won=Won|lost=Lost|pending=Pending] "Won/Lost" @19
zip char
# crm.stage "CRM Stages"
color integer @19
fold boolean "Folded in Pipeline"
is_won boolean "Is Won Stage?"
name char! "Stage Name"
requirements text
rotting_threshold_days integer "Days to rot" @19
sequence integer
team_id many2one(crm.team) "Sales Team" @14,17,18
team_ids many2many(crm.team) "Sales Teams" @19
# crm.tag "CRM Tag"
color integer
name char! "Tag Name"
# crm.team "Sales Team"
active boolean
assignment_domain char @17,18,19
assignment_optout boolean "Skip auto assignment" @17,18,19
color integer "Color Index"
company_id many2one(res.company) "Company"
favorite_user_ids many2many(res.users) "Favorite Members"
lead_properties_definition properties_definition "Lead Properties" @17,18,19
member_ids one2many(res.users,sale_team_id) "Channel Members" @14
message_follower_ids one2many(mail.followers,res_id) "Followers"
message_ids one2many(mail.message,res_id) "Messages"
message_main_attachment_id many2one(ir.attachment) "Main Attachment" @14
message_partner_ids many2many-~(res.partner) "Followers (Partners)" @14
message_partner_ids many2many~(res.partner) "Followers (Partners)" @17,18,19
name char! "Sales Team"
sequence integer
use_leads boolean "Leads"
use_opportunities boolean "Pipeline"
user_id many2one(res.users) "Team Leader"
# crm.lost.reason "Opp. Lost Reason"
active boolean
name char! "Description"
# crm.merge.opportunity "Merge Opportunities"
opportunity_ids many2many(crm.lead) "Leads/Opportunities"
team_id many2one(crm.team) "Sales Team"
user_id many2one(res.users) "Salesperson"
# crm.recurring.plan "CRM Recurring revenue plans"
active boolean
name char! "Plan Name"
number_of_months integer! "# Months"
sequence integer
# utm.campaign "UTM Campaign"
active boolean @17,18,19
color integer "Color Index"
name char! "Campaign Name" @14
name char! "Campaign Identifier" @17,18,19
title char! "Campaign Name" @17,18,19
user_id many2one!(res.users) "Responsible"
# utm.medium "UTM Medium"
active boolean
name char! "Medium Name"
# utm.source "UTM Source"
name char! "Source Name"
`;
