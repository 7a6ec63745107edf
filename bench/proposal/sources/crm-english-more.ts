/** More CRM products, English; form as in crm-english.ts. */
export const crmEnglishMore = `
# dynamics account organisation en
accountid | Account | id | uuid
name | Account Name | company
accountnumber | Account Number | accountno
address1_line1 | Address 1: Street 1 | street
address1_line2 | Address 1: Street 2 | street2
address1_city | Address 1: City | city
address1_stateorprovince | Address 1: State/Province | region
address1_postalcode | Address 1: ZIP/Postal Code | zip
address1_country | Address 1: Country/Region | country
address2_line1 | Address 2: Street 1 | - | street
address2_city | Address 2: City | - | city
telephone1 | Main Phone | phone
telephone2 | Other Phone | - | phone
fax | Fax | - | phone
emailaddress1 | Email | email
emailaddress2 | Email Address 2 | - | email
websiteurl | Website | website
industrycode | Industry | industry
numberofemployees | Number of Employees | employees
revenue | Annual Revenue | revenue
creditlimit | Credit Limit | credit
creditonhold | Credit Hold | - | bool
paymenttermscode | Payment Terms | terms
parentaccountid | Parent Account | parent | company
ownerid | Owner | owner
primarycontactid | Primary Contact | - | full
customertypecode | Relationship Type | ctype
description | Description | desc
statecode | Status | - | enum:Active,Inactive
statuscode | Status Reason | - | enum:Active,Inactive
sic | SIC Code | - | int
tickersymbol | Ticker Symbol | - | enum:TLGR,BRLG
createdon | Created On | created
modifiedon | Modified On | updated
createdby | Created By | - | full
# dynamics opportunity deal en
opportunityid | Opportunity | id | uuid
name | Topic | dname
parentaccountid | Account | orgRef | company
parentcontactid | Contact | contact | full
estimatedvalue | Est. Revenue | amount
estimatedclosedate | Est. Close Date | close
actualvalue | Actual Revenue | - | money
actualclosedate | Actual Close Date | closedAt
closeprobability | Probability | prob
salesstage | Sales Stage | stage
prioritycode | Priority | priority
ownerid | Owner | owner
description | Description | desc
campaignid | Source Campaign | campaign
transactioncurrencyid | Currency | currency
exchangerate | Exchange Rate | - | rate
budgetamount | Budget Amount | - | money
purchasetimeframe | Purchase Timeframe | - | enum:Immediate,This Quarter,Next Quarter
purchaseprocess | Purchase Process | - | enum:Individual,Committee
decisionmaker | Decision Maker? | - | bool
customerneed | Customer Need | - | text
proposedsolution | Proposed Solution | - | text
currentsituation | Current Situation | - | text
totaldiscountamount | Total Discount Amount | - | money
totaltax | Total Tax | - | money
freightamount | Freight Amount | - | money
stepname | Pipeline Phase | stage
statuscode | Status Reason | dstatus
originatingleadid | Originating Lead | - | full
createdon | Created On | created
modifiedon | Modified On | updated
# dynamics contact person en
contactid | Contact | id | uuid
fullname | Full Name | full
firstname | First Name | first
middlename | Middle Name | middle
lastname | Last Name | last
jobtitle | Job Title | job
parentcustomerid | Company Name | company
emailaddress1 | Email | email
telephone1 | Business Phone | phone
mobilephone | Mobile Phone | mobile
telephone2 | Home Phone | - | phone
fax | Fax | - | phone
preferredcontactmethodcode | Preferred Method of Contact | - | enum:Any,Email,Phone
address1_line1 | Address 1: Street 1 | street
address1_city | Address 1: City | city
address1_stateorprovince | Address 1: State/Province | region
address1_postalcode | Address 1: ZIP/Postal Code | zip
address1_country | Address 1: Country/Region | country
gendercode | Gender | gender
familystatuscode | Marital Status | - | enum:Single,Married
spousesname | Spouse/Partner Name | - | full
birthdate | Birthday | birthday
department | Department | dept
managername | Manager | - | full
assistantname | Assistant | - | full
donotbulkemail | Do not allow Bulk Emails | optout
donotphone | Do not allow Phone Calls | - | bool
donotpostalmail | Do not allow Mails | - | bool
ownerid | Owner | owner
creditlimit | Credit Limit | credit
description | Description | desc
createdon | Created On | created
modifiedon | Modified On | updated
# close leads organisation en
id | ID | id | hexid
display_name | Lead name | company
description | Description | desc
url | URL | website
status_label | Status | pstatus
primary_contact_name | Primary Contact Name | - | full
primary_contact_primary_phone | Primary Contact Phone | phone
primary_contact_primary_email | Primary Contact Email | email
primary_address_address_1 | Address 1 | street
primary_address_address_2 | Address 2 | street2
primary_address_city | City | city
primary_address_state | State | region
primary_address_zipcode | Zip | zip
primary_address_country | Country | countryCode
html_url | Close URL | - | url
created_by_name | Created by | - | full
updated_by_name | Updated by | - | full
date_created | Date created | created
date_updated | Date updated | updated
num_calls | Number of calls | - | int
num_emails | Number of emails | - | int
last_communication_date | Last communication date | lastcontact
next_task_date | Next task date | - | date
custom.Industry | Industry | industry
custom.Owner | Lead Owner | owner
custom.Source | Lead Source | source
# close opportunities deal en
id | ID | id | hexid
lead_name | Lead | orgRef | company
contact_name | Contact | contactName
status_label | Status | stage
status_type | Status type | - | enum:active,won,lost
pipeline_name | Pipeline | pipeline
value | Value | amount
value_currency | Value currency | currency
value_period | Value period | plan2
value_formatted | Value formatted | - | money
expected_value | Expected value | - | money
annualized_value | Annualized value | - | money
confidence | Confidence | prob
user_name | Owner | owner
note | Note | desc
date_won | Close date | close
date_created | Date created | created
date_updated | Date updated | updated
created_by | Created by | - | hexid
# insightly contacts person en
CONTACT_ID | Record Id | id
SALUTATION | Salutation | prefix
FIRST_NAME | First Name | first
LAST_NAME | Last Name | last
IMAGE_URL | Image | photo
BACKGROUND | Background | notes
OWNER_USER_ID | Contact Owner | owner | userid
DATE_CREATED_UTC | Date Created | created
DATE_UPDATED_UTC | Date Updated | updated
SOCIAL_LINKEDIN | LinkedIn | linkedin
SOCIAL_FACEBOOK | Facebook | facebook
SOCIAL_TWITTER | Twitter | twitter
DATE_OF_BIRTH | Date Of Birth | birthday
PHONE | Phone | phone
PHONE_HOME | Home Phone | - | phone
PHONE_MOBILE | Mobile Phone | mobile
PHONE_OTHER | Other Phone | - | phone
PHONE_FAX | Fax | - | phone
EMAIL_ADDRESS | Email | email
ASSISTANT_NAME | Assistant | - | full
ADDRESS_MAIL_STREET | Mail Street | street
ADDRESS_MAIL_CITY | Mail City | city
ADDRESS_MAIL_STATE | Mail State | region
ADDRESS_MAIL_POSTCODE | Mail Postcode | zip
ADDRESS_MAIL_COUNTRY | Mail Country | country
ADDRESS_OTHER_STREET | Other Street | - | street
ADDRESS_OTHER_CITY | Other City | - | city
LAST_ACTIVITY_DATE_UTC | Last Activity Date | lastactivity
NEXT_ACTIVITY_DATE_UTC | Next Activity Date | - | datetime
ORGANISATION_ID | Organization | companyId
TITLE | Title | job
EMAIL_OPTED_OUT | Email Opted Out | optout
TAGS | Tags | tags
# capsule people person en
id | Id | id
type | Type | - | enum:person,organisation
title | Title | prefix
firstName | First Name | first
lastName | Last Name | last
jobTitle | Job Title | job
organisation | Organisation | company
about | About | desc
address.street | Address Street | street
address.city | City | city
address.state | State | region
address.zip | Postcode | zip
address.country | Country | country
emailAddress | Email Address | email
phoneNumber.work | Work Phone | phone
phoneNumber.mobile | Mobile Phone | mobile
phoneNumber.fax | Fax | - | phone
website | Website | website
twitter | Twitter | twitter
linkedIn | LinkedIn | linkedin
pictureURL | Picture URL | photo
owner | Owner | owner
team | Team | team
tags | Tags | tags
createdAt | Created | created
updatedAt | Updated | updated
lastContactedAt | Last Contacted | lastcontact
# nutshell leads deal en
id | ID | id
name | Lead Name | dname
value | Value | amount
status | Status | dstatus
confidence | Confidence | prob
stage | Stage | stage
stageset | Pipeline | pipeline
assignee | Assigned to | owner
companies | Companies | orgRef | company
contacts | People | contact | full
products | Products | - | enum:Widget,Gadget
sources | Sources | source
competitors | Competitors | - | company
market | Market | - | enum:North,South
priority | Hot lead | - | bool
dueTime | Anticipated close date | close
closedTime | Closed time | closedAt
outcome | Outcome | lostReason
description | Description | desc
tags | Tags | tags
createdTime | Created | created
creator | Creator | - | full
# sugarcrm contacts person en
id | ID | id | uuid
date_entered | Date Created | created
date_modified | Date Modified | updated
modified_by_name | Modified By Name | - | handle
created_by_name | Created By | - | handle
description | Description | desc
deleted | Deleted | - | bool
salutation | Salutation | prefix
first_name | First Name | first
last_name | Last Name | last
title | Title | job
department | Department | dept
do_not_call | Do Not Call | - | bool
phone_home | Home | - | phone
phone_mobile | Mobile | mobile
phone_work | Office Phone | phone
phone_other | Other Phone | - | phone
phone_fax | Fax | - | phone
email1 | Email Address | email
email2 | Other Email | - | email
email_opt_out | Email Opt Out | optout
primary_address_street | Primary Address Street | street
primary_address_city | Primary Address City | city
primary_address_state | Primary Address State | region
primary_address_postalcode | Primary Address Postal Code | zip
primary_address_country | Primary Address Country | country
alt_address_street | Alternate Address Street | - | street
alt_address_city | Alternate Address City | - | city
assistant | Assistant | - | full
assistant_phone | Assistant Phone | - | phone
lead_source | Lead Source | source
account_name | Account Name | company
birthdate | Birthdate | birthday
assigned_user_name | Assigned to | owner
team_name | Teams | team
twitter | Twitter Account | twitter
sync_contact | Sync to Outlook | - | bool
# sugarcrm opportunities deal en
id | ID | id | uuid
name | Opportunity Name | dname
account_name | Account Name | orgRef | company
amount | Likely | amount
best_case | Best | - | money
worst_case | Worst | - | money
date_closed | Expected Close Date | close
sales_stage | Sales Stage | stage
probability | Probability (%) | prob
next_step | Next Step | nextstep
opportunity_type | Type | dtype
lead_source | Lead Source | source
campaign_name | Campaign | campaign
description | Description | desc
assigned_user_name | Assigned to | owner
team_name | Teams | team
currency_id | Currency | currency
date_entered | Date Created | created
date_modified | Date Modified | updated
deleted | Deleted | - | bool
# freshsales contacts person en
id | Id | id
first_name | First name | first
last_name | Last name | last
display_name | Display name | full
job_title | Job title | job
work_number | Work | phone
mobile_number | Mobile | mobile
email | Emails | email
address | Address | street
city | City | city
state | State | region
zipcode | Zipcode | zip
country | Country | country
external_id | External ID | extid
facebook | Facebook | facebook
twitter | Twitter | twitter
linkedin | LinkedIn | linkedin
time_zone | Time zone | tz
do_not_disturb | Do not disturb | - | bool
owner_id | Sales owner | owner | userid
lead_source_id | Source | source | int
lifecycle_stage_id | Lifecycle stage | lifecycle | int
contact_status_id | Status | pstatus | int
lead_score | Score | - | int
last_contacted | Last contacted time | lastcontact
last_contacted_mode | Last contacted mode | - | enum:email,phone
last_seen | Last seen | lastseen
open_deals_amount | Open deals amount | - | money
customer_fit | Customer fit | - | enum:good,poor
recent_note | Recent note | - | text
keyword | Keyword | - | enum:crm,erp
medium | Medium | medium
territory_id | Territory | - | int
subscription_status | Subscription status | - | enum:Subscribed,Unsubscribed
created_at | Created at | created
updated_at | Updated at | updated
tags | Tags | tags
# attio companies organisation en
record_id | Record ID | id | uuid
name | Name | company
domains | Domains | domain
description | Description | desc
team | Team | - | full
categories | Categories | tags
primary_location | Primary location | fulladdr
logo_url | Logo URL | photo
twitter | Twitter | twitter
facebook | Facebook | facebook
linkedin | LinkedIn | linkedin
foundation_date | Foundation date | - | date
employee_range | Employee range | employees | range
estimated_arr_usd | Estimated ARR | - | money
funding_raised_usd | Funding raised | - | money
strongest_connection_strength | Connection strength | - | enum:Weak,Strong,Good
last_interaction | Last interaction | lastactivity
next_calendar_interaction | Next calendar interaction | - | datetime
created_at | Created at | created
created_by | Created by | - | full
`;
