import { AuthenticationError, RecordRejectedError } from '../../../connector/errors.ts';
import type { OdooClient } from '../client.ts';
import type { OdooModels } from '../fields/models.ts';
import { picturesMadeFrom } from '../values/inline-images.ts';
import { readFieldNames, removeMirrors } from '../fields/mirrored-fields.ts';
import { toRecordIds } from '../read/read.ts';

/**
 * Messages go 100 at a time: for each of them Odoo 14 empties its cache, so that 500 in one call take 8.8 s and in five calls 3.5 s
 * (busy machine). A refusal half-way leaves the first ones deleted, which a repeated delete counts as done.
 */
function callsOf(model: string, ids: readonly number[]): readonly (readonly number[])[] {
  const size = model === 'mail.message' ? 100 : ids.length;
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size));
}

/**
 * Deletes records; their external ids vanish with them. `unlink` is all or nothing and fails for an id that is gone: then the
 * ids that are left are looked up. When the refusal does not go away with that, Odoo's reason is passed on.
 */
export async function deleteRecords(client: OdooClient, models: OdooModels, request: Readonly<{ object: string; ids: readonly string[] }>): Promise<void> {
  const { object: model } = request;
  const ids = toRecordIds(request.ids);
  const pictures = model === 'mail.message' && ids.length > 0 ? await picturesMadeFrom(client, ids) : [];
  const fieldNames = model === 'ir.model.fields' ? await readFieldNames(client, ids) : [];
  let present: readonly number[] = ids;
  for (let attempt = 1; present.length > 0; attempt += 1) {
    try {
      for (const part of callsOf(model, present)) await client.write(model, 'unlink', { ids: [...part] });
      break;
    } catch (error) {
      if (!(error instanceof RecordRejectedError || error instanceof AuthenticationError)) throw error;
      // One of them may be gone, which a version tells by a missing record and another by a missing right: look, but not for ever.
      const left = attempt < 4 ? await client.read(model, 'search', { domain: [['id', 'in', [...present]]], order: 'id' }) as readonly number[] : present;
      if (left.length < present.length) {
        present = left;
        continue;
      }
      if (error instanceof AuthenticationError) throw error;
      throw new RecordRejectedError({ code: 'delete-refused', message: `${model}: ${present.length} records cannot be deleted: ${error.message}`, rejections: [], cause: error });
    }
  }
  if (pictures.length > 0) await client.write('ir.attachment', 'unlink', { ids: [...pictures] });
  if (model === 'ir.model.fields') {
    await removeMirrors(client, fieldNames);
    models.forget();
  }
}
