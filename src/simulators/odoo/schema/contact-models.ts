/** Fields of the simulated models, as `fields_get` lists them for an administrator (Odoo 14, 17, 18, 19, measured). Notation: `parse-schema.ts`. */
export const contactModels = `
# res.partner "Contact"
active boolean
activity_ids one2many(mail.activity,res_id) "Activities"
barcode char @18,19
category_id many2many(res.partner.category) "Tags"
child_ids one2many(res.partner,parent_id) "Contact"
city char
color integer "Color Index"
comment text "Notes" @14
comment html "Notes" @17,18,19
commercial_company_name char- "Company Name Entity"
commercial_partner_id many2one-(res.partner) "Commercial Entity"
company_id many2one(res.company) "Company"
company_name char
company_registry char "Company ID" @17,18,19
company_type selection~[person=Individual|company=Company] @14,17,18
company_type selection~[person=Person|company=Company] @19
complete_name char- @17,18,19
contact_address char-~ "Complete Address"
country_id many2one(res.country) "Country"
credit_limit float @14
date date @14,17
email char
email_formatted char-~ "Formatted Email"
email_normalized char- "Normalized Email"
employee boolean
function char "Job Position"
image_1920 binary "Image"
industry_id many2one(res.partner.industry) "Industry"
is_company boolean "Is a Company"
lang selection[en_US=English (US)] "Language"
meeting_ids many2many(calendar.event) "Meetings"
message_follower_ids one2many(mail.followers,res_id) "Followers"
message_ids one2many(mail.message,res_id) "Messages"
message_main_attachment_id many2one(ir.attachment) "Main Attachment" @14
message_partner_ids many2many-~(res.partner) "Followers (Partners)" @14
message_partner_ids many2many~(res.partner) "Followers (Partners)" @17,18,19
mobile char @14,17,18
name char
opportunity_ids one2many(crm.lead,partner_id) "Opportunities"
parent_id many2one(res.partner) "Related Company"
partner_latitude float "Geo Latitude"
partner_longitude float "Geo Longitude"
partner_share boolean- "Share Partner"
phone char
phone_sanitized char- "Sanitized Number"
properties properties @19
ref char "Reference"
state_id many2one(res.country.state) "State"
street char
street2 char
team_id many2one(crm.team) "Sales Team" @14,17
title many2one(res.partner.title) @14,17,18
type selection[contact=Contact|invoice=Invoice Address|delivery=Delivery Address|other=Other Address|private=Private Address] "Address Type" @14
type selection[contact=Contact|invoice=Invoice Address|delivery=Delivery Address|other=Other Address] "Address Type" @17,18
type selection[contact=Contact|invoice=Invoice|delivery=Delivery|other=Other] "Address Type" @19
tz selection[timezones] "Timezone"
tz_offset char-~ "Timezone offset"
user_id many2one(res.users) "Salesperson"
user_ids one2many(res.users,partner_id) "Users"
vat char "Tax ID"
website char "Website Link"
zip char
# base.partner.merge.automatic.wizard "Merge Partner Wizard"
dst_partner_id many2one(res.partner) "Destination Contact"
partner_ids many2many(res.partner) "Contacts"
# res.partner.category "Partner Tags"
active boolean
child_ids one2many(res.partner.category,parent_id) "Child Tags"
color integer "Color Index" @14
color integer @17,18,19
name char! "Tag Name" @14,17
name char! @18,19
parent_id many2one(res.partner.category) "Parent Category" @14,17
parent_id many2one(res.partner.category) "Category" @18,19
parent_path char
partner_ids many2many(res.partner) "Partners"
# res.partner.title "Partner Title"
name char! "Title" @14,17,18
shortcut char "Abbreviation" @14,17,18
# res.partner.industry "Industry"
name char
full_name char
active boolean
# res.country "Country"
address_format text "Layout in Reports"
code char "Country Code" @14
code char! "Country Code" @17,18,19
currency_id many2one(res.currency) "Currency"
name char! "Country Name"
name_position selection[before=Before Address|after=After Address] "Customer Name Position"
phone_code integer "Country Calling Code"
state_ids one2many(res.country.state,country_id) "States"
state_required boolean
vat_label char
zip_required boolean
# res.country.state "Country state"
code char! "State Code"
country_id many2one!(res.country) "Country"
name char! "State Name"
# res.currency "Currency"
active boolean
currency_subunit_label char "Currency Subunit"
currency_unit_label char "Currency Unit"
decimal_places integer-
full_name char "Name" @17,18,19
iso_numeric integer "Currency numeric code." @18,19
name char! "Currency"
position selection[after=After Amount|before=Before Amount] "Symbol Position"
rounding float "Rounding Factor"
symbol char!
# res.company "Companies"
city char~
country_id many2one~(res.country) "Country"
state_id many2one~(res.country.state) "Fed. State"
street char~
vat char~ "Tax ID"
website char~ "Website Link"
zip char~
active boolean @17,18,19
currency_id many2one!(res.currency) "Currency"
email char
name char! "Company Name"
parent_id many2one(res.company) "Parent Company"
partner_id many2one!(res.partner) "Partner"
phone char
sequence integer
user_ids many2many(res.users) "Accepted Users"
# res.lang "Languages"
active boolean
code char! "Locale Code"
date_format char! @14,17,18
date_format selection![%d/%m/%Y=31/01/2026|%m/%d/%Y=01/31/2026|%Y/%m/%d=2026/01/31|%d-%m-%Y=31-01-2026|%m-%d-%Y=01-31-2026|%Y-%m-%d=2026-01-31|%d.%m.%Y=31.01.2026|%m.%d.%Y=01.31.2026|%Y.%m.%d=2026.01.31] @19
decimal_point char! "Decimal Separator"
direction selection![ltr=Left-to-Right|rtl=Right-to-Left]
grouping char! "Separator Format" @14,17,18
grouping selection![[3,0]=International Grouping|[3,2,0]=Indian Grouping] "Separator Format" @19
iso_code char "ISO code"
name char!
thousands_sep char "Thousands Separator"
time_format char! @14,17,18
time_format selection![%H:%M:%S=13:00:00|%I:%M:%S %p= 1:00:00 PM] @19
url_code char! "URL Code"
week_start selection![1=Monday|2=Tuesday|3=Wednesday|4=Thursday|5=Friday|6=Saturday|7=Sunday] "First Day of Week"
# res.users "Users"
active boolean
company_id many2one!(res.company) "Company"
company_ids many2many(res.company) "Companies"
group_ids many2many(res.groups) "Groups" @19
groups_id many2many(res.groups) "Groups" @14,17,18
login char!
login_date datetime~ "Latest authentication" @14,17,18
login_date datetime~ "Latest Login" @19
notification_type selection![email=Handle by Emails|inbox=Handle in Odoo] "Notification" @14,17,18
notification_type selection![email=By Emails|inbox=In Odoo] "Notification" @19
partner_id many2one!(res.partner) "Related Partner"
password char~
all_group_ids many2many-~(res.groups) "Groups and implied groups" @19
sale_team_id many2one(crm.team) "User's Sales Team" @14
sale_team_id many2one-(crm.team) "User Sales Team" @17,18,19
share boolean- "Share User"
signature html "Email Signature"
state selection-~[new=Never Connected|active=Confirmed] "Status" @14,17,18
state selection-~[new=Invited|active=Confirmed] "Status" @19
# res.groups "Access Groups"
api_key_duration float "API Keys maximum duration days" @18,19
color integer "Color Index" @14,17,18
comment text
implied_by_ids many2many(res.groups) "Implying Groups" @19
implied_ids many2many(res.groups) "Inherits" @14,17,18
implied_ids many2many(res.groups) "Implied Groups" @19
name char!
sequence integer @19
share boolean "Share Group"
user_ids many2many(res.users) "User" @19
users many2many(res.users) @14,17,18
view_access many2many(ir.ui.view) "Views"
`;
