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
`;
