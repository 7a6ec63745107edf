/** Fields of the simulated models, as `fields_get` lists them for an administrator (Odoo 14, 17, 18, 19, measured). Notation: `parse-schema.ts`. */
export const mailModels = `
# mail.message "Message"
add_sign boolean @14
attachment_ids many2many(ir.attachment) "Attachments"
author_id many2one(res.partner) "Author"
body html "Contents"
child_ids one2many(mail.message,parent_id) "Child Messages"
date datetime
email_add_signature boolean @17,18,19
email_from char "From"
email_layout_xmlid char "Layout"
incoming_email_cc char "Emails Cc" @19
incoming_email_to text "Emails To" @19
is_internal boolean "Employee Only"
mail_activity_type_id many2one(mail.activity.type) "Mail Activity Type"
mail_ids one2many(mail.mail,mail_message_id) "Mails"
mail_server_id many2one(ir.mail_server) "Outgoing mail server"
message_id char- "Message-Id"
message_type selection![email=Email|comment=Comment|notification=System notification|user_notification=User Specific Notification|sms=SMS|snailmail=Snailmail] "Type" @14
message_type selection![email=Incoming Email|comment=Comment|email_outgoing=Outgoing Email|notification=System notification|auto_comment=Automated Targeted Notification|user_notification=User Specific Notification|sms=SMS|snailmail=Snailmail] "Type" @17,18
message_type selection![email=Incoming Email|comment=Comment|email_outgoing=Outgoing Email|notification=System notification|auto_comment=Automated Targeted Notification|out_of_office=Out-of-office Message|user_notification=User Specific Notification|sms=SMS|snailmail=Snailmail] "Type" @19
model char "Related Document Model"
moderation_status selection[pending_moderation=Pending Moderation|accepted=Accepted|rejected=Rejected] @14
moderator_id many2one(res.users) "Moderated By" @14
no_auto_thread boolean "No threading for answers" @14
notified_partner_ids many2many(res.partner) "Partners with Need Action"
outgoing_email_to char "emails To" @19
parent_id many2one(mail.message) "Parent Message"
partner_ids many2many(res.partner) "Recipients"
pinned_at datetime "Pinned" @17,18,19
record_company_id many2one(res.company) "Company" @17,18,19
record_name char "Message Record Name" @14,17,18
record_name char-~ "Message Record Name" @19
reply_to char "Reply-To"
reply_to_force_new boolean "No threading for answers" @17,18,19
res_id many2one_reference "Related Document ID"
starred_partner_ids many2many(res.partner) "Favorited By"
subject char
subtype_id many2one(mail.message.subtype) "Subtype"
tracking_value_ids one2many(mail.tracking.value,mail_message_id) "Tracking values" @17,18,19
# mail.message.subtype "Message subtypes"
default boolean
description text
hidden boolean
internal boolean "Internal Only"
name char! "Message Type"
parent_id many2one(mail.message.subtype) "Parent"
relation_field char "Relation field"
res_model char "Model"
sequence integer
track_recipients boolean @17,18,19
# mail.mail "Outgoing Mails"
auto_delete boolean
body_html text "Rich-text Contents" @14
body_html text "Text Contents" @17,18,19
email_cc char "Cc"
email_to text "To"
failure_reason text-
failure_type selection[unknown=Unknown error|mail_email_invalid=Invalid email address|mail_email_missing=Missing email|mail_from_invalid=Invalid from address|mail_from_missing=Missing from address|mail_smtp=Connection failed (outgoing mail server problem)|mail_bl=Blacklisted Address|mail_optout=Opted Out|mail_dup=Duplicated Email] "Failure type" @17,18
failure_type selection[unknown=Unknown error|mail_spam=Detected As Spam|mail_email_invalid=Invalid email address|mail_email_missing=Missing email|mail_from_invalid=Invalid from address|mail_from_missing=Missing from address|mail_smtp=Connection failed (outgoing mail server problem)|mail_bl=Blacklisted Address|mail_optout=Opted Out|mail_dup=Duplicated Email] "Failure type" @19
headers text
is_notification boolean "Notification Email" @17,18,19
mail_message_id many2one!(mail.message) "Message"
notification boolean "Is Notification" @14
recipient_ids many2many(res.partner) "To (Partners)"
references text-
scheduled_date char "Scheduled Send Date" @14
scheduled_date datetime "Scheduled Send Date" @17,18,19
state selection-[outgoing=Outgoing|sent=Sent|received=Received|exception=Delivery Failed|cancel=Cancelled] "Status"
# mail.template "Email Templates"
active boolean @17,18,19
auto_delete boolean
body_html html "Body"
description text "Template description" @17,18,19
email_cc char "Cc"
email_from char "From"
email_to char "To (Emails)"
lang char "Language"
model_id many2one(ir.model) "Applies to"
name char
partner_to char "To (Partners)"
reply_to char
subject char
use_default_to boolean "Default recipients"
# mail.blacklist "Mail Blacklist"
active boolean
email char! "Email Address"
# phone.blacklist "Phone Blacklist"
active boolean
number char! "Phone Number"
# mail.activity "Activity"
active boolean @17,18,19
activity_type_id many2one(mail.activity.type) "Activity Type"
attachment_ids many2many(ir.attachment) "Attachments" @17,18,19
automated boolean- "Automated activity"
calendar_event_id many2one(calendar.event) "Calendar Meeting"
date_deadline date! "Due Date"
date_done date- "Done Date" @17,18,19
feedback text @19
note html
previous_activity_type_id many2one-(mail.activity.type) "Previous Activity Type"
recommended_activity_type_id many2one(mail.activity.type) "Recommended Activity Type"
request_partner_id many2one(res.partner) "Requesting Partner" @14,17,18
res_id many2one_reference! "Related Document ID" @14
res_id many2one_reference "Related Document ID" @17,18,19
res_model char- "Related Document Model"
res_model_id many2one!(ir.model) "Document Model" @14,17,18
res_model_id many2one(ir.model) "Document Model" @19
res_name char- "Document Name"
state selection-~[overdue=Overdue|today=Today|planned=Planned] @14
state selection-~[overdue=Overdue|today=Today|planned=Planned|done=Done] @17,18,19
summary char
user_id many2one!(res.users) "Assigned to" @14,17,18
user_id many2one(res.users) "Assigned to" @19
user_tz selection-[timezones] "Timezone" @18,19
# mail.activity.type "Activity Type"
active boolean
category selection[default=None|upload_file=Upload Document|meeting=Meeting] "Action to Perform" @14
category selection[default=None|upload_file=Upload Document|phonecall=Phonecall|meeting=Meeting] "Action" @17,18,19
chaining_type selection![suggest=Suggest Next Activity|trigger=Trigger Next Activity] @17,18,19
decoration_type selection[warning=Alert|danger=Error]
default_description html @14
default_next_type_id many2one(mail.activity.type) "Default Next Activity" @14
default_note html @17,18,19
default_user_id many2one(res.users) "Default User"
delay_count integer "Scheduled Date" @14
delay_count integer "Schedule" @17,18,19
delay_from selection![current_date=after validation date|previous_activity=after previous activity deadline] "Delay Type" @14
delay_from selection![current_date=after completion date|previous_activity=after previous activity deadline] "Delay Type" @17,18
delay_from selection![current_date=after previous activity completion date|previous_activity=after previous activity deadline] "Delay Type" @19
delay_unit selection![days=days|weeks=weeks|months=months] "Delay units"
force_next boolean "Trigger Next Activity" @14
icon char
keep_done boolean @17,18
name char!
next_type_ids many2many(mail.activity.type) "Recommended Next Activities" @14
previous_type_ids many2many(mail.activity.type) "Preceding Activities"
res_model selection[models] "Model" @17,18,19
res_model_id many2one(ir.model) "Model" @14
sequence integer
suggested_next_type_ids many2many(mail.activity.type) "Suggest" @17,18,19
summary char "Default Summary"
triggered_next_type_id many2one(mail.activity.type) "Trigger" @17,18,19
# mail.followers "Document Followers"
name char-~
partner_id many2one(res.partner) "Related Partner" @14
partner_id many2one!(res.partner) "Related Partner" @17,18,19
res_id many2one_reference "Related Document ID"
res_model char! "Related Document Model Name"
subtype_ids many2many(mail.message.subtype) "Subtype"
# mail.tracking.value "Mail Tracking Value"
field_id many2one-(ir.model.fields) "Field" @17,18,19
mail_message_id many2one!(mail.message) "Message ID"
new_value_char char-
old_value_char char-
# ir.attachment "Attachment"
checksum char- "Checksum/SHA1"
company_id many2one(res.company) "Company"
datas binary~ "File Content (base64)"
description text
file_size integer-
index_content text- "Indexed Content"
mimetype char- "Mime Type"
name char!
public boolean "Is public document"
raw binary~ "File Content (raw)"
res_field char- "Resource Field" @14,17
res_field char "Resource Field" @18,19
res_id many2one_reference- "Resource ID" @14,17
res_id many2one_reference "Resource ID" @18,19
res_model char- "Resource Model" @14,17
res_name char-~ "Resource Name"
store_fname char- "Stored Filename"
access_token char
res_model char "Resource Model" @18,19
type selection![url=URL|binary=File]
url char
# fetchmail.server "Incoming Mail Server"
name char!
active boolean
state selection-[draft=Not Confirmed|done=Confirmed] "Status"
server char "Server Name"
port integer
server_type selection![pop=POP Server|imap=IMAP Server|local=Local Server]
is_ssl boolean "SSL/TLS"
attach boolean "Keep Attachments"
original boolean "Keep Original"
date datetime- "Last Fetch Date"
user char "Username"
object_id many2one(ir.model) "Create a New Record"
priority integer "Server Priority"
# ir.mail_server "Mail Server"
name char! "Description"
smtp_host char! "SMTP Server"
smtp_port integer! "SMTP Port"
smtp_user char "Username"
smtp_encryption selection![none=None|starttls=TLS (STARTTLS)|ssl=SSL/TLS] "Connection Security"
sequence integer "Priority"
active boolean
`;
