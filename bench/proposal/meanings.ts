/**
 * Meanings with which the evaluation set is labelled: `meaning type values`. The type is what a schema would declare, the
 * values the generator of `values.ts`. This vocabulary is the evaluator's own; the matcher does not know it.
 */
const table = `
id string id | extid string uuid | first string given | middle string initial | last string family | last2 string family | full string full | prefix string salut | suffix string suffix | nick string given
job string job | dept string dept | birthday date date | gender enum gender | email email email | phone phone phone | mobile phone mobile | website url website | linkedin string linkedin | twitter string twitter | facebook string facebook
role enum ctype | brand string int | inbox string team | lastopen datetime datetime | lastclick datetime datetime | lastsent datetime datetime | company string company | orgname string company | founded integer year | wonFlag boolean bool | weighted number money | lastreplied datetime datetime | companyId string userid | street string street | street2 string street2 | city string city | region string region | zip string zip | country string country | countryCode string cc | fulladdr string fulladdr
owner user full | team enum team | tags array tags | ctype enum ctype | pstatus enum pstatus | lifecycle enum lifecycle | source enum source | campaign string campaign | medium enum medium | desc text text | notes text text | lang enum lang | tz string tz
optout boolean bool | optin boolean bool | bounced boolean bool | active boolean bool | created datetime datetime | updated datetime datetime | lastcontact datetime datetime | lastseen datetime datetime | lastactivity datetime datetime | signup datetime datetime
photo string photo | vat string vat | taxno string ref | regno string natid | industry enum industry | employees number int | revenue number money | domain string domain | accountno string ref | parent string company | lat number lat | lng number lng
credit number money | terms enum terms | pricelist enum terms | iban string iban | pindustry enum industry | prevenue number money | pemployees number int | rating enum rating | converted date date | plan enum plan | plan2 enum period
dname string dealname | amount number money | currency enum currency | prob number percent | stage enum stage | pipeline enum pipeline | close date date | closedAt datetime datetime | lostReason enum reason | dtype enum dtype | dstatus enum dstatus | priority enum priority
mrr number money | nextstep string nextstep | contact string full | contactName string full | contactEmail email email | contactPhone phone phone | orgRef string company | stagechanged datetime datetime
subject string subject | body text text | tno string int | tstatus enum tstatus | tpriority enum priority | ttype enum ttype | tcat enum tcat | channel enum channel | requester string full | reqEmail email email | reqPhone phone phone | assignee user full
cc array email | due datetime datetime | firstresp datetime datetime | resolved datetime datetime | closed datetime datetime | csat enum csat | csatComment text text | assignedAt datetime datetime | unread boolean bool | snooze datetime datetime | waiting datetime datetime | closedFlag boolean bool
`;

export interface Meaning { readonly type: string; readonly values: string }

export const meanings: ReadonlyMap<string, Meaning> = new Map(table.split(/[|\n]/).map((entry) => entry.trim()).filter((entry) => entry !== '').map((entry) => {
  const [meaning = '', type = '', values = ''] = entry.split(' ');
  return [meaning, { type, values }];
}));

/** Types of fields without a counterpart, by their values. */
export const typeOfValues = (values: string): string => ({ int: 'integer', small: 'integer', bool: 'boolean', date: 'date', datetime: 'datetime', money: 'number', rate: 'number', phone: 'phone', email: 'email', url: 'url', tags: 'array', text: 'text', epoch: 'number', year: 'integer', full: 'user', userid: 'integer' } as { [key: string]: string })[values] ?? (values.startsWith('enum:') ? 'enum' : 'string');
