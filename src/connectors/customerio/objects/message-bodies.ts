import { RateLimitedError } from '../../../connector/errors.ts';
import type { JsonObject } from '../../../connector/json.ts';
import type { CustomerioAnswer, CustomerioClient } from '../client.ts';
import { cursorPages } from '../cursor-pages.ts';
import { errorForFault } from '../faults.ts';
import { fieldsOf, shaped, type Shape } from '../shape.ts';
import type { Item, SourceObject } from '../source-object.ts';
import { idText, objectIn } from '../values.ts';

const bodyShape: Shape = {
  id: 'text', subject: 'text', body: 'html', from: 'text', reply_to: 'text', recipient: 'text', cc: 'text', bcc: 'text', fake_bcc: 'boolean', preheader_text: 'text', headers: 'json', url: 'text', request_method: 'text', content_redacted: ['boolean', 'forgotten'],
};

/**
 * Bodies as they were sent, of the newest e-mails of the last six months: a day allows 100 such calls, so it is a sample and
 * never all. What the day's budget no longer gives is a rejected row.
 */
export function messageBodies(client: CustomerioClient, sample: number): SourceObject {
  return {
    name: 'message_body', label: 'Sample of sent bodies', profiled: false, fields: { ...fieldsOf(bodyShape), message_id: { refersTo: 'message' } },
    async *chunks() {
      const ids: string[] = [];
      for await (const page of cursorPages(client, { path: '/messages', query: { limit: '1000', type: 'email' }, endpoint: 'messages', items: 'messages', emptyPage: 'go-on' })) {
        for (const row of page.rows) if (row['forgotten'] !== true && idText(row['id']) !== null) ids.push(idText(row['id']) as string);
        if (ids.length >= sample) break;
      }
      const items: Item[] = [];
      let spent = false;
      for (const id of ids.slice(0, sample)) {
        const answer: CustomerioAnswer | null = spent ? null : await bodyOf(client, id);
        spent ||= answer === null;
        items.push(itemOf(id, answer));
      }
      yield { at: 'sample', items };
    },
  };
}

/** Null = the day's budget is spent. A daily limit has no Retry-After, and is never tried again. */
async function bodyOf(client: CustomerioClient, id: string): Promise<CustomerioAnswer | null> {
  try {
    return await client.ask({ path: `/messages/${encodeURIComponent(id)}/archived_message`, endpoint: 'messages.archived', once: true });
  } catch (error) {
    if (error instanceof RateLimitedError) return null;
    throw error;
  }
}

function itemOf(id: string, answer: CustomerioAnswer | null): Item {
  const position = `body of message ${id}`;
  if (answer === null) return { id, code: 'daily-limit', message: 'The 100 bodies of this day are spent: read the sample again tomorrow, or make it smaller (bodySample).', position, raw: id };
  if ('fault' in answer) {
    if (answer.fault.status !== 404) throw errorForFault(answer.fault, 'messages.archived');
    return { id, code: 'body-not-kept', message: 'Customer.io did not keep the body of this message.', position, raw: id };
  }
  const body: JsonObject = objectIn(answer.body['archived_message']);
  return { id, position, data: { ...shaped(bodyShape, { ...body, id }), content_redacted: body['forgotten'] === true, message_id: id } };
}
