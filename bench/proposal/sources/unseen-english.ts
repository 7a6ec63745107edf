/** English vendors for calibration and scoring only; `name | meaning` where name and label are the same, `-:values` without a counterpart. Otherwise as in crm-english.ts. */
export const unseenEnglish = `
# vtiger contacts person en
salutationtype | Salutation | prefix
firstname | First Name | first
lastname | Last Name | last
contact_no | Contact Id | accountno
account_id | Organization Name | company
title | Title | job
department | Department | dept
email | Primary Email | email
secondaryemail | Secondary Email | -:email
phone | Office Phone | phone
mobile | Mobile Phone | mobile
homephone | Home Phone | -:phone
otherphone | Secondary Phone | -:phone
fax | Fax | -:phone
birthday | Date of Birth | birthday
leadsource | Lead Source | source
assistant | Assistant | -:full
contact_id | Reports To | -:full
mailingstreet | Mailing Street | street
mailingcity | Mailing City | city
mailingstate | Mailing State | region
mailingzip | Mailing Zip | zip
mailingcountry | Mailing Country | country
otherstreet | Other Street | -:street
othercity | Other City | -:city
donotcall | Do Not Call | -:bool
emailoptout | Email Opt Out | optout
assigned_user_id | Assigned To | owner
description | Description | desc
portal | Portal User | -:bool
createdtime | Created Time | created
modifiedtime | Modified Time | updated
# vtiger potentials deal en
potentialname | Opportunity Name | dname
potential_no | Opportunity Number | -:ref
amount | Amount | amount
related_to | Organization Name | orgRef
contact_id | Contact Name | contact
closingdate | Expected Close Date | close
opportunity_type | Type | dtype
nextstep | Next Step | nextstep
leadsource | Lead Source | source
sales_stage | Sales Stage | stage
assigned_user_id | Assigned To | owner
probability | Probability | prob
campaignid | Campaign Source | campaign
forecast_amount | Weighted Revenue | weighted
description | Description | desc
createdtime | Created Time | created
modifiedtime | Modified Time | updated
isconvertedfrompotential | Is Converted From Opportunity | -:bool
# agile contacts person en
First Name | first
Last Name | last
Email(default) | email
Email(home) | -:email
Phone(work) | phone
Phone(mobile) | mobile
Company | company
Title | job
Website | website
LinkedIn | linkedin
Twitter | twitter
Address | street
City | city
State | region
Zip | zip
Country | country
Tags | tags
Lead Score | -:int
Star Rating | -:small
Owner | owner
Created Date | created
Updated Date | updated
Lead Source | source
Lead Status | pstatus
Note | notes
# marketo leads lead en
id | Id | id
firstName | First Name | first
middleName | Middle Name | middle
lastName | Last Name | last
email | Email Address | email
phone | Phone Number | phone
mobilePhone | Mobile Phone Number | mobile
fax | Fax Number | -:phone
title | Job Title | job
company | Company Name | company
industry | Industry | pindustry
annualRevenue | Annual Revenue | prevenue
numberOfEmployees | Num Employees | pemployees
website | Website | website
address | Address | street
city | City | city
state | State | region
postalCode | Postal Code | zip
country | Country | country
leadSource | Lead Source | source
leadStatus | Lead Status | pstatus
leadScore | Lead Score | -:int
leadRole | Role | role | enum:Decision Maker,Influencer
unsubscribed | Unsubscribed | optout
unsubscribedReason | Unsubscribed Reason | -:text
emailInvalid | Email Invalid | -:bool
doNotCall | Do Not Call | -:bool
inferredCountry | Inferred Country | -:country
anonymousIP | Anonymous IP | -:ip
originalReferrer | Original Referrer | -:url
acquisitionDate | Acquisition Date | -:date
createdAt | Created At | created
updatedAt | Updated At | updated
# outreach prospects person en
id | ID | id
firstName | First Name | first
lastName | Last Name | last
title | Title | job
company | Company | company
emails | Emails | email
workPhones | Work Phones | phone
mobilePhones | Mobile Phones | mobile
homePhones | Home Phones | -:phone
addressStreet | Address Street | street
addressCity | Address City | city
addressState | Address State | region
addressZip | Address Zip | zip
addressCountry | Address Country | country
timeZone | Time Zone | tz
linkedInUrl | LinkedIn URL | linkedin
twitterUrl | Twitter URL | twitter
owner | Owner | owner
stageName | Stage | pstatus
tags | Tags | tags
source | Source | source
optedOut | Opted Out | optout
engagedScore | Engaged Score | -:int
openCount | Open Count | -:int
replyCount | Reply Count | -:int
touchedAt | Last Touched | lastcontact
createdAt | Created At | created
updatedAt | Updated At | updated
# apollo accounts organisation en
Company | company
Company Name for Emails | -:company
Account Stage | pstatus
No. Employees | employees
Industry | industry
Account Owner | owner
Website | website
Company Linkedin Url | linkedin
Facebook Url | facebook
Twitter Url | twitter
Company Street | street
Company City | city
Company State | region
Company Country | country
Company Postal Code | zip
Company Phone | phone
Technologies | -:tags
Total Funding | -:money
Latest Funding | -:enum:Series A,Seed
Annual Revenue | revenue
Number of Retail Locations | -:int
Short Description | desc
Founded Year | founded
Logo Url | photo
Lists | -:enum:Targets,ICP
Last Contacted | lastcontact
# xero contacts organisation en
ContactID | id
AccountNumber | accountno
ContactName | company
EmailAddress | email
FirstName | -:first
LastName | -:last
POAddressLine1 | street
POAddressLine2 | street2
POCity | city
PORegion | region
POPostalCode | zip
POCountry | country
SAAddressLine1 | -:street
SACity | -:city
PhoneNumber | phone
FaxNumber | -:phone
MobileNumber | mobile
TaxNumber | vat
BankAccountNumber | iban
Website | website
Discount | -:rate
DueDateSalesDay | -:small
IsCustomer | -:bool
UpdatedDateUTC | updated
# quickbooks customers organisation en
Customer ID | id
Display Name | company
Given Name | -:first
Primary Email | email
Primary Phone | phone
Mobile | mobile
Fax | -:phone
Website | website
Billing Street | street
Billing City | city
Billing State | region
Billing ZIP | zip
Billing Country | country
Shipping Street | -:street
Shipping City | -:city
Notes | notes
Terms | terms
Tax Resale No. | taxno
Customer Type | ctype
Open Balance | -:money
Preferred Delivery Method | -:enum:Email,Print
Active | active
Create Time | created
# hubspottickets tickets ticket en
hs_ticket_id | Ticket ID | tno
subject | Ticket name | subject
content | Ticket description | body
hs_pipeline | Pipeline | -:enum:Support Pipeline,Onboarding
hs_pipeline_stage | Ticket status | tstatus
hs_ticket_priority | Priority | tpriority
hs_ticket_category | Category | tcat
source_type | Source | channel
hubspot_owner_id | Ticket owner | assignee
hubspot_team_id | HubSpot team | team
createdate | Create date | created
closed_date | Close date | closed
hs_lastmodifieddate | Last modified date | updated
time_to_close | Time to close | -:int
first_agent_reply_date | First agent email response date | firstresp
last_reply_date | Date of last response to customer | -:datetime
hs_resolution | Resolution | -:text
num_associated_contacts | Number of associated contacts | -:int
# front conversations ticket en
id | ID | id
subject | Subject | subject
status | Status | tstatus
assignee.email | Assignee | assignee | email
inbox | Inbox | team
tags | Tags | tags
recipient.handle | Recipient handle | reqEmail
recipient.name | Recipient name | requester | full
last_message | Last message | -:text
is_private | Private | -:bool
message_count | Messages | -:int
first_response_time | First response time | -:int
created_at | Created at | created
archived_at | Archived at | -:datetime
# kayako cases ticket en
Case ID | tno
Subject | subject
Status | tstatus
Priority | tpriority
Type | ttype
Requester | requester
Requester Email | reqEmail
Organization | orgRef
Assigned Agent | assignee
Assigned Team | team
Channel | channel
Tags | tags
Created Date | created
Updated Date | updated
Completed Date | resolved
First Response | firstresp
SLA Name | -:enum:Gold SLA,Default
Reply Count | -:int
Rating | csat
# servicenow incident ticket en
number | Number | tno
short_description | Short description | subject
description | Description | body
caller_id | Caller | requester | full
state | State | tstatus
impact | Impact | -:enum:1 - High,2 - Medium
urgency | Urgency | -:enum:1 - High,2 - Medium
priority | Priority | tpriority
category | Category | tcat
subcategory | Subcategory | -:enum:Printer,Email
contact_type | Channel | channel
assigned_to | Assigned to | assignee
assignment_group | Assignment group | team
company | Company | orgRef
opened_at | Opened | created
opened_by | Opened by | -:full
resolved_at | Resolved | resolved
closed_at | Closed | closed
close_code | Resolution code | -:enum:Solved,Not solved
close_notes | Resolution notes | -:text
due_date | Due date | due
reassignment_count | Reassignment count | -:int
reopen_count | Reopen count | -:int
sys_id | Sys ID | id | hexid
sys_updated_on | Updated | updated
watch_list | Watch list | -:full
# magento customers person en
entity_id | ID | id
prefix | Prefix | prefix
firstname | First Name | first
middlename | Middle Name/Initial | middle
lastname | Last Name | last
suffix | Suffix | suffix
email | Email | email
group | Group | ctype
dob | Date of Birth | birthday
taxvat | Tax/VAT Number | vat
gender | Gender | gender
website_id | Associate to Website | -:int
billing_company | Company | company
billing_street | Street Address | street
billing_city | City | city
billing_region | State/Province | region
billing_postcode | ZIP | zip
billing_country_id | Country | countryCode
billing_telephone | Phone | phone
shipping_full | Shipping Address | -:fulladdr
created_at | Customer Since | created
confirmation | Confirmed email | -:bool
lock_expires | Account Lock | -:bool
created_in | Account Created in | -:enum:Default Store View
# chargebee customers organisation en
Customer Id | id
Customer Company | company
Customer First Name | -:first
Customer Email | email
Customer Phone | phone
Auto Collection | -:enum:on,off
Net Term Days | -:small
Customer Vat Number | vat
Billing Address Line1 | street
Billing Address City | city
Billing Address State | region
Billing Address Zip | zip
Billing Address Country | countryCode
Preferred Currency Code | -:enum:USD,EUR
Locale | lang
Taxability | -:enum:taxable,exempt
Promotional Credits | -:money
Created At | created
Card Status | -:enum:valid,expired
# customerio people person en
id | ID | id
email | Email | email
first_name | First Name | first
last_name | Last Name | last
phone | Phone | phone
created_at | Created at | created | epoch
unsubscribed | Unsubscribed | optout
timezone | Timezone | tz
plan | Plan | -:enum:free,pro
company_name | Company name | company
last_opened | Last opened | lastopen | epoch
cio_id | CIO ID | -:hexid
_last_visit | Last visit | lastseen | epoch
language | Language | lang
city | City | city
country_code | Country code | countryCode
utm_source | UTM source | -:enum:google,bing
referrer | Referrer | -:url
# keap contacts person en
Id | id
Title | prefix
First Name | first
Last Name | last
Company | company
Job Title | job
Email | email
Email Address 2 | -:email
Phone 1 | phone
Phone 2 | -:phone
Fax 1 | -:phone
Street Address 1 | street
Street Address 2 | street2
City | city
State | region
Postal Code | zip
Country | country
Street Address 1 (Shipping) | -:street
City (Shipping) | -:city
Website | website
Lead Source | source
Owner | owner
Tags | tags
Person Notes | notes
Birthday | birthday
Spouse Name | -:full
Date Created | created
Last Updated | updated
`;
