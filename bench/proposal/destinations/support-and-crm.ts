/** More destination objects; form as in erp.ts. Origin: public API descriptions of Intercom, HubSpot, Salesforce and Zendesk. */
export const otherDestinations = `
# intercom.contact person lead
external_id | User ID | string | uuid | id~ extid
role | Role | string | enum:user,lead | role?
email | Email | string | email | email
phone | Phone | string | mobile | phone mobile?
name | Name | string | full | full first last middle~ last2 suffix~
avatar | Avatar | string | photo | photo
owner_id | Owner | integer | userid | owner
companies | Companies | array(company) | company | company companyId
tags | Tags | array(tag) | enum:vip,beta | tags ctype? pstatus?
notes | Notes | array(note) | text | notes desc~
location.city | City | string | city | city
location.region | Region | string | region | region
location.country | Country | string | country | country countryCode
social_profiles | Social profiles | array(social_profile) | twitter | linkedin~ twitter~ facebook~
language_override | Language override | string | enum:en,de,fr | lang
signed_up_at | Signed up | timestamp | epoch | signup created~
created_at | First seen / created | timestamp | epoch | created?
updated_at | Updated | timestamp | epoch | updated?
last_seen_at | Last seen | timestamp | epoch | lastseen lastactivity?
last_replied_at | Last heard from | timestamp | epoch | lastreplied~
last_contacted_at | Last contacted | timestamp | epoch | lastcontact lastsent?
last_email_opened_at | Last opened email | timestamp | epoch | lastopen
last_email_clicked_at | Last clicked on link in email | timestamp | epoch | lastclick
unsubscribed_from_emails | Unsubscribed from Emails | boolean | bool | optout optin~
has_hard_bounced | Has hard bounced | boolean | bool | bounced
marked_email_as_spam | Marked email as spam | boolean | bool |
browser | Browser | string | enum:Chrome,Firefox |
browser_language | Browser Language | string | enum:en-US,de-DE |
os | OS | string | enum:Windows 11,iOS 17 |
ios_device | iOS device | string | enum:iPhone 15 |
# intercom.company organisation
company_id | Company ID | string | id | id~ extid accountno?
name | Name | string | company | orgname
plan | Plan | string | plan | plan
size | Size | integer | int | employees
website | Website | string | website | website domain~
industry | Industry | string | industry | industry
monthly_spend | Monthly spend | float | money | mrr
remote_created_at | Created at (remote) | timestamp | epoch | created~
created_at | Created | timestamp | epoch | created?
updated_at | Updated | timestamp | epoch | updated?
last_request_at | Last request | timestamp | epoch | lastseen~ lastactivity?
session_count | Session count | integer | int |
user_count | People | integer | int |
tags | Tags | array(tag) | enum:vip,beta | tags ctype? pstatus?
segments | Segments | array(segment) | enum:Active,New |
notes | Notes | array(note) | text | notes desc~
# intercom.conversation ticket
id | Conversation ID | string | id | id? tno?
title | Title | string | subject | subject
source.body | First message | html | html | body
source.type | Channel | string | enum:conversation,email | channel~
contacts | Contact | array(contact) | full | requester
source.author.email | Author email | string | email | reqEmail
state | State | string | enum:open,closed,snoozed | tstatus
priority | Priority | string | enum:none,low,high | tpriority
admin_assignee_id | Assigned teammate | integer | userid | assignee
team_assignee_id | Assigned team | integer | userid | team inbox?
tags | Tags | array(tag) | enum:vip,beta | tags ttype? tcat?
company | Company | string | company | orgRef
created_at | Created | timestamp | epoch | created
updated_at | Updated | timestamp | epoch | updated?
snoozed_until | Snoozed until | timestamp | epoch | snooze
waiting_since | Waiting since | timestamp | epoch | waiting
open | Open | boolean | bool | closedFlag~
read | Read | boolean | bool | unread
conversation_rating.rating | Rating | integer | small | csat
conversation_rating.remark | Rating remark | string | text | csatComment
statistics.first_admin_reply_at | First reply by a teammate | timestamp! | epoch | firstresp?
statistics.last_close_at | Last closed | timestamp! | epoch | closed? resolved?
# hubspot_crm.contacts person lead
firstname | First Name | string | given | first
lastname | Last Name | string | family | last last2~
email | Email | string | email | email
phone | Phone Number | string | phone | phone
mobilephone | Mobile Phone Number | string | mobile | mobile
jobtitle | Job Title | string | job | job
company | Company Name | string | company | company companyId?
website | Website URL | string | website | website
address | Street Address | string | street | street fulladdr?
city | City | string | city | city
state | State/Region | string | region | region
zip | Postal Code | string | zip | zip
country | Country/Region | string | country | country countryCode
lifecyclestage | Lifecycle Stage | enumeration | lifecycle | lifecycle ctype?
hs_lead_status | Lead Status | enumeration | pstatus | pstatus
hubspot_owner_id | Contact owner | enumeration | userid | owner
salutation | Salutation | string | salut | prefix
hs_language | Preferred language | enumeration | lang | lang
date_of_birth | Date of birth | string | date | birthday
gender | Gender | string | gender | gender
industry | Industry | string | industry | pindustry
annualrevenue | Annual Revenue | string | money | prevenue
numemployees | Number of Employees | enumeration | int | pemployees
twitterhandle | Twitter Username | string | handle | twitter
hs_createdate | Create Date | datetime! | datetime | created?
hs_lastmodifieddate | Last Modified Date | datetime! | datetime | updated?
message | Message | string | text | notes? desc?
# hubspot_crm.companies organisation
name | Company name | string | company | orgname
domain | Company Domain Name | string | domain | domain website?
website | Website URL | string | website | website
phone | Phone Number | string | phone | phone
address | Street Address | string | street | street fulladdr?
address2 | Street Address 2 | string | street2 | street2
city | City | string | city | city
state | State/Region | string | region | region
zip | Postal Code | string | zip | zip
country | Country/Region | string | country | country countryCode
industry | Industry | enumeration | industry | industry
numberofemployees | Number of Employees | number | int | employees
annualrevenue | Annual Revenue | number | money | revenue
description | Description | string | text | desc notes?
type | Type | enumeration | ctype | ctype
hubspot_owner_id | Company owner | enumeration | userid | owner
founded_year | Year Founded | string | year | founded
timezone | Time Zone | string | tz | tz
linkedin_company_page | LinkedIn Company Page | string | linkedin | linkedin
facebook_company_page | Facebook Company Page | string | facebook | facebook
twitterhandle | Twitter Handle | string | twitter | twitter
lifecyclestage | Lifecycle Stage | enumeration | lifecycle | lifecycle pstatus?
hs_parent_company_id | Parent Company | number! | userid | parent?
createdate | Create Date | datetime! | datetime | created?
# sales_cloud.Opportunity deal
Name | Opportunity Name | string | dealname | dname
AccountId | Account ID | reference | hexid | orgRef
Amount | Amount | currency | money | amount
CloseDate | Close Date | date | date | close
StageName | Stage | picklist | stage | stage dstatus?
Probability | Probability (%) | percent | percent | prob
Type | Opportunity Type | picklist | dtype | dtype
LeadSource | Lead Source | picklist | source | source
CampaignId | Primary Campaign Source | reference | hexid | campaign
NextStep | Next Step | string | nextstep | nextstep
Description | Description | textarea | text | desc notes
OwnerId | Owner ID | reference | hexid | owner
CurrencyIsoCode | Opportunity Currency | picklist | currency | currency
ContactId | Contact ID | reference | hexid | contact contactName?
CreatedDate | Created Date | datetime! | datetime | created?
LastModifiedDate | Last Modified Date | datetime! | datetime | updated?
IsWon | Won | boolean! | bool | wonFlag?
ExpectedRevenue | Expected Amount | currency! | money | weighted?
# service_desk.tickets ticket
subject | Subject | string | subject | subject
description | Description | string | text | body
external_id | External ID | string | uuid | extid id? tno?
status | Status | enum | tstatus | tstatus
priority | Priority | enum | priority | tpriority
type | Type | enum | ttype | ttype tcat?
requester_id | Requester | integer | userid | requester reqEmail?
assignee_id | Assignee | integer | userid | assignee
group_id | Group | integer | userid | team inbox?
organization_id | Organization | integer | userid | orgRef
tags | Tags | array | tags | tags tcat?
email_ccs | CCs | array | email | cc
due_at | Due date | datetime | datetime | due
brand_id | Brand | integer | userid | brand?
via.channel | Channel | string! | channel | channel?
created_at | Created at | datetime | datetime | created
updated_at | Updated at | datetime | datetime | updated?
`;
