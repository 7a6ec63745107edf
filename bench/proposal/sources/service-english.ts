/** Help-desk, marketing and shop products, English; form as in crm-english.ts. */
export const serviceEnglish = `
# zendesk tickets ticket en
id | Ticket ID | tno
url | URL | - | url
external_id | External ID | extid
subject | Subject | subject
raw_subject | Raw subject | - | subject
description | Description | body
priority | Priority | tpriority
status | Status | tstatus
type | Type | ttype
via.channel | Channel | channel
recipient | Recipient | - | email
requester_id | Requester | requester | userid
submitter_id | Submitter | - | userid
assignee_id | Assignee | assignee | userid
organization_id | Organization | orgRef | userid
group_id | Group | team
collaborator_ids | Collaborators | - | userid
email_cc_ids | CCs | cc
brand_id | Brand | brand | int
problem_id | Problem | - | int
has_incidents | Has incidents | - | bool
is_public | Is public | - | bool
due_at | Due at | due
tags | Tags | tags
ticket_form_id | Ticket form | - | int
satisfaction_rating.score | Satisfaction score | csat | enum:good,bad,offered
satisfaction_rating.comment | Satisfaction comment | csatComment
allow_channelback | Allow channelback | - | bool
created_at | Created at | created
updated_at | Updated at | updated
metric_set.solved_at | Solved at | resolved
metric_set.reopens | Reopens | - | int
metric_set.replies | Replies | - | int
metric_set.assigned_at | Assigned at | assignedAt
metric_set.reply_time_in_minutes | First reply time (min) | - | int
# zendesk organizations organisation en
id | Organization ID | id
external_id | External ID | extid
name | Name | company
domain_names | Domain names | domain
details | Details | desc
notes | Notes | notes
group_id | Group | - | int
shared_tickets | Shared tickets | - | bool
shared_comments | Shared comments | - | bool
tags | Tags | tags
created_at | Created at | created
updated_at | Updated at | updated
organization_fields.account_manager | Account manager | owner
organization_fields.tier | Tier | - | enum:Gold,Silver
organization_fields.vat_number | VAT number | vat
# freshdesk contacts person en
id | Contact ID | id
name | Full name | full
job_title | Title | job
email | Email | email
other_emails | Additional emails | - | email
phone | Work phone | phone
mobile | Mobile phone | mobile
twitter_id | Twitter | twitter
unique_external_id | Unique external ID | extid
company_id | Company | companyId | company
other_companies | Other companies | - | company
view_all_tickets | View all tickets | - | bool
address | Address | street
time_zone | Time Zone | tz
language | Language | lang
tags | Tags | tags
description | About | desc
active | Active | active
deleted | Deleted | - | bool
avatar.avatar_url | Avatar | photo
created_at | Created at | created
updated_at | Updated at | updated
# freshdesk companies organisation en
id | ID | id
name | Company Name | company
description | Description | desc
note | Notes | notes
domains | Domains for this company | domain
health_score | Health score | - | enum:Happy,At risk
account_tier | Account tier | - | enum:Basic,Premium
renewal_date | Renewal date | - | date
industry | Industry | industry
created_at | Created at | created
updated_at | Updated at | updated
# freshdesk tickets ticket en
id | Ticket ID | tno
subject | Subject | subject
description_text | Description | body
status | Status | tstatus
priority | Priority | tpriority
source | Source | channel
type | Type | ttype
responder_id | Agent | assignee | userid
group_id | Group | team
requester.name | Requester name | requester | full
requester.email | Requester email | reqEmail
requester.phone | Requester phone | reqPhone
company.name | Company | orgRef | company
cc_emails | CC emails | cc
to_emails | To emails | - | email
fwd_emails | Forwarded emails | - | email
product_id | Product | - | int
due_by | Due by time | due
fr_due_by | First response due by | - | datetime
fr_escalated | First response escalated | - | bool
is_escalated | Escalated | - | bool
spam | Spam | - | bool
stats.first_responded_at | Initial response time | firstresp
stats.resolved_at | Resolved time | resolved
stats.closed_at | Closed time | closed
tags | Tags | tags
survey_result | Survey results | csat
created_at | Created time | created
updated_at | Last update time | updated
agent_interactions | Agent interactions | - | int
resolution_status | Resolution status | - | enum:Within SLA,SLA Violated
# helpscout conversations ticket en
id | ID | id
number | Number | tno
subject | Subject | subject
preview | Preview | body
status | Status | tstatus
state | State | - | enum:published,draft
type | Type | channel
source.via | Source via | - | enum:customer,user
mailbox_id | Mailbox | inbox | enum:Support,Sales
assignee.email | Assignee email | assignee | email
primary_customer.email | Customer email | reqEmail
primary_customer.first | Customer first name | requester | first
tags | Tags | tags
cc | CC | cc
bcc | BCC | - | email
threads | Threads | - | int
folder_id | Folder | - | int
closed_by | Closed by | - | userid
closed_at | Closed at | closed
created_at | Created at | created
updated_at | Updated at | updated
customer_waiting_since.time | Customer waiting since | waiting
# helpscout customers person en
id | ID | id
first_name | First name | first
last_name | Last name | last
organization | Organization | company
job_title | Job title | job
photo_url | Photo URL | photo
background | Background | notes
gender | Gender | gender
age | Age | - | small
location | Location | fulladdr | city
emails | Emails | email
phones | Phones | phone
websites | Websites | website
chats | Chat handles | - | handle
address.city | City | city
address.state | State | region
address.postal_code | Postal code | zip
address.country | Country | countryCode
created_at | Created at | created
updated_at | Updated at | updated
# gorgias tickets ticket en
id | ID | id
external_id | External ID | extid
subject | Subject | subject
status | Status | tstatus
channel | Channel | channel
via | Via | - | enum:api,email,chat
customer.email | Customer email | reqEmail
customer.name | Customer name | requester | full
assignee_user.name | Assignee user | assignee
assignee_team.name | Assignee team | team
language | Language | lang
tags | Tags | tags
spam | Spam | - | bool
is_unread | Is unread | unread
from_agent | From agent | - | bool
messages_count | Messages count | - | int
excerpt | Excerpt | body
satisfaction_survey.score | Satisfaction score | csat
opened_datetime | Opened | - | datetime
closed_datetime | Closed | closed
created_datetime | Created | created
updated_datetime | Updated | updated
last_message_datetime | Last message | - | datetime
snooze_datetime | Snooze until | snooze
trashed_datetime | Trashed | - | datetime
# kustomer customers person en
id | ID | id | hexid
externalId | External ID | extid
name | Name | full
firstName | First name | first
lastName | Last name | last
username | Username | - | handle
company.name | Company | company
emails | Emails | email
phones | Phones | phone
whatsapps | WhatsApp | - | phone
birthdayAt | Birthday | birthday
gender | Gender | gender
locale | Locale | lang
timeZone | Time zone | tz
tags | Tags | tags
avatarUrl | Avatar | photo
signedUpAt | Signed up at | signup
lastActivityAt | Last activity at | lastactivity
lastSeenAt | Last seen at | lastseen
sentiment.polarity | Sentiment | - | int
verified | Verified | - | bool
watchers | Watchers | - | userid
progressiveStatus | Progressive status | - | enum:open,done
createdAt | Created at | created
updatedAt | Updated at | updated
modifiedBy | Modified by | - | userid
# jira issues ticket en
key | Issue key | tno
id | Issue id | id
summary | Summary | subject
description | Description | body
issuetype.name | Issue Type | ttype
priority.name | Priority | tpriority
status.name | Status | tstatus
resolution.name | Resolution | - | enum:Done,Won't do
assignee.displayName | Assignee | assignee
reporter.displayName | Reporter | requester | full
reporter.emailAddress | Reporter email | reqEmail
creator | Creator | - | full
project.key | Project key | - | enum:SUP,OPS
labels | Labels | tags
components | Component/s | tcat
fixVersions | Fix Version/s | - | enum:1.0,2.0
watches | Watchers | - | int
votes | Votes | - | int
timespent | Time Spent | - | int
duedate | Due Date | due
created | Created | created
updated | Updated | updated
resolutiondate | Resolved | resolved
Sprint | Sprint | - | enum:Sprint 1,Sprint 2
parent.key | Parent | - | enum:SUP-1,SUP-7
# salesforce Case ticket en
Id | Case ID | id | hexid
CaseNumber | Case Number | tno
Subject | Subject | subject
Description | Description | body
Status | Status | tstatus
Priority | Priority | tpriority
Type | Case Type | ttype
Reason | Case Reason | tcat
Origin | Case Origin | channel
ContactId | Contact ID | requester | hexid
ContactEmail | Contact Email | reqEmail
ContactPhone | Contact Phone | reqPhone
SuppliedName | Web Name | - | full
AccountId | Account ID | orgRef | hexid
OwnerId | Owner ID | assignee | hexid
ParentId | Parent Case ID | - | hexid
IsEscalated | Escalated | - | bool
IsClosed | Closed | closedFlag
ClosedDate | Closed Date | closed
CreatedDate | Created Date | created
LastModifiedDate | Last Modified Date | updated
`;
