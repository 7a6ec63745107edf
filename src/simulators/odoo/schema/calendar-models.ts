/** Fields of the simulated models, as `fields_get` lists them for an administrator (Odoo 14, 17, 18, 19, measured). Notation: `parse-schema.ts`. */
export const calendarModels = `
# calendar.event "Calendar Event"
active boolean
activity_ids one2many(mail.activity,calendar_event_id) "Activities"
allday boolean "All Day"
attendee_ids one2many(calendar.attendee,event_id) "Participant"
categ_ids many2many(calendar.event.type) "Tags"
description text @14
description html @17,18,19
display_time char-~ "Event Time"
duration float
follow_recurrence boolean
location char
message_follower_ids one2many(mail.followers,res_id) "Followers"
message_ids one2many(mail.message,res_id) "Messages"
message_main_attachment_id many2one(ir.attachment) "Main Attachment" @14
message_partner_ids many2many-~(res.partner) "Followers (Partners)" @14
message_partner_ids many2many~(res.partner) "Followers (Partners)" @17,18,19
name char! "Meeting Subject"
notes html @19
opportunity_id many2one(crm.lead) "Opportunity"
partner_ids many2many(res.partner) "Attendees"
privacy selection![public=Everyone|private=Only me|confidential=Only internal users] @14
privacy selection![public=Public|private=Private|confidential=Only internal users] @17
privacy selection[public=Public|private=Private|confidential=Only internal users] @18,19
recurrency boolean "Recurrent"
res_id integer "Document ID" @14
res_id many2one_reference "Document ID" @17,18,19
res_model char- "Document Model Name"
res_model_id many2one(ir.model) "Document Model"
show_as selection![free=Free|busy=Busy] "Show Time as" @14
show_as selection![free=Available|busy=Busy] "Show as" @17,18,19
start datetime!
start_date date
stop datetime!
stop_date date "End Date"
user_id many2one(res.users) "Responsible" @14
user_id many2one(res.users) "Organizer" @17,18,19
videocall_location char- "Meeting URL" @17,18,19
# calendar.attendee "Calendar Attendee Information"
availability selection-[free=Free|busy=Busy] "Free/Busy" @14
availability selection-[free=Available|busy=Busy] "Available/Busy" @17,18,19
common_name char- "Common name"
email char-~
phone char-~ @17,18,19
event_id many2one!(calendar.event) "Meeting linked"
partner_id many2one!-(res.partner) "Contact" @14
partner_id many2one!-(res.partner) "Attendee" @17,18,19
state selection-[needsAction=Needs Action|tentative=Uncertain|declined=Declined|accepted=Accepted] "Status" @14
state selection[needsAction=Needs Action|tentative=Maybe|declined=No|accepted=Yes] "Status" @17,18
state selection[accepted=Yes|declined=No|tentative=Maybe|needsAction=Needs Action] "Status" @19
# calendar.event.type "Event Meeting Type"
color integer @17,18,19
name char!
`;
