import { createHash } from 'node:crypto';
import type { ModelBehaviour } from '../orm/behaviour.ts';
import { externalKey } from '../orm/checks.ts';
import type { Environment } from '../orm/environment.ts';
import { constraintViolated } from '../orm/constraint-texts.ts';
import { findExternalId } from '../orm/external-ids.ts';
import { accessError, valueError, validationError } from '../python-errors.ts';
import type { Draft } from '../store/row.ts';
import { mayTouch } from './message.ts';

/** External ids: unique by module and name, anything but spaces in the name; the record need not exist. */
export const externalIdBehaviour: ModelBehaviour = {
  defaults: () => ({ module: '' }),
  beforeCreate: (env, draft) => checkSpaces(env, draft),
  beforeWrite: (env, _row, changes) => checkSpaces(env, changes),
  computed: {
    complete_name: (_env, row) => externalKey(row),
    reference: (_env, row) => `${String(row['model'])},${String(row['res_id'] ?? 0)}`,
  },
  displayName: (_env, row) => externalKey(row),
  methods: {
    check_object_reference: {
      on: 'model', parameters: ['module', 'xml_id', 'raise_on_access_error='],
      run: (env, { arguments: given }) => {
        const row = lookUp(env, `${String(given['module'])}.${String(given['xml_id'])}`);
        return [row['model'], row['res_id']];
      },
    },
    xmlid_to_res_id: {
      on: 'model', parameters: ['xmlid', 'raise_if_not_found='], versions: [14],
      run: (env, { arguments: given }) => findExternalId(env, String(given['xmlid']))?.['res_id'] ?? false,
    },
  },
};

function lookUp(env: Environment, name: string): { readonly [field: string]: unknown } {
  const row = findExternalId(env, name);
  if (!row) throw valueError(`External ID not found in the system: ${name}`);
  return row;
}

function checkSpaces(env: Environment, values: Draft): void {
  if (typeof values['name'] !== 'string' || !values['name'].includes(' ')) return;
  const error = constraintViolated(env, 'ir_model_data_name_nospaces', 'External IDs cannot contain spaces');
  error.column = { kind: 'check', field: 'name', label: '', text: 'new row for relation "ir_model_data" violates check constraint "ir_model_data_name_nospaces"' };
  throw error;
}

/** Files: size, checksum and type follow from the content; they belong to those who may touch their record. */
export const attachmentBehaviour: ModelBehaviour = {
  defaults: () => ({ type: 'binary' }),
  beforeCreate: (_env, draft) => describeContent(draft),
  beforeWrite: (_env, _row, changes) => { if ('__content' in changes) describeContent(changes); },
  computed: { datas: (_env, row) => row['__content'], raw: (_env, row) => (row['__content'] === undefined ? undefined : Buffer.from(String(row['__content']), 'base64').toString('utf8')) },
  inverse: {
    datas: (_env, draft, value) => { draft['__content'] = value; },
    raw: (_env, draft, value) => { draft['__content'] = value === undefined ? undefined : Buffer.from(String(value), 'utf8').toString('base64'); },
  },
  allowed: (env, row, operation) => mayTouch(env, row, operation),
};

function describeContent(draft: Draft): void {
  const content = draft['__content'];
  const bytes = Buffer.from(content === undefined ? '' : String(content), 'base64');
  draft['file_size'] = bytes.length === 0 ? undefined : bytes.length;
  draft['checksum'] = createHash('sha1').update(bytes).digest('hex');
  draft['mimetype'] ??= guessType(String(draft['name'] ?? ''), bytes);
}

const TYPES: { readonly [ending: string]: string } = {
  txt: 'text/plain', csv: 'text/csv', html: 'text/html', xml: 'application/xml', json: 'application/json', pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg',
  jpeg: 'image/jpeg', gif: 'image/gif', zip: 'application/zip', eml: 'message/rfc822', ics: 'text/calendar',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function guessType(name: string, bytes: Buffer): string {
  const byName = TYPES[name.split('.').at(-1)!.toLowerCase()];
  if (byName !== undefined) return byName;
  if (bytes.subarray(0, 4).toString('latin1') === '%PDF') return 'application/pdf';
  return bytes.includes(0) ? 'application/octet-stream' : 'text/plain';
}

/** Rows of the ir.model table are the server's own. */
export const modelListBehaviour: ModelBehaviour = {
  displayName: (_env, row) => String(row['name']),
  beforeUnlink: () => { throw validationError('Model contains module data and cannot be removed!'); },
};

/** System parameters are for administrators. */
export const parameterBehaviour: ModelBehaviour = {
  methods: {
    get_param: {
      on: 'model', parameters: ['key', 'default='],
      run: (env, { arguments: given }) => {
        if (!env.superuser && env.uid !== 2) throw accessError("You are not allowed to access 'System Parameter' (ir.config_parameter) records.");
        const [id] = env.table('ir.config_parameter').withKey('key', String(given['key']), (row) => row['key'] as string);
        return id === undefined ? (given['default'] ?? false) : env.row('ir.config_parameter', id)!['value'];
      },
    },
  },
};
