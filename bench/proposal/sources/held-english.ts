/** English vendors that are only calibrated on or scored; form as in unseen-english.ts. */
export const heldEnglish = `
# zohodesk tickets ticket en
Ticket Id | tno
Subject | subject
Description | body
Contact Name | requester
Email | reqEmail
Phone | reqPhone
Account Name | orgRef
Department | team
Ticket Owner | assignee
Status | tstatus
Priority | tpriority
Channel | channel
Classification | ttype
Category | tcat
Sub Category | -:enum:Login,Export
Product Name | -:enum:Basic,Pro
Due Date | due
Created Time | created
Modified Time | updated
Ticket Closed Time | closed
Is Overdue | -:bool
Is Escalated | -:bool
Number of Threads | -:int
Number of Reopen | -:int
Happiness Rating | csat
Tags | tags
# happyfox tickets ticket en
Ticket ID | tno
Subject | subject
Message | body
Contact Name | requester
Contact Email | reqEmail
Contact Phone | reqPhone
Category | team
Assignee | assignee
Status | tstatus
Priority | tpriority
Source | channel
Tags | tags
Due Date | due
Created At | created
Last Updated At | updated
Last Staff Reply At | -:datetime
Time Spent | -:int
SLA Breaches | -:int
CC | cc
# liveagent tickets ticket en
Code | tno
Subject | subject
Owner name | requester
Owner email | reqEmail
Department | team
Agent | assignee
Status | tstatus
Channel type | channel
Tags | tags
Date created | created
Date changed | updated
Date resolved | resolved
Date due | due
Preview | body
Public access code | -:hexid
# odoohelpdesk tickets ticket en
Ticket number | tno
Title | subject
Description | body
Contact | requester
Email | reqEmail
Assigned user | assignee
Team | team
Stage | tstatus
Priority | tpriority
Category | tcat
Channel | channel
Tags | tags
Created on | created
Last Updated on | updated
Closed Date | closed
Assigned Date | assignedAt
SLA deadline | due
Rating Last Value | csat
Kanban State | -:enum:normal,done
External ID | extid
Last Stage Update | -:datetime
Color Index | -:small
# monday leads lead en
Name | full
Company | company
Title | job
Email | email
Phone | phone
Status | pstatus
Owner | owner
Active Sequences | -:int
Last interaction | lastactivity
Source | source
Location | city
Creation Log | -:text
Item ID | id
Quick note | notes
# streak deals deal en
Name | dname
Stage | stage
Assigned To | owner
Deal Size | amount
Contact | contact
Organization | orgRef
Close Date | close
Probability | prob
Lead Source | source
Notes | notes
Date Created | created
Last Updated | updated
Date of Last Email | lastcontact
Days in Stage | -:int
Freshness | -:rate
Tags | tags
# copperleads leads lead en
id | ID | id
name | Name | full
title | Title | job
company_name | Company Name | company
email.email | Email | email
phone_numbers.work | Phone Number | phone
address.street | Street | street
address.city | City | city
address.state | State | region
address.postal_code | Postal Code | zip
address.country | Country | country
monetary_value | Value | amount
status | Status | pstatus
customer_source_id | Source | source | int
assignee_id | Owned By | owner | userid
details | Description | desc
tags | Tags | tags
websites | Websites | website
interaction_count | Interaction Count | -:int
date_created | Date Created | created | epoch
date_modified | Date Modified | updated | epoch
# capsuleopps opportunities deal en
Id | id
Name | dname
Party | orgRef
Description | desc
Milestone | stage
Probability | prob
Expected Value | amount
Currency | currency
Duration Basis | -:enum:Fixed,Month
Expected Close | close
Actual Close | closedAt
Lost Reason | lostReason
Owner | owner
Team | team
Tags | tags
Created | created
Updated | updated
# insightlyopps opportunities deal en
OPPORTUNITY_ID | Record Id | id
OPPORTUNITY_NAME | Opportunity Name | dname
OPPORTUNITY_VALUE | Opportunity Value | amount
OPPORTUNITY_STATE | Opportunity State | dstatus
BID_CURRENCY | Bid Currency | currency
BID_AMOUNT | Bid Amount | -:money
BID_TYPE | Bid Type | -:enum:Fixed Bid,Per Hour
PROBABILITY | Probability Of Winning | prob
FORECAST_CLOSE_DATE | Forecast Close Date | close
ACTUAL_CLOSE_DATE | Actual Close Date | closedAt
OWNER_USER_ID | Opportunity Owner | owner | userid
RESPONSIBLE_USER_ID | User Responsible | owner | userid
PIPELINE_ID | Pipeline | pipeline
STAGE_ID | Pipeline Stage | stage
ORGANISATION_ID | Organization | orgRef
OPPORTUNITY_DETAILS | Details | desc
CATEGORY_ID | Category | dtype
DATE_CREATED_UTC | Date Created | created
DATE_UPDATED_UTC | Date Updated | updated
TAGS | Tags | tags
# nimble contacts person en
first name | first
last name | last
title | job
parent company | company
work email | email
personal email | -:email
work phone | phone
mobile phone | mobile
work address | street
city | city
state | region
zip | zip
country | country
lead type | pstatus
lead source | source
lead status | -:enum:Hot,Cold
rating | -:small
tags | tags
description | desc
domain | -:domain
linkedin | linkedin
twitter | twitter
birthday | birthday
last contacted | lastcontact
# bitrixen companies organisation en
ID | id
Company Name | company
Company type | ctype
Industry | industry
Employees | employees
Annual revenue | revenue
Currency | -:enum:USD,EUR
Work Phone | phone
Mobile | mobile
Fax | -:phone
Work E-mail | email
Corporate Website | website
Address | street
City | city
Zip code | zip
Region | region
Country | country
Comment | notes
Responsible person | owner
Created on | created
Created by | -:full
Modified on | updated
Available to everyone | -:bool
Logo | photo
# constantcontact contacts person en
Email address | email
First name | first
Last name | last
Job title | job
Company | company
Phone - mobile | mobile
Phone - work | phone
Phone - home | -:phone
Street address line 1 - Work | street
City - Work | city
State/Province - Work | region
Zip/Postal Code - Work | zip
Country - Work | country
Email Lists | -:enum:General,Customers
Tags | tags
Birthday | birthday
Anniversary | -:date
Source Name | source
Created At | created
Updated At | updated
Email status | -:enum:Active,Unsubscribed
Confirmed Opt-Out Date | -:date
# sendgrid contacts person en
EMAIL | email
FIRST_NAME | first
LAST_NAME | last
ALTERNATE_EMAILS | -:email
ADDRESS_LINE_1 | street
ADDRESS_LINE_2 | street2
CITY | city
STATE_PROVINCE_REGION | region
POSTAL_CODE | zip
COUNTRY | country
PHONE_NUMBER | phone
WHATSAPP | -:phone
UNIQUE_NAME | -:handle
CONTACT_ID | CONTACT_ID | id | uuid
CREATED_AT | created
UPDATED_AT | updated
# wix contacts person en
First Name | first
Last Name | last
Email 1 | email
Email 2 | -:email
Phone 1 | phone
Company | company
Position | job
Address 1 - Street | street
Address 1 - City | city
Address 1 - State/Region | region
Address 1 - Zip | zip
Address 1 - Country | country
Address 2 - Street | -:street
Labels | tags
Created At (UTC+0) | created
Email subscriber status | -:enum:subscribed,unsubscribed
SMS subscriber status | -:enum:subscribed,never
Last Activity | -:enum:Form submitted,Logged in
Last Activity Date (UTC+0) | lastactivity
Source | source
Language | lang
Birthdate | birthday
# bigcommerce customers person en
Customer ID | id
First Name | first
Last Name | last
Company | company
Email | email
Phone | phone
Notes | notes
Store Credit | -:money
Customer Group | ctype
Date Joined | signup
Address Line 1 | street
Address Line 2 | street2
City/Suburb | city
State/Province | region
Zip/Postcode | zip
Country | country
Receive Marketing Emails | optin
Orders | -:int
Tax Exempt Category | -:enum:A,B
# intercomexport users person en
name | Name | full
email | Email | email
phone | Phone | phone
user_id | User ID | extid
type | Type | role | enum:user,lead
owner | Owner | owner
first_seen | First seen | -:datetime
signed_up | Signed up | signup
last_seen | Last seen | lastseen
last_contacted | Last contacted | lastcontact
last_heard_from | Last heard from | lastreplied
unsubscribed_from_emails | Unsubscribed from emails | optout
city | City | city
country | Country | country
web_sessions | Web sessions | -:int
browser | Browser | -:enum:Chrome,Safari
os | OS | -:enum:macOS,Windows
tags | Tags | tags
company_name | Company name | company
company_size | Company size | pemployees
job_title | Job title | job
language_override | Language override | lang
# planhat companies organisation en
Id | id
External Id | extid
Name | company
Owner | owner
Phase | lifecycle
Health | -:small
MRR | mrr
ARR | -:money
Renewal date | -:date
Customer from | -:date
Industry | industry
Country | country
City | city
Website | website
Description | desc
Employees | employees
NPS | -:small
Last active | lastseen
Last touch | lastcontact
Tags | tags
Created at | created
# zendeskusers users person en
id | ID | id
external_id | External ID | extid
name | Name | full
email | Email | email
phone | Phone | phone
role | Role | role | enum:end-user,agent
organization.name | Organization | company
locale | Language | lang
time_zone | Time zone | tz
tags | Tags | tags
details | Details | desc
notes | Notes | notes
photo.content_url | Photo | photo
created_at | Created at | created
updated_at | Updated at | updated
last_login_at | Last login | lastseen
suspended | Suspended | -:bool
verified | Verified | -:bool
ticket_restriction | Ticket restriction | -:enum:requested,organization
custom_role_id | Custom role | -:int
alias | Alias | -:given
moderator | Moderator | -:bool
# activecampaigndeals deals deal en
Id | id
Title | dname
Description | desc
Value | amount
Currency | currency
Pipeline | pipeline
Stage | stage
Status | dstatus
Owner | owner
Primary Contact | contact
Account | orgRef
Forecasted Close Date | close
Win Probability | prob
Next Action | -:date
Created Date | created
Edited Date | updated
Lost Reason | lostReason
`;
