/** More English vendors that are only calibrated on or scored; form as in unseen-english.ts. */
export const heldEnglishMore = `
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
