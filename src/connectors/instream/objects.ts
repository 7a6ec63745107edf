import type { FieldType } from '../../connector/catalog.ts';

/** One column of the bundle contract (README, "Input bundle"). */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: FieldType | 'infer';
  readonly required: boolean;
  readonly multi: boolean;
  readonly relatedObject?: string;
}

/** One object of the bundle and the files that hold it. */
export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly fileKey: string; // name of the file without ending, and key in the manifest
  readonly fileWords: readonly string[]; // further file names, folded
  readonly columns: readonly ColumnDefinition[];
  /** Columns of which one must be there for a file to be this object. */
  readonly telling: readonly string[];
  /** Object whose records these are made from; such an object has no file of its own. null = it has. */
  readonly madeFrom: string | null;
}

/** `name:type`, `*` = required, `[]` = several values in a cell, `>object` = points to that object. */
function columns(text: string): readonly ColumnDefinition[] {
  return text.trim().split(/\s+/).map((entry) => {
    const match = /^(\w+)(\*)?(\[\])?(?::(\w+))?(?:>(\w+))?$/.exec(entry);
    if (match === null) throw new Error(`column definition ${entry}`);
    const [, name = '', required, multi, type, related] = match;
    return {
      name, type: (type as FieldType | 'infer' | undefined) ?? (multi === undefined ? 'text' : 'multiSelection'),
      required: required !== undefined, multi: multi !== undefined, ...(related === undefined ? {} : { relatedObject: related }),
    };
  });
}

const object = (name: string, label: string, fileKey: string, fileWords: string, telling: string, text: string): ObjectDefinition =>
  ({ name, label, fileKey, fileWords: [fileKey.replace(/_/g, ' '), name.replace(/_/g, ' '), ...fileWords.split(',').filter((word) => word !== '')], columns: columns(text), telling: telling.split(' '), madeFrom: null });

/** An object without a file: its records are parts of another object's. */
const part = (madeFrom: string, name: string, label: string, text: string): ObjectDefinition => ({ ...object(name, label, `${name}s`, '', '', text), fileWords: [], madeFrom });

/** Every object of the bundle, in the order in which the catalog shows them. */
export const objectDefinitions: readonly ObjectDefinition[] = [
  object('contact', 'Contact', 'contacts', 'kontakty,osoby,people,persons,person', 'email full_name first_name last_name', `
    id first_name last_name full_name* email:email emails[] phone:phone phones[] mobile:phone job_title company_id:reference>company company_name
    street street2 zip city state country website:url linkedin_url:url twitter_url:url facebook_url:url other_social[] owner_email:email
    tags[] lists[] source birthday:date archived:boolean description:longText created_at:datetime updated_at:datetime`),
  object('company', 'Company', 'companies', 'firmy,firma,organizations,organisations,accounts', 'name vat', `
    id name* vat website:url domain industry employee_count:infer phone:phone email:email street street2 zip city state country
    linkedin_url:url twitter_url:url facebook_url:url owner_email:email tags[] archived:boolean description:longText created_at:datetime updated_at:datetime`),
  object('deal', 'Deal', 'deals', 'szanse,szanse sprzedazy,transakcje,opportunities,deale', 'title stage_name amount', `
    id title* pipeline_id:reference>pipeline pipeline_name stage_id:reference>stage stage_name* status:selection amount:money currency probability:decimal
    expected_close:date closed_at:datetime lost_reason contact_id:reference>contact contact_email:email company_id:reference>company company_name
    owner_email:email tags[] source description:longText created_at:datetime updated_at:datetime`),
  object('pipeline', 'Pipeline', 'pipelines', 'lejki,procesy', 'name', 'id name* kind archived:boolean'),
  object('stage', 'Stage', 'stages', 'etapy,statusy', 'name', 'id pipeline_id:reference>pipeline pipeline_name name* sequence*:integer type probability:decimal'),
  object('list', 'List', 'lists', 'listy,listy relacji', 'name', 'id name* kind template shared:boolean archived:boolean treat_as'),
  object('list_membership', 'List membership', 'list_memberships', 'relacje,relations,memberships,na listach', 'list_name list_id', `
    list_id:reference>list list_name* contact_id:reference>contact contact_email:email company_id:reference>company company_name
    status_name owner_email:email added_at:datetime status_changed_at:datetime`),
  object('tag', 'Tag', 'tags', 'tagi,etykiety,labels', 'name', 'id name* color applies_to'),
  object('record_tag', 'Tag on a record', 'record_tags', 'tagi rekordow', 'tag_name', 'record_type record_id record_email:email tag_name'),
  object('note', 'Note', 'notes', 'notatki', 'body', `
    id record_type record_id contact_email:email company_name body*:longText format author_email:email created_at*:datetime`),
  object('owner', 'Owner', 'owners', 'uzytkownicy,users,opiekunowie,wlasciciele', 'email', 'id name email*:email active:boolean role'),
  object('custom_field', 'Custom field', 'custom_fields', 'pola,pola dodatkowe', 'label key', 'object* list_name key label* type options[] required:boolean default'),
  object('email', 'E-mail', 'emails', 'wiadomosci,maile', 'subject sent_at', `
    id message_id thread_id in_reply_to record_type record_id contact_email:email direction from to[] cc[] bcc[] subject body_html:html body_text:longText
    sent_at*:datetime attachments[]`),
  part('email', 'email_attachment', 'E-mail attachment', 'id email_id*:reference>email name mime size:integer inline:boolean content_id content:binary content_code'),
  object('call', 'Call', 'calls', 'rozmowy,polaczenia,telefony', 'started_at duration', `
    id record_type record_id contact_email:email direction phone:phone duration outcome note:longText owner_email:email started_at*:datetime`),
  object('meeting', 'Meeting', 'meetings', 'spotkania', 'start_at', `
    id title* start_at*:datetime end_at:datetime duration all_day:boolean timezone location description:longText organizer_email:email attendees[]
    record_type record_id contact_email:email uid status recurrence_rule recurrence_id recurrence_exceptions[]
    attendees_accepted[] attendees_declined[] attendees_tentative[] attendees_open[]`),
  part('meeting', 'meeting_attendee', 'Meeting attendee', 'id meeting_id*:reference>meeting email:email name state'),
  object('task', 'Task', 'tasks', 'zadania,follow ups,followups', 'due_at done', `
    id title* type due_at:datetime done:boolean done_at:datetime note:longText owner_email:email record_type record_id contact_email:email`),
  object('file', 'File', 'files', 'pliki,zalaczniki', 'path', `
    id path* name mime size:integer sha256 record_type record_id contact_email:email uploaded_by uploaded_at:datetime`),
];

/** Objects that a file may hold. */
export const fileObjects: readonly ObjectDefinition[] = objectDefinitions.filter((definition) => definition.madeFrom === null);

const byName = new Map(objectDefinitions.map((definition) => [definition.name, definition]));

export const objectDefinition = (name: string): ObjectDefinition | undefined => byName.get(name);
