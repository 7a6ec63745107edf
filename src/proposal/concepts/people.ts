/**
 * Meanings of fields of people and organisations. One line each: `id | objects | value kinds | ways to say it`.
 * Objects: p person, o organisation, d deal, t ticket, c order or invoice, i product, e employee, a activity; `*` any.
 * A way to say it is a set of atoms; `(x)` may be missing, `^po` counts only for these objects, `@0.5` is only half sure.
 */
export const peopleConcepts = `
salutation | pe | salut | salutation; title^p@0.35; title person; form salutation; name title^p@0.5
first-name | pe | given | first name; first^pe; name first; first person; address first name
middle-name | pe | given | middle name; middle; second first name; first name second; first name 2
last-name | pe | family | last name; last^pe@0.8; name last; address last name; maiden name@0.3; last person; name^p@0.15
second-last-name | pe | family | second last name; last name second; last second
maiden-name | pe | family | maiden name; maiden; maiden last name
name-suffix | pe | suffix | suffix; name suffix
full-name | pe | person | full name; contact name; person name; name^pe; customer name; display name^pe; name display^pe; lead name^pe; user name^pe@0.4; employee name; name full; contact full name; contact^d@0.55; contact person; customer full name; contact^o@0.5; display^pe@0.6; person^d@0.6; sort name@0.3; file as@0.3
nickname | pe | given | nick; nick name; first nick; first name display@0.4; informal first
initials | pe |  | initials
job-title | pe | job | job title; job; title^pe@0.55; title job; job role; role^p@0.3; job description@0.5; title position; job person; job level@0.3; company title; company job; title company
seniority | pe | enum | seniority; seniority level; job level; level
job-function | p | enum | job function type; role buying; buying role; decision maker; role decision
department | pe | enum | department; department name; department team@0.5
birthday | pe | date | birth date; birth; date birth; birth day
gender | pe | gender | gender
age | pe | int | age
marital | pe | enum | marital; marital status
nationality | pe | country | nationality
spouse | pe | person | spouse; spouse name; husband; wife
children | pe | int | children; children count; child count@0.5
place-of-birth | pe | city | birth city; birth country; birth place
email | pelodt | email | email; email work; email primary; email 1; primary email; email address; email contact; email company^o; username^p@0.1; email primary address
email-second | pe | email | email second; email other; email 2; email 3; email home; email third
email-status | p | enum | email status; email quality; email verified status; email type; email format; email client; email permission status; email result
email-domain | po | domain | email domain
phone | pelodt | phone | phone; phone work; phone primary; number phone; phone office; phone company; phone company main; switchboard; work switchboard; phone 1; company phone switchboard; phone contact; phone first; main phone; phone direct; direct phone; phone direct work; line direct; work number^p; work^p@0.5; landline; landline phone; phone landline work
phone-home | pe | phone | phone home
mobile | pe | mobile phone | mobile; mobile phone; mobile work; phone mobile; mobile 1; mobile primary; mobile contact; sms^p@0.5; address mobile
mobile-second | pe | mobile phone | mobile second; mobile other; mobile home; mobile 2
phone-second | pelo | phone | phone second; address phone; primary address phone; phone other; phone 2; phone 3; phone third
phone-extension | pe | int | extension; phone extension
phone-type | pe | enum | phone type; phone status; phone quality; phone label
fax | po | phone | fax; fax number; fax work; fax home; fax other; fax phone
pager | p | phone | pager; radio; telex
skype | p | handle | skype; skype id; skype name; skype username
messenger | p | handle | messenger; messenger id; messenger name
whatsapp | p | phone | whatsapp; whatsapp phone; whatsapp number
linkedin | po | social url | linkedin; linkedin url; linkedin profile; linkedin company page; linkedin bio; linkedin handle
twitter | po | social url handle | twitter; twitter id; twitter handle; twitter url; twitter name; twitter username; twitter profile
facebook | po | social url handle | facebook; facebook url; facebook page; facebook id; facebook company page
instagram | po | social url handle | instagram; instagram url; instagram id; instagram username
youtube | po | social url | youtube; youtube url; youtube channel
xing | po | social url | xing; xing url; xing profile; tiktok; tiktok url; pinterest; googleplus
social-profiles | po | social url | social; social url; social profile; social media; social account; social network
social-stats | po | int | twitter follower; twitter follower count; facebook fans; linkedin follower; linkedin connections; klout score; social click; twitter bio; linkedin followers count; social score
website | pold | url domain | website; website url; url company; company website; company url; website company; url^po@0.5; website primary; website address; url website; domain website
blog | po | url | blog; blog url
domain | o | domain | domain; domain name; company domain; website domain; email domain^o@0.6; company domain name
photo | peo | image url file | photo; photo url; photo contact; photo company; url photo; photo id; photo content url; photo type@0.4; photo employee
record-url | * | url | url record; url account; url^dt@0.6; self url; url html; url system; record url; api url; url api; link self
owner | * | user id person | owner; owner name; owner id; owner lead; owner contact; owner account; owner user; user owner; owner deal; owner assignee; assignee owner; assignee^pod@0.75; assignee user^pod; owner sales; manager account@0.7; user^pod@0.5; user name^od@0.4; owner full name; employee sales
owner-email | * | email | owner email; assignee email; email owner; user email
owner-second | * | person user id | owner second; owner other; owner former; collaborator owner; owner team@0.2; owner secondary; owner previous; deputy owner; follower owner; csm
assignee | ta | user id person | assignee; assignee id; assignee name; assignee user; owner^t@0.8; user^t@0.6; assignee^t; owner ticket; assignee full name
team | * | enum id | team; team id; team name; team owner; sales team; group^t; group id^t; group name^t; team assignee; group assignee^t; department^t; owner team; team sales; group owner
group-other | po | enum id | default group; group id^o@0.5; user group; group default; customer segment group; segment_group; customer group
created-by | * | user person id | create by; creator; creator id; create user; creator user; by create; author^po; create name by; create by id; create by name; author id^d
updated-by | * | user person id | update by; by update; update user; last update by; last update user; update by id; last by update; last updater
created-by-email | * | email | create by email; creator email; update by email
manager | pe | person id | manager; manager id; manager name; contact manager; person manager; manager email@0.4; reports to; manager supervisor
assistant | p | person | assistant; assistant name; name assistant
assistant-phone | p | phone | assistant phone; phone assistant; assistant email@0.6; phone assistant mobile; email assistant@0.6
related-contacts | * |  | contact of; child contact; family; contact spouse; related contact; contact other; contact second; contact list
follower | * |  | follower; follower id; follower list; follower email; participant; user follower
signature | p | text | signature; email signature
alias | p | given | nick^t; nick display
username | p | handle | login; login name; username; user name@0.5; name user; login username
password | p |  | password; password id; password reset
role | pt | enum | role; user role; role type; role user; role contact; role id; role custom; person type@0.3; customer type@0.2
language | po | lang | language; language primary; language name; language code; language person; language contact; language customer; language ticket; language id; language override; language correspondence; language display
timezone | po | tz | timezone; timezone name; timezone id; user timezone; timezone code
email-optout | po | bool | unsubscribe; email unsubscribe; unsubscribe email; newsletter unsubscribe; unsubscribe newsletter; donot email; donot mailing; marketing unsubscribe; email donot; is unsubscribe; unsubscribe marketing; email suspended; unsubscribe from email; donot newsletter; unsubscribe email marketing; donot contact@0.6; unsubscribe bulk email; email unsubscribe status
email-optin | p | bool | optin; email optin; newsletter; newsletter optin; marketing optin; optin marketing; email marketing; newsletter subscription; email marketing optin; marketing email; marketing subscription; subscription email; optin newsletter; newsletter subscribed; email subscription status; marketing status; email subscription; marketing customer optin
consent-other | p |  | sms optin; sms marketing; sms marketing optin; optin date; optin source; optin ip; optin legal reason; optin update; process personal data; optin status; optin phone; legal reason; legal reason process contact; optin time; optin sms; lawful basis; legal basis; optin level; marketing optin update; consent date; sms subscription; whatsapp optin; email marketing optin level; email marketing optin update; data process optin; privacy optin; privacy
optout-reason | p |  | unsubscribe reason; unsubscribe date; unsubscribe time; unsubscribe count; unsubscribe campaign; email unsubscribe date; email unsubscribe reason
phone-optout | po | bool | donot call; phone unsubscribe; donot phone; call unsubscribe; fax unsubscribe; donot fax; sms unsubscribe; donot sms; phone suspended; call suspended; donot post; donot mailing post; fax donot; post donot
bounced | p | bool int | bounce; email bounce; is bounce; bounce email; bounce count; hard bounce; has bounce; bounce hard
bounce-detail | p |  | bounce reason; bounce date; soft bounce; bounce soft; email bounce reason; email bounce date; bounce time; soft bounce count
spam-flag | pt | bool | spam; is spam; spam email; email spam; marked email spam; is spammer; mark spam
verified | p | bool | verified; is verified; email verified; verified email; phone verified; email valid; account verified; status verified@0.4
suspended | p | bool | suspended; is suspended; account suspended; user suspended; blocked
active | * | bool | active; is active; active user; status active; record active; active status
archived | * | bool | archived; is archived; deleted; is deleted; permanently deleted; archived date; deleted date; deleted time; is disabled; deleted by; archived time; trashed date; date deleted; is record deleted; trash
vip | po | bool | vip; is vip; vip customer; key customer; customer vip
is-company | po | bool | is company; is person; company is; is organisation; person or company; type person company; is individual; is business
two-factor | p | bool | two factor auth; two factor; two factor auth enabled; mfa; 2fa
interest | p | tags enum | interest; interest product; product interest
education | pe |  | education; school; university; education level; graduation date; degree
`;
