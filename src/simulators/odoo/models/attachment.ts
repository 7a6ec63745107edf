import type { ModelBehaviour } from '../orm/behaviour.ts';
import type { Environment } from '../orm/environment.ts';
import { nameOfRow } from '../orm/names.ts';
import { hasGroup, hasModelRight } from '../orm/rights.ts';
import { FileContent } from '../store/file-content.ts';
import { bytesOf, type StoredContent } from '../store/file-store.ts';
import type { Draft, Row, Stored } from '../store/row.ts';
import { shrunkImage } from './image-size.ts';
import { mayTouch } from './message.ts';
import { typeOfBytes, typeOfName } from './mime-types.ts';

/**
 * Files. Size, SHA-1 and type follow from the content, which lies in the file store (equal content once); what the caller gives for
 * them is ignored. They belong to those who may touch their record; without one, to their maker and the administrators.
 */
export const attachmentBehaviour: ModelBehaviour = {
  defaults: () => ({ type: 'binary', company_id: 1 }),
  beforeCreate: (env, draft, given) => {
    for (const name of ['checksum', 'file_size', 'store_fname']) delete draft[name];
    draft['mimetype'] = mimeType(env, draft, draft);
    describeContent(env, draft, given.has('datas') || given.has('raw'));
  },
  // A written content gets its type from its own bytes and the name written with it, not from the name it has (measured on 14).
  beforeWrite: (env, _row, changes, given) => {
    for (const name of ['checksum', 'file_size', 'store_fname']) delete changes[name];
    const content = given.has('datas') || given.has('raw');
    if (content || given.has('mimetype')) changes['mimetype'] = mimeType(env, changes, changes);
    if (content) describeContent(env, changes, true);
  },
  computed: {
    datas: (env, row) => {
      const content = contentOf(env, row);
      return content && new FileContent(content);
    },
    raw: (env, row) => {
      const content = contentOf(env, row);
      return content && bytesOf(content).toString('utf8');
    },
    store_fname: (env, row) => {
      const content = contentOf(env, row);
      return content && content.size > 0 ? `${content.sha1.slice(0, 2)}/${content.sha1}` : undefined;
    },
    res_name: (env, row) => {
      const model = row['res_model'] as string | undefined;
      const record = model !== undefined && env.hasModel(model) ? env.row(model, row['res_id']) : undefined;
      return record && nameOfRow(env, model!, record);
    },
    index_content: (env, row) => indexOf(env, row),
  },
  inverse: {
    datas: (env, draft, value) => { keep(draft, value instanceof FileContent ? value.content : typeof value === 'string' ? env.server.files.put(Buffer.from(value, 'base64')) : undefined); },
    raw: (env, draft, value) => { keep(draft, value === undefined ? undefined : env.server.files.put(Buffer.from(String(value), 'utf8'))); },
  },
  allowed: (env, row, operation) => {
    if (operation === 'read' && row['public'] === true) return true;
    if (row['res_id'] === undefined) return row['create_uid'] === undefined || row['create_uid'] === env.uid || hasGroup(env, 'base.group_system');
    return mayTouch(env, row, operation);
  },
};

/** The file of a row; null where it has none. */
export function contentOf(env: Environment, row: Row | Draft): StoredContent | undefined {
  const key = row['__file'];
  return key === undefined ? undefined : env.server.files.get(String(key));
}

function keep(draft: Draft, content: StoredContent | undefined): void {
  if (content === undefined || content.size === 0) draft['__file'] = undefined;
  else draft['__file'] = content.key;
}

/** 14 gives an empty content its checksum, later ones none. */
function describeContent(env: Environment, draft: Draft, given: boolean): void {
  let content = contentOf(env, draft);
  // From 17 on large images are made smaller while they are stored, unless the context says image_no_postprocess.
  if (content && env.version >= 17 && !env.flag('image_no_postprocess')) {
    const smaller = shrunkImage(content, String(draft['mimetype']), String(parameter(env, 'base.image_autoresize_max_px') ?? '1920x1920'));
    if (smaller) {
      content = env.server.files.put(smaller);
      draft['__file'] = content.key;
    }
  }
  draft['file_size'] = content?.size;
  draft['checksum'] = content?.sha1 ?? (given && env.version === 14 ? 'da39a3ee5e6b4b0d3255bfef95601890afd80709' : undefined);
}

function parameter(env: Environment, key: string): Stored | undefined {
  const [id] = env.table('ir.config_parameter').withKey('key', key, (row) => row['key'] as string);
  return id === undefined ? undefined : env.row('ir.config_parameter', id)?.['value'];
}

/** As given, else by the name, else by the address, else by the first bytes; markup of those who may not write views is text. */
function mimeType(env: Environment, values: Draft, content: Draft): string {
  let type = values['mimetype'] as string | undefined;
  type ??= values['name'] === undefined ? undefined : typeOfName(String(values['name']));
  type ??= values['url'] === undefined ? undefined : typeOfName(String(values['url']).split('?')[0]!);
  if (type === undefined || type === 'application/octet-stream') {
    const bytes = contentOf(env, content);
    type = bytes ? typeOfBytes(firstBytes(bytes)) : 'application/octet-stream';
  }
  const markup = type.includes('ht') || (type.includes('xml') && !type.startsWith('application/vnd.openxmlformats'));
  return markup && !hasModelRight(env, 'ir.ui.view', 'write') ? 'text/plain' : type.toLowerCase();
}

function firstBytes(content: StoredContent): Buffer {
  for (const chunk of content.chunks()) return chunk;
  return Buffer.alloc(0);
}

/** The words of a text; of others the first part of the type. */
function indexOf(env: Environment, row: Row): string | undefined {
  const content = contentOf(env, row);
  if (!content) return undefined;
  const kind = String(row['mimetype'] ?? '').split('/')[0]!;
  if (kind !== 'text' || content.size > 100_000) return kind;
  return (bytesOf(content).toString('latin1').match(/[\x20-\x7E]{4,}/gu) ?? []).join('\n');
}
