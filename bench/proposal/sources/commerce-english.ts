/** Marketing, shop, payment and personnel products, English; form as in crm-english.ts. */
export const commerceEnglish = `
# mailchimp members person en
id | Contact ID | id | hexid
email_address | Email Address | email
unique_email_id | Unique email ID | - | hexid
web_id | Web ID | - | int
FNAME | First Name | first
LNAME | Last Name | last
ADDRESS | Address | fulladdr
PHONE | Phone Number | phone
BIRTHDAY | Birthday | birthday
status | Status | - | enum:subscribed,unsubscribed,cleaned
email_type | Email type | - | enum:html,text
member_rating | MEMBER_RATING | - | small
OPTIN_TIME | OPTIN_TIME | signup
OPTIN_IP | OPTIN_IP | - | ip
CONFIRM_TIME | CONFIRM_TIME | - | datetime
LAST_CHANGED | LAST_CHANGED | updated
LATITUDE | LATITUDE | lat
LONGITUDE | LONGITUDE | lng
GMTOFF | GMTOFF | - | int
TIMEZONE | TIMEZONE | tz
CC | CC | countryCode
REGION | REGION | region
language | Language | lang
vip | VIP | - | bool
TAGS | TAGS | tags
NOTES | NOTES | notes
list_id | List ID | - | hexid
ip_signup | IP signup | - | ip
stats.avg_open_rate | Average open rate | - | rate
# activecampaign contacts person en
id | ID | id
email | Email | email
firstName | First Name | first
lastName | Last Name | last
phone | Phone | phone
orgname | Organization | company
tags | Tags | tags
ip | IP address | - | ip
cdate | Date Created | created
udate | Date Updated | updated
bounced_hard | Hard bounces | bounced | int
bounced_soft | Soft bounces | - | int
bounced_date | Bounced date | - | datetime
sentcnt | Sent count | - | int
gravatar | Gravatar | - | bool
hash | Hash | - | hexid
email_domain | Email domain | - | domain
deleted | Deleted | - | bool
scoreValues | Score | - | int
job_title | Job Title | job
# klaviyo profiles person en
Email | Email | email
Klaviyo ID | Klaviyo ID | id | hexid
First Name | First Name | first
Last Name | Last Name | last
Organization | Organization | company
Title | Title | job
Phone Number | Phone Number | phone
Address | Address | street
Address 2 | Address 2 | street2
City | City | city
State / Region | State / Region | region
Country | Country | country
Zip Code | Zip Code | zip
Latitude | Latitude | lat
Longitude | Longitude | lng
Source | Source | source
IP Address | IP Address | - | ip
Email Marketing Consent | Email Marketing Consent | optin | enum:SUBSCRIBED,NEVER_SUBSCRIBED
Email Marketing Consent Timestamp | Email Marketing Consent Timestamp | - | datetime
SMS Marketing Consent | SMS Marketing Consent | - | enum:SUBSCRIBED,UNSUBSCRIBED
First Active | First Active | - | datetime
Last Active | Last Active | lastseen
Profile Created On | Profile Created On | created
Last Open | Last Open | lastopen
Last Click | Last Click | lastclick
Initial Referring Domain | Initial Referring Domain | - | domain
Total Customer Lifetime Value | Total Customer Lifetime Value | - | money
Historic Number Of Orders | Historic Number Of Orders | - | int
Locale | Locale | lang
# shopify customers person en
id | Customer ID | id
first_name | First Name | first
last_name | Last Name | last
email | Email | email
accepts_marketing | Accepts Email Marketing | optin
default_address.company | Default Address Company | company
default_address.address1 | Default Address Address1 | street
default_address.address2 | Default Address Address2 | street2
default_address.city | Default Address City | city
default_address.province_code | Default Address Province Code | region
default_address.country_code | Default Address Country Code | countryCode
default_address.zip | Default Address Zip | zip
default_address.phone | Default Address Phone | - | phone
phone | Phone | phone
accepts_sms_marketing | Accepts SMS Marketing | - | bool
total_spent | Total Spent | - | money
orders_count | Total Orders | - | int
note | Note | notes
tax_exempt | Tax Exempt | - | bool
tags | Tags | tags
verified_email | Verified Email | - | bool
state | State | - | enum:enabled,disabled,invited
currency | Currency | - | enum:USD,EUR
last_order_id | Last Order ID | - | int
last_order_name | Last Order Name | - | enum:#1001,#1002
multipass_identifier | Multipass Identifier | - | hexid
created_at | Created At | created
updated_at | Updated At | updated
# woocommerce customers person en
id | ID | id
username | Username | - | handle
email | Email | email
first_name | First name | first
last_name | Last name | last
role | Role | role | enum:customer,subscriber
billing.company | Billing company | company
billing.address_1 | Billing address 1 | street
billing.address_2 | Billing address 2 | street2
billing.city | Billing city | city
billing.state | Billing state | region
billing.postcode | Billing postcode | zip
billing.country | Billing country | countryCode
billing.phone | Billing phone | phone
shipping.first_name | Shipping first name | - | first
shipping.address_1 | Shipping address 1 | - | street
shipping.city | Shipping city | - | city
shipping.postcode | Shipping postcode | - | zip
is_paying_customer | Is paying customer | - | bool
avatar_url | Avatar URL | photo
orders_count | Orders count | - | int
total_spent | Total spent | - | money
date_created | Date created | created
date_modified | Date modified | updated
# stripe customers organisation en
id | id | id | hexid
Email | Email | email
Name | Name | company
Description | Description | desc
Phone | Phone | phone
Address Line1 | Address Line1 | street
Address Line2 | Address Line2 | street2
Address City | Address City | city
Address State | Address State | region
Address Postal Code | Address Postal Code | zip
Address Country | Address Country | countryCode
Business Vat ID | Business Vat ID | vat
Created (UTC) | Created (UTC) | created
Currency | Currency | - | enum:usd,eur
Delinquent | Delinquent | - | bool
Account Balance | Account Balance | - | money
Total Spend | Total Spend | - | money
Payment Count | Payment Count | - | int
Plan | Plan | plan
Card Brand | Card Brand | - | enum:Visa,MasterCard
Card Last4 | Card Last4 | - | int
preferred_locales | Preferred locales | lang
# bamboohr employees person en
employeeNumber | Employee # | - | int
firstName | First Name | first
middleName | Middle Name | middle
lastName | Last Name | last
preferredName | Preferred Name | nick
jobTitle | Job Title | job
department | Department | dept
division | Division | - | enum:Europe,America
location | Location | - | city
workEmail | Work Email | email
homeEmail | Home Email | - | email
workPhone | Work Phone | phone
workPhoneExtension | Work Ext. | - | small
mobilePhone | Mobile Phone | mobile
homePhone | Home Phone | - | phone
dateOfBirth | Birth Date | birthday
gender | Gender | gender
maritalStatus | Marital Status | - | enum:Single,Married
hireDate | Hire Date | - | date
terminationDate | Termination Date | - | date
supervisor | Reporting to | - | full
address1 | Address Line 1 | street
address2 | Address Line 2 | street2
city | City | city
state | State | region
zipcode | Zip Code | zip
country | Country | country
ssn | SSN | - | int
payRate | Pay Rate | - | money
employmentStatus | Employment Status | - | enum:Full-Time,Part-Time
`;
