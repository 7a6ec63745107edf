import type { ModelBehaviour } from '../orm/behaviour.ts';
import { externalKey } from '../orm/checks.ts';
import type { Environment } from '../orm/environment.ts';
import { constraintViolated } from '../orm/constraint-texts.ts';
import { findExternalId } from '../orm/external-ids.ts';
import { accessError, valueError, validationError } from '../python-errors.ts';
import type { Draft } from '../store/row.ts';

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
