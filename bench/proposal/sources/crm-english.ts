/**
 * Field lists of CRM products as their APIs and exports name them, English. Form of a block: `# vendor object kind language`,
 * then one field a line: `name | label | meaning [| values]`. Meanings: bench/proposal/meanings.ts; `-` = no counterpart
 * anywhere, then the kind of values must be said. Origin: public API references and public extractor schemas of the vendors;
 * names only, values are invented.
 */
export const crmEnglish = `
# hubspot contacts person en
hs_object_id | Record ID | id
firstname | First Name | first
lastname | Last Name | last
email | Email | email
phone | Phone Number | phone
mobilephone | Mobile Phone Number | mobile
jobtitle | Job Title | job
company | Company Name | company
website | Website URL | website
address | Street Address | street
city | City | city
state | State/Region | region
zip | Postal Code | zip
country | Country/Region | country
lifecyclestage | Lifecycle Stage | lifecycle
hs_lead_status | Lead Status | pstatus
hubspot_owner_id | Contact owner | owner | userid
hs_analytics_source | Original Source | source
hs_email_optout | Unsubscribed from all email | optout
hs_language | Preferred language | lang
salutation | Salutation | prefix
fax | Fax Number | - | phone
twitterhandle | Twitter Username | twitter
hubspotscore | HubSpot Score | - | int
createdate | Create Date | created
lastmodifieddate | Last Modified Date | updated
notes_last_contacted | Last Contacted | lastcontact
num_associated_deals | Number of Associated Deals | - | int
recent_deal_amount | Recent Deal Amount | - | money
associatedcompanyid | Primary Associated Company ID | companyId
hs_email_open | Marketing emails opened | - | int
annualrevenue | Annual Revenue | prevenue
industry | Industry | pindustry
hs_timezone | Time Zone | tz
hs_legal_basis | Legal basis for processing contact's data | - | enum:Legitimate interest,Consent
message | Message | notes
# hubspot companies organisation en
hs_object_id | Record ID | id
name | Company name | company
domain | Company Domain Name | domain
website | Website URL | website
phone | Phone Number | phone
address | Street Address | street
address2 | Street Address 2 | street2
city | City | city
state | State/Region | region
zip | Postal Code | zip
country | Country/Region | country
industry | Industry | industry
numberofemployees | Number of Employees | employees
annualrevenue | Annual Revenue | revenue
description | Description | desc
type | Type | ctype
hubspot_owner_id | Company owner | owner | userid
hs_parent_company_id | Parent Company | parent
founded_year | Year Founded | founded
timezone | Time Zone | tz
linkedin_company_page | LinkedIn Company Page | linkedin
facebook_company_page | Facebook Company Page | facebook
twitterhandle | Twitter Handle | twitter
lifecyclestage | Lifecycle Stage | lifecycle
num_associated_contacts | Number of Associated Contacts | - | int
is_public | Is Public | - | bool
total_money_raised | Total Money Raised | - | money
web_technologies | Web Technologies | - | tags
createdate | Create Date | created
hs_lastmodifieddate | Last Modified Date | updated
closedate | Close Date | - | datetime
# salesforce Lead lead en
Id | Lead ID | id | hexid
Salutation | Salutation | prefix
FirstName | First Name | first
LastName | Last Name | last
Title | Title | job
Company | Company | company
Email | Email | email
Phone | Phone | phone
MobilePhone | Mobile | mobile
Fax | Fax | - | phone
Website | Website | website
Street | Street | street
City | City | city
State | State/Province | region
PostalCode | Zip/Postal Code | zip
Country | Country | country
LeadSource | Lead Source | source
Status | Lead Status | pstatus
Industry | Industry | pindustry
Rating | Rating | rating
AnnualRevenue | Annual Revenue | prevenue
NumberOfEmployees | No. of Employees | pemployees
OwnerId | Owner ID | owner | hexid
Description | Description | desc
HasOptedOutOfEmail | Email Opt Out | optout
DoNotCall | Do Not Call | - | bool
IsConverted | Converted | - | bool
ConvertedDate | Converted Date | converted
CreatedDate | Created Date | created
LastModifiedDate | Last Modified Date | updated
LastActivityDate | Last Activity | lastactivity
IsUnreadByOwner | Unread By Owner | - | bool
Jigsaw | Data.com Key | - | hexid
# salesforce Contact person en
Id | Contact ID | id | hexid
Salutation | Salutation | prefix
FirstName | First Name | first
LastName | Last Name | last
AccountId | Account ID | companyId | hexid
Title | Title | job
Department | Department | dept
Email | Email | email
Phone | Business Phone | phone
MobilePhone | Mobile Phone | mobile
HomePhone | Home Phone | - | phone
OtherPhone | Other Phone | - | phone
Fax | Business Fax | - | phone
MailingStreet | Mailing Street | street
MailingCity | Mailing City | city
MailingState | Mailing State/Province | region
MailingPostalCode | Mailing Zip/Postal Code | zip
MailingCountry | Mailing Country | country
OtherStreet | Other Street | - | street
OtherCity | Other City | - | city
OtherPostalCode | Other Zip/Postal Code | - | zip
Birthdate | Birthdate | birthday
ReportsToId | Reports To ID | - | hexid
AssistantName | Assistant's Name | - | full
AssistantPhone | Asst. Phone | - | phone
LeadSource | Lead Source | source
Description | Contact Description | desc
OwnerId | Owner ID | owner | hexid
HasOptedOutOfEmail | Email Opt Out | optout
DoNotCall | Do Not Call | - | bool
EmailBouncedReason | Email Bounced Reason | - | enum:mailbox full,unknown user
PhotoUrl | Photo URL | photo
CreatedDate | Created Date | created
CreatedById | Created By ID | - | hexid
LastModifiedDate | Last Modified Date | updated
SystemModstamp | System Modstamp | - | datetime
# salesforce Account organisation en
Id | Account ID | id | hexid
Name | Account Name | company
AccountNumber | Account Number | accountno
Type | Account Type | ctype
ParentId | Parent Account ID | parent | hexid
Industry | Industry | industry
AnnualRevenue | Annual Revenue | revenue
NumberOfEmployees | Employees | employees
Rating | Account Rating | - | enum:Hot,Warm,Cold
Phone | Account Phone | phone
Fax | Account Fax | - | phone
Website | Website | website
BillingStreet | Billing Street | street
BillingCity | Billing City | city
BillingState | Billing State/Province | region
BillingPostalCode | Billing Zip/Postal Code | zip
BillingCountry | Billing Country | country
ShippingStreet | Shipping Street | - | street
ShippingCity | Shipping City | - | city
ShippingPostalCode | Shipping Zip/Postal Code | - | zip
ShippingCountry | Shipping Country | - | country
Ownership | Ownership | - | enum:Public,Private
TickerSymbol | Ticker Symbol | - | enum:TLGR,BRLG
Sic | SIC Code | - | int
Description | Account Description | desc
OwnerId | Owner ID | owner | hexid
Site | Account Site | - | enum:HQ,Branch
YearStarted | Year Started | founded
DunsNumber | D-U-N-S Number | - | int
CreatedDate | Created Date | created
LastModifiedDate | Last Modified Date | updated
# salesforce Opportunity deal en
Id | Opportunity ID | id | hexid
Name | Opportunity Name | dname
AccountId | Account ID | orgRef | hexid
Amount | Amount | amount
ExpectedRevenue | Expected Amount | weighted
CloseDate | Close Date | close
StageName | Stage | stage
Probability | Probability (%) | prob
Type | Opportunity Type | dtype
LeadSource | Lead Source | source
CampaignId | Campaign ID | campaign | hexid
NextStep | Next Step | nextstep
Description | Description | desc
OwnerId | Owner ID | owner | hexid
IsClosed | Closed | - | bool
IsWon | Won | wonFlag
ForecastCategoryName | Forecast Category | - | enum:Pipeline,Commit,Best Case
CurrencyIsoCode | Currency ISO Code | currency
ContactId | Contact ID | contact | hexid
TotalOpportunityQuantity | Quantity | - | int
FiscalYear | Fiscal Year | - | year
HasOpportunityLineItem | Has Line Item | - | bool
Pricebook2Id | Price Book ID | - | hexid
CreatedDate | Created Date | created
LastModifiedDate | Last Modified Date | updated
LastActivityDate | Last Activity | lastactivity
LastStageChangeDate | Last Stage Change Date | stagechanged
# pipedrive persons person en
id | ID | id
name | Name | full
first_name | First name | first
last_name | Last name | last
org_id.name | Organization | company
email.work | Email - Work | email
email.home | Email - Home | - | email
phone.work | Phone - Work | phone
phone.mobile | Phone - Mobile | mobile
label | Label | tags
owner_id.name | Owner | owner
open_deals_count | Open deals | - | int
won_deals_count | Won deals | - | int
activities_count | Total activities | - | int
last_activity_date | Last activity date | lastactivity
next_activity_date | Next activity date | - | date
add_time | Person created | created
update_time | Update time | updated
visible_to | Visible to | - | enum:1,3,7
job_title | Job title | job
birthday | Birthday | birthday
postal_address | Postal address | fulladdr
postal_address.locality | City/town/village/locality of Postal address | city
postal_address.postal_code | ZIP/Postal code of Postal address | zip
postal_address.country | Country of Postal address | country
notes | Notes | notes
marketing_status | Marketing status | - | enum:subscribed,unsubscribed,no_consent
picture_id | Profile picture | photo | int
last_incoming_mail_time | Last email received | lastreplied
# pipedrive deals deal en
id | ID | id
title | Title | dname
value | Value | amount
currency | Currency | currency
weighted_value | Weighted value | weighted
stage_id | Stage | stage
status | Status | dstatus
pipeline_id | Pipeline | pipeline
owner_id | Owner | owner
person_id | Contact person | contact | full
org_id | Organization | orgRef | company
expected_close_date | Expected close date | close
probability | Probability | prob
label | Label | tags
lost_reason | Lost reason | lostReason
add_time | Deal created | created
update_time | Update time | updated
won_time | Won time | - | datetime
lost_time | Lost time | - | datetime
close_time | Deal closed on | closedAt
stage_change_time | Last stage change | stagechanged
products_quantity | Product quantity | - | int
products_amount | Product amount | - | money
activities_count | Total activities | - | int
next_activity_date | Next activity date | - | date
creator_user_id | Creator | - | full
visible_to | Visible to | - | enum:1,3
origin | Source origin | - | enum:ManuallyCreated,API,Import
channel | Source channel | source
archive_time | Archive time | - | datetime
mrr | MRR | mrr
acv | ACV | - | money
# copper companies organisation en
id | ID | id
name | Name | company
address.street | Street | street
address.city | City | city
address.state | State | region
address.postal_code | Postal Code | zip
address.country | Country | country
assignee_id | Owned By | owner | userid
contact_type_id | Contact Type | ctype | int
details | Description | desc
email_domain | Email Domain | domain
phone_numbers | Work Phone | phone
socials | LinkedIn | linkedin
tags | Tags | tags
websites | Website | website
interaction_count | Interaction Count | - | int
date_created | Date Created | created | epoch
date_modified | Date Modified | updated | epoch
# zendesksell leads lead en
id | Lead ID | id
first_name | First Name | first
last_name | Last Name | last
organization_name | Company Name | company
title | Title | job
email | Email | email
phone | Work Phone | phone
mobile | Mobile Phone | mobile
fax | Fax | - | phone
twitter | Twitter | twitter
facebook | Facebook | facebook
linkedin | LinkedIn | linkedin
skype | Skype | - | handle
website | Website | website
address.line1 | Street | street
address.city | City | city
address.state | State/Region | region
address.postal_code | Zip/Post Code | zip
address.country | Country | country
description | Description | desc
industry | Industry | pindustry
owner_id | Owner | owner | userid
source_id | Source | source | int
status | Status | pstatus
tags | Tags | tags
created_at | Added on | created
updated_at | Last updated | updated
# zendesksell deals deal en
id | Deal ID | id
name | Deal Name | dname
value | Value | amount
currency | Currency | currency
hot | Hot | - | bool
stage_id | Stage | stage | int
source_id | Source | source | int
loss_reason_id | Loss Reason | lostReason | int
contact_id | Primary Contact | contact | userid
organization_id | Company | orgRef | userid
owner_id | Owner | owner | userid
estimated_close_date | Estimated Close Date | close
customized_win_likelihood | Win Likelihood | prob
tags | Tags | tags
last_stage_change_at | Last Stage Change | stagechanged
last_stage_change_by_id | Last Stage Change By | - | userid
last_activity_at | Last Activity | lastactivity
added_at | Added on | created
creator_id | Created By | - | userid
dropbox_email | Deal Email Address | - | email
updated_at | Updated at | updated
`;
