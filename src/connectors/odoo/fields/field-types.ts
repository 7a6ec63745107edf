import type { CatalogField, FieldType } from '../../../connector/catalog.ts';

/** What `fields_get` says of one field (the attributes we ask for). */
export interface OdooField {
  readonly type: string;
  readonly string: string;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly store?: boolean;
  readonly manual?: boolean;
  readonly depends?: readonly string[];
  readonly relation?: string;
  readonly relation_field?: string;
  readonly selection?: readonly (readonly [string | number | boolean, string])[];
  readonly size?: number;
  readonly digits?: readonly [number, number];
  readonly help?: string;
}
export const fieldAttributes = ['type', 'string', 'required', 'readonly', 'store', 'manual', 'depends', 'relation', 'relation_field', 'selection', 'size', 'digits', 'help'] as const;

const byNativeType: Readonly<Record<string, FieldType>> = {
  char: 'text', text: 'longText', html: 'html', integer: 'integer', float: 'decimal', monetary: 'money', boolean: 'boolean',
  date: 'date', datetime: 'datetime', selection: 'selection', many2one: 'reference', many2one_reference: 'reference',
  many2many: 'references', one2many: 'references', binary: 'binary', json: 'json', properties: 'json', reference: 'text',
};

/** Odoo has no e-mail, phone or URL type; these well-known char fields are told by their names. */
const charMeaning: readonly { readonly test: RegExp; readonly type: FieldType }[] = [
  { test: /^(email|email_from|partner_email)$/u, type: 'email' },
  { test: /^(phone|mobile|partner_phone)$/u, type: 'phone' },
  { test: /^website$/u, type: 'url' },
];

/** Fields that fields_get calls read-only for the form's sake but that `create` takes. Measured on 14, 17, 18, 19. */
const writableThoughReadonly: Readonly<Record<string, readonly string[]>> = {
  'crm.lead': ['date_closed', 'date_open', 'date_last_stage_update', 'date_conversion'],
  'mail.message': ['message_id', 'email_from', 'reply_to', 'parent_id', 'author_id', 'date'],
  'mail.mail': ['state', 'failure_reason', 'message_id', 'email_from', 'reply_to', 'author_id', 'date'],
  'ir.model.fields': ['ttype', 'state'],
  'ir.attachment': ['res_model', 'res_id', 'mimetype'],
  // Plans name a model; the connector finds its ir.model record.
  'calendar.event': ['res_model'],
  'mail.activity': ['res_model'],
};

/** Fields of its message that a mail shows as its own: `fields_get` calls them not stored, `create` writes them through. */
const ofTheMessage = new Set(['subject', 'date', 'email_from', 'reply_to', 'author_id', 'message_type', 'message_id', 'model', 'res_id']);

/** Not stored as such, but written and read: the bytes of a file, the text of a view. */
function writableThoughComputed(model: string, name: string): boolean {
  if (model === 'mail.mail') return ofTheMessage.has(name);
  return (model === 'ir.attachment' && name === 'datas') || (model === 'ir.ui.view' && (name === 'arch' || name === 'arch_base'));
}

/** Written by Odoo itself, never by us: no call changes them. */
const neverWritable = new Set(['id', 'create_date', 'create_uid', 'write_date', 'write_uid', '__last_update', 'display_name']);

export function isReadonly(model: string, name: string, field: OdooField): boolean {
  if (neverWritable.has(name)) return true;
  if (writableThoughReadonly[model]?.includes(name) === true) return false;
  return field.readonly === true;
}

function portolanType(name: string, field: OdooField): FieldType {
  if (field.type === 'char') return charMeaning.find((meaning) => meaning.test.test(name))?.type ?? 'text';
  return byNativeType[field.type] ?? 'unknown';
}

export function catalogField(model: string, name: string, field: OdooField): CatalogField {
  const related = field.relation;
  return {
    name,
    label: field.string,
    type: portolanType(name, field),
    nativeType: field.type,
    required: field.required === true,
    readonly: isReadonly(model, name, field),
    custom: field.manual === true || name.startsWith('x_'),
    ...(field.store === false && !writableThoughComputed(model, name) ? { computed: true } : {}),
    ...(typeof field.help === 'string' ? { description: field.help } : {}),
    ...(field.selection === undefined ? {} : { options: field.selection.map(([value, label]) => ({ value: String(value), label: String(label) })) }),
    ...(related === undefined ? {} : { relatedObject: related }),
    ...(typeof field.size === 'number' && field.size > 0 ? { maxLength: field.size } : {}),
  };
}
