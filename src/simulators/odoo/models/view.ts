import type { MethodTable, ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import { describeFields } from '../orm/fields-get.ts';
import { missingRecords } from '../orm/constraint-texts.ts';
import type { Draft, Row, Stored } from '../store/row.ts';
import { checkFields, combinedArch, rootOf } from '../views/combine.ts';
import { allElements, attribute, elementsIn, parseXml, writeXml, type Element } from '../views/xml.ts';
import { viewError } from '../views/view-errors.ts';

const ARCHES = ['arch', 'arch_base', 'arch_db'];

/** Views: an extension is checked with all others when it is made or changed; archived ones are neither checked nor shown (measured on 14). */
export const viewBehaviour: ModelBehaviour = {
  defaults: () => ({ priority: 16 }),
  beforeCreate: (env, draft) => {
    const parent = draft['inherit_id'] === undefined ? undefined : env.row('ir.ui.view', draft['inherit_id']);
    if (draft['inherit_id'] !== undefined && !parent) throw missingRecords(env, 'ir.ui.view', [draft['inherit_id'] as number]);
    draft['mode'] ??= parent ? 'extension' : 'primary';
    draft['type'] = parent ? parent['type'] : (draft['type'] ?? rootTag(draft));
    draft['name'] ??= `${String(draft['model'] ?? '')} ${String(draft['type'] ?? '')}`;
  },
  afterCreate: (env, rows) => { for (const row of rows) checkView(env, row); },
  afterWrite: (env, _before, after, given) => {
    if ([...ARCHES, 'inherit_id', 'model', 'active', 'priority'].some((name) => given.has(name))) checkView(env, after);
  },
  computed: {
    arch: (_env, row) => row['arch_db'],
    arch_base: (_env, row) => row['arch_db'],
    xml_id: (env, row) => externalIdOf(env, row.id),
  },
  inverse: { arch: takeArch, arch_base: takeArch },
  displayName: (_env, row) => String(row['name'] ?? ''),
};

function takeArch(_env: Environment, draft: Draft, value: Stored | undefined): void {
  draft['arch_db'] = value;
}

function rootTag(draft: Draft): string {
  const tag = parseXml(String(draft['arch_db'] ?? '<form/>')).tagName;
  return tag === 'data' || tag === 'xpath' ? 'form' : tag;
}

function externalIdOf(env: Environment, id: number): string {
  for (const dataId of env.table('ir.model.data').withKey('model,res_id', `ir.ui.view,${id}`, (row) => `${String(row['model'])},${String(row['res_id'])}`)) {
    const row = env.row('ir.model.data', dataId)!;
    return `${String(row['module'])}.${String(row['name'])}`;
  }
  return '';
}

/** @throws OdooError in the words of the version when a view does not fit its parent or names fields its model lacks */
function checkView(env: Environment, view: Row): void {
  if (view['active'] !== true) return;
  let root: Element | null = null;
  try {
    const ownArch = String(view['arch_db'] ?? '');
    if (ownArch === '' && view['inherit_id'] !== undefined) return;
    const primary = rootOf(env, view);
    root = combinedArch(env, primary);
    checkFields(env, root, String(view['model'] ?? 'False'));
  } catch (problem) {
    throw viewError(env, view, problem, near(root));
  }
}

/** The five lines a version shows beside the problem: the arch of the simulator is one line. */
function near(root: Element | null): string {
  return root ? writeXml(root).slice(0, 400) : '';
}

/** Names of active views that break when these fields are gone; the fields must be out of the registry already. */
export function viewBrokenWithout(env: Environment, names: readonly string[]): string | null {
  for (const view of env.table('ir.ui.view').rows()) {
    if (view['active'] !== true || !names.some((name) => String(view['arch_db'] ?? '').includes(name))) continue;
    try {
      checkView(env, view);
    } catch {
      return String(view['name']);
    }
  }
  return null;
}

/** Views as the clients of each version ask for them. */
export const VIEW_METHODS: MethodTable = {
  fields_view_get: {
    on: 'model', parameters: ['view_id=', 'view_type=', 'toolbar=', 'submenu='], versions: [14],
    run: (env, { model, arguments: a }) => {
      const { row, root, type } = open(env, model, a['view_id'], a['view_type']);
      const names = fieldNames(root);
      return {
        model, field_parent: false, arch: writeXml(root), name: row ? row['name'] : 'default', type, view_id: row ? row.id : false, base_model: model,
        fields: Object.fromEntries(Object.entries(describeFields(env, model, names, null)).map(([name, field]) => [name, { ...field, views: {} }])),
      };
    },
  },
  get_view: {
    on: 'model', parameters: ['view_id=', 'view_type=', '**'], versions: [17, 18, 19],
    run: (env, { model, arguments: a }) => {
      const { row, root } = open(env, model, a['view_id'], a['view_type']);
      return { id: row ? row.id : false, arch: writeXml(root), model, models: { [model]: fieldNames(root) } };
    },
  },
};

function open(env: Environment, model: string, viewId: unknown, viewType: unknown): { readonly row: Row | null; readonly root: Element; readonly type: string } {
  const type = typeof viewType === 'string' ? viewType : 'form';
  const asked = typeof viewId === 'number' ? env.row('ir.ui.view', viewId) : undefined;
  if (typeof viewId === 'number' && !asked) throw missingRecords(env, 'ir.ui.view', [viewId]);
  const row = asked ? rootOf(env, asked) : defaultView(env, model, type);
  if (!row) return { row: null, root: parseXml(`<${type} string="${env.model(model).label}"><sheet><group><group>${editable(env, model)}</group></group></sheet></${type}>`), type };
  let last = row;
  try {
    return { row, root: combinedArch(env, row, (view) => { last = view; }), type };
  } catch (problem) {
    throw viewError(env, last, problem, '');
  }
}

function defaultView(env: Environment, model: string, type: string): Row | null {
  const [id] = env.records.search(env.sudo(), 'ir.ui.view', [['model', '=', model], ['type', '=', type], ['mode', '=', 'primary']], { order: 'priority, name, id', limit: 1 });
  return id === undefined ? null : env.row('ir.ui.view', id)!;
}

function editable(env: Environment, model: string): string {
  return [...env.model(model).fields.values()].filter((field) => !field.readonly && field.stored && field.type !== 'one2many').slice(0, 20).map((field) => `<field name="${field.name}"/>`).join('');
}

function fieldNames(root: Element): string[] {
  return [...new Set(['id', ...[...allElements(root)].filter((element) => element.tagName === 'field').map((element) => attribute(element, 'name') ?? '')])];
}

/** Takes fields that a version lacks out of a base view, and writes the chatter as the version does. */
export function fitArch(env: Environment, model: string, arch: string): string {
  const root = parseXml(arch);
  const prune = (element: Element, of: string): void => {
    for (const child of elementsIn(element)) {
      const field = child.tagName === 'field' ? env.model(of).fields.get(child.getAttribute('name') ?? '') : undefined;
      if (child.tagName === 'field' && !field) element.removeChild(child);
      else if (env.version >= 18 && child.getAttribute('class') === 'oe_chatter') element.replaceChild(root.ownerDocument!.createElement('chatter'), child);
      else prune(child, field?.relation ?? of);
    }
  };
  prune(root, model);
  return env.version >= 18 ? writeXml(root).replaceAll('<tree', '<list').replaceAll('</tree', '</list') : writeXml(root);
}

