/** Notation: `parse-schema.ts`. */

/** What any document with a chatter has. */
const THREAD = `active boolean
activity_ids one2many(mail.activity,res_id) "Activities"
message_follower_ids one2many(mail.followers,res_id) "Followers"
message_ids one2many(mail.message,res_id) "Messages"
message_partner_ids many2many-~(res.partner) "Followers (Partners)"
message_attachment_count integer-~ "Attachment Count"`;

/** Module `rating`: there only when a module depends on it (14, 17, 19 measured; 18 as 17). */
export const ratingModels = `
# rating.rating "Rating"
access_token char "Security Token"
consumed boolean "Filled Rating"
feedback text "Comment"
is_internal boolean "Visible Internally Only"
message_id many2one(mail.message) "Message"
parent_res_id integer "Parent Document"
parent_res_model char "Parent Document Model"
partner_id many2one(res.partner) "Customer"
publisher_comment text "Publisher comment"
rated_on datetime "Rated On" @19
rated_partner_id many2one(res.partner) "Rated person" @14
rated_partner_id many2one(res.partner) "Rated Operator" @17,18,19
rating float "Rating Value"
rating_text selection-[satisfied=Satisfied|not_satisfied=Not satisfied|highly_dissatisfied=Highly dissatisfied|no_rating=No Rating yet] "Rating" @14
rating_text selection-[top=Satisfied|ok=Okay|ko=Dissatisfied|none=No Rating yet] "Rating" @17,18
rating_text selection-[top=Happy|ok=Neutral|ko=Unhappy|none=Not Rated yet] "Rating" @19
res_id integer! "Document" @14
res_id many2one_reference! "Document" @17,18,19
res_model char- "Document Model"
res_model_id many2one(ir.model) "Related Document Model"
res_name char-~ "Resource name"
`;

/** OCA's helpdesk_mgmt with its sla and rating modules, as fields_get lists them on Odoo 14 (measured). */
export const ocaModels = `
# helpdesk.ticket "Helpdesk Ticket"
${THREAD}
access_token char "Security Token"
assigned_date datetime
attachment_ids one2many(ir.attachment,res_id) "Media Attachments"
category_id many2one(helpdesk.ticket.category) "Category"
channel_id many2one(helpdesk.ticket.channel) "Channel"
closed boolean-~
closed_date datetime
color integer "Color Index"
company_id many2one!(res.company) "Company"
description html!
email_cc char "Email cc"
kanban_state selection[normal=Default|done=Ready for next stage|blocked=Blocked]
last_stage_update datetime
name char! "Title"
number char- "Ticket number"
partner_email char "Email"
partner_id many2one(res.partner) "Contact"
partner_name char
priority selection[0=Low|1=Medium|2=High|3=Very High]
rating_ids one2many(rating.rating,res_id) "Rating"
rating_last_value float-~
rating_count integer-~ "Rating count"
sequence integer
sla_deadline datetime "SLA deadline"
sla_expired boolean "SLA expired"
stage_id many2one(helpdesk.ticket.stage) "Stage"
tag_ids many2many(helpdesk.ticket.tag) "Tags"
team_id many2one(helpdesk.ticket.team) "Team"
unattended boolean-~
user_id many2one(res.users) "Assigned user"
user_ids many2many-~(res.users) "Users"
# helpdesk.ticket.team "Helpdesk Ticket Team"
active boolean
alias_name char "Alias Name"
category_ids many2many(helpdesk.ticket.category) "Category"
color integer "Color Index"
company_id many2one(res.company) "Company"
name char!
sequence integer
show_in_portal boolean "Show in portal form"
ticket_ids one2many(helpdesk.ticket,team_id) "Tickets"
use_sla boolean "Use SLA"
user_id many2one(res.users) "Team Leader"
user_ids many2many(res.users) "Members"
# helpdesk.ticket.stage "Helpdesk Ticket Stage"
active boolean
closed boolean
company_id many2one(res.company) "Company"
description html
fold boolean "Folded in Kanban"
mail_template_id many2one(mail.template) "Email Template"
name char! "Stage Name"
sequence integer
unattended boolean
# helpdesk.ticket.tag "Helpdesk Ticket Tag"
active boolean
color integer "Color Index"
company_id many2one(res.company) "Company"
name char
# helpdesk.ticket.category "Helpdesk Ticket Category"
active boolean
company_id many2one(res.company) "Company"
default_team_id many2one(helpdesk.ticket.team) "Default team"
name char!
sequence integer
# helpdesk.ticket.channel "Helpdesk Ticket Channel"
active boolean
company_id many2one(res.company) "Company"
name char!
sequence integer
# helpdesk.sla "Helpdesk SLA"
active boolean
category_ids many2many(helpdesk.ticket.category) "Categories"
days integer!
domain char "Filter"
hours integer!
name char!
note html
stage_ids many2many(helpdesk.ticket.stage) "Stages"
tag_ids many2many(helpdesk.ticket.tag) "Tags"
team_ids many2many(helpdesk.ticket.team) "Teams"
`;

/** Odoo Enterprise's helpdesk: from public documentation, run nowhere here. The closing flag of a stage is is_close up to 15, fold after. */
export const enterpriseModels = `
# helpdesk.ticket "Helpdesk Ticket"
${THREAD}
access_token char "Security Token"
assign_date datetime "First assignment date"
assign_hours integer- "Time to first assignment (hours)"
close_date datetime "Close date"
close_hours integer- "Time to close (hours)"
color integer "Color Index"
company_id many2one-(res.company) "Company"
date_last_stage_update datetime- "Last Stage Update"
description html
email_cc char "Email cc"
kanban_state selection![normal=Grey|done=Green|blocked=Red] "Kanban State" @14
kanban_state selection![normal=In progress|done=Ready|blocked=Blocked] "Kanban State" @17,18,19
name char! "Subject"
partner_email char "Customer Email"
partner_id many2one(res.partner) "Customer"
partner_name char "Customer Name"
partner_phone char "Customer Phone" @17,18,19
priority selection[0=All|1=Low priority|2=High priority|3=Urgent] @14
priority selection[0=Low priority|1=Medium priority|2=High priority|3=Urgent] @17,18,19
rating_ids one2many(rating.rating,res_id) "Ratings"
rating_last_value float-~ "Rating Last Value"
rating_count integer-~ "Rating count"
sla_deadline datetime- "SLA Deadline"
sla_fail boolean-~ "Failed SLA Policy"
sla_reached_late boolean-~ "Has SLA reached late"
sla_status_ids one2many(helpdesk.sla.status,ticket_id) "SLA Status"
stage_id many2one(helpdesk.stage) "Stage"
tag_ids many2many(helpdesk.tag) "Tags"
team_id many2one(helpdesk.team) "Helpdesk Team"
ticket_ref char- "Ticket IDs Sequence" @17,18,19
ticket_type_id many2one(helpdesk.ticket.type) "Type"
user_id many2one(res.users) "Assigned to"
# helpdesk.team "Helpdesk Team"
active boolean
alias_name char "Alias Name"
assign_method selection[manual=Manually|randomly=Random|balanced=Balanced] "Assignment Method" @14
assign_method selection[randomly=Each user is assigned an equal number of tickets|balanced=Each user has an equal number of open tickets] "Assignment Method" @17,18,19
auto_assignment boolean "Automatic Assignment" @17,18,19
auto_close_ticket boolean "Automatic Closing" @17,18,19
color integer "Color Index"
company_id many2one!(res.company) "Company"
description html "About Team"
member_ids many2many(res.users) "Team Members"
name char! "Helpdesk Team"
sequence integer
stage_ids many2many(helpdesk.stage) "Stages"
ticket_ids one2many(helpdesk.ticket,team_id) "Tickets"
use_alias boolean "Email Alias"
use_rating boolean "Customer Ratings"
use_sla boolean "SLA Policies"
# helpdesk.stage "Helpdesk Stage"
active boolean @17,18,19
description text
fold boolean "Folded in Kanban"
is_close boolean "Closing Stage" @14
name char! "Stage Name"
sequence integer
team_ids many2many(helpdesk.team) "Helpdesk Teams"
template_id many2one(mail.template) "Email Template"
# helpdesk.tag "Helpdesk Tags"
color integer
name char!
# helpdesk.ticket.type "Helpdesk Ticket Type"
name char!
sequence integer
# helpdesk.sla "Helpdesk SLA Policies"
active boolean
company_id many2one-(res.company) "Company"
description html "SLA Policy Description"
name char!
partner_ids many2many(res.partner) "Customers" @17,18,19
priority selection[0=Low priority|1=Medium priority|2=High priority|3=Urgent]
stage_id many2one(helpdesk.stage) "Target Stage"
tag_ids many2many(helpdesk.tag) "Tags" @17,18,19
team_id many2one!(helpdesk.team) "Helpdesk Team"
ticket_type_id many2one(helpdesk.ticket.type) "Ticket Type" @14
ticket_type_ids many2many(helpdesk.ticket.type) "Types" @17,18,19
time float "Within" @17,18,19
time_days integer "Days" @14
time_hours integer "Hours" @14
# helpdesk.sla.status "Helpdesk SLA Status"
color integer-~
deadline datetime-
exceeded_days float- @14
exceeded_hours float- @17,18,19
reached_datetime datetime "Reached Date"
sla_id many2one!(helpdesk.sla) "SLA"
sla_stage_id many2one-(helpdesk.stage) "SLA Stage"
status selection-~[failed=Failed|reached=Reached|ongoing=Ongoing]
ticket_id many2one!(helpdesk.ticket) "Ticket"
`;
