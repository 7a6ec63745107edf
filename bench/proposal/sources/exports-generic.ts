/** Address books and home-made tables with abbreviations, run-together and generic headers; form as in crm-english.ts. */
export const exportsGeneric = `
# googlecontacts contacts person en
Name | Name | full
Given Name | Given Name | first
Additional Name | Additional Name | middle
Family Name | Family Name | last
Name Prefix | Name Prefix | prefix
Name Suffix | Name Suffix | suffix
Nickname | Nickname | nick
Birthday | Birthday | birthday
Gender | Gender | gender
Notes | Notes | notes
Group Membership | Group Membership | tags
E-mail 1 - Type | E-mail 1 - Type | - | enum:Work,Home
E-mail 1 - Value | E-mail 1 - Value | email
E-mail 2 - Value | E-mail 2 - Value | - | email
Phone 1 - Type | Phone 1 - Type | - | enum:Work,Mobile
Phone 1 - Value | Phone 1 - Value | phone
Phone 2 - Value | Phone 2 - Value | - | phone
Address 1 - Formatted | Address 1 - Formatted | fulladdr
Address 1 - Street | Address 1 - Street | street
Address 1 - City | Address 1 - City | city
Address 1 - Region | Address 1 - Region | region
Address 1 - Postal Code | Address 1 - Postal Code | zip
Address 1 - Country | Address 1 - Country | country
Organization 1 - Name | Organization 1 - Name | company
Organization 1 - Title | Organization 1 - Title | job
Organization 1 - Department | Organization 1 - Department | dept
Website 1 - Value | Website 1 - Value | website
Photo | Photo | photo
# sheet1 kunden person de
Knr | Knr | accountno
Vorn. | Vorn. | first
Nachn. | Nachn. | last
Fa. | Fa. | company
Str. | Str. | street
PLZ | PLZ | zip
Ort | Ort | city
Tel. | Tel. | phone
Handy | Handy | mobile
Mail | Mail | email
Bem. | Bem. | notes
Geb.-Datum | Geb.-Datum | birthday
Betreut durch | Betreut durch | owner
letzter Anruf | letzter Anruf | lastcontact
Farbe | Farbe | - | enum:rot,blau
# sheet2 leads lead en
fname | fname | first
lname | lname | last
co | co | company
e-mail addr | e-mail addr | email
tel # | tel # | phone
cell | cell | mobile
addr1 | addr1 | street
addr2 | addr2 | street2
town | town | city
st | st | region
post code | post code | zip
ctry | ctry | country
src | src | source
rep | rep | owner
lead stage | lead stage | pstatus
est. value | est. value | amount
follow up | follow up | - | date
misc | misc | - | text
row | row | - | int
# sheet3 companies organisation en
company | company | company
web | web | website
main phone | main phone | phone
hq address | hq address | street
hq city | hq city | city
hq country | hq country | country
emp | emp | employees
turnover | turnover | revenue
vertical | vertical | industry
acct owner | acct owner | owner
cust type | cust type | ctype
cust no | cust no | accountno
vat no | vat no | vat
logo url | logo url | photo
about | about | desc
last touch | last touch | lastcontact
nps | nps | - | int
renewal | renewal | - | date
csm | csm | - | full
# sheet4 deals deal en
Opp Name | Opp Name | dname
Acct | Acct | orgRef | company
Primary Contact | Primary Contact | contact | full
Est. Rev. | Est. Rev. | amount
Win % | Win % | prob
Fcst Cat | Fcst Cat | - | enum:Commit,Upside
Exp. Close | Exp. Close | close
Sales Stage | Sales Stage | stage
AE | AE | owner
Region | Region | - | enum:EMEA,AMER
Lead Src | Lead Src | source
Loss Rsn | Loss Rsn | lostReason
Curr | Curr | currency
Comments | Comments | notes
Age (days) | Age (days) | - | int
Created | Created | created
MRR | MRR | mrr
Prio | Prio | priority
# sheet5 tickets ticket en
Ref | Ref | tno
Headline | Headline | subject
Details | Details | body
Raised by | Raised by | requester | full
Raised by email | Raised by email | reqEmail
Assigned agent | Assigned agent | assignee
Queue | Queue | team
Current status | Current status | tstatus
Urgency | Urgency | tpriority
Category | Category | tcat
Logged on | Logged on | created
Closed on | Closed on | closed
Target date | Target date | due
Labels | Labels | tags
Contact method | Contact method | channel
Feedback score | Feedback score | csat
Minutes spent | Minutes spent | - | int
Internal ref | Internal ref | - | ref
# sheet6 klienci person pl
imie | imie | first
nazwisko | nazwisko | last
nr tel | nr tel | phone
mail | mail | email
ul. | ul. | street
kod poczt. | kod poczt. | zip
miasto | miasto | city
woj. | woj. | region
firma nazwa | firma nazwa | company
stan. | stan. | job
op. handlowy | op. handlowy | owner
info | info | notes
data ur. | data ur. | birthday
nip firmy | nip firmy | vat
# sheet7 clientes person es
nom. | nom. | first
apell. | apell. | last
tfno. | tfno. | phone
mov. | mov. | mobile
e-mail | e-mail | email
dir. | dir. | street
c.p. | c.p. | zip
pobl. | pobl. | city
prov. | prov. | region
empr. | empr. | company
obs. | obs. | notes
f. nac. | f. nac. | birthday
f. alta | f. alta | created
# sheet8 contacts person fr
civ | civ | prefix
nom | nom | last
prenom | prenom | first
ste | ste | company
fct | fct | job
tel fixe | tel fixe | phone
gsm | gsm | mobile
courriel | courriel | email
adr | adr | street
cp | cp | zip
ville | ville | city
dept | dept | region
comm. | comm. | notes
der. contact | der. contact | lastcontact
date naiss. | date naiss. | birthday
`;
