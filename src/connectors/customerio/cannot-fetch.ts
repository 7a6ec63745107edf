import type { CatalogNote } from '../../connector/catalog.ts';
import type { CustomerioClient } from './client.ts';
import type { CustomerioSettings } from './settings.ts';
import type { SourceObject } from './source-object.ts';
import { rowsIn } from './values.ts';

/** What the App API does not give, each with its reason, what is known of the number, and what a person can do. */
export async function cannotFetch(client: CustomerioClient, settings: CustomerioSettings, objects: readonly SourceObject[]): Promise<readonly CatalogNote[]> {
  const has = (name: string): boolean => objects.some((object) => object.name === name);
  const note = (subject: string, code: string, message: string, count: number | null): CatalogNote => ({ subject, level: 'info', code, message, details: { count } });
  const countOf = async (path: string, items: string): Promise<number | null> => {
    const answer = await client.ask({ path, endpoint: path.slice(1) });
    return 'body' in answer ? rowsIn(answer.body[items]).length : null;
  };
  const campaigns = await countOf('/campaigns', 'campaigns');
  const notes: CatalogNote[] = [
    ...(has('archive_event') ? [] : [note('event', 'cannot-fetch-events', 'Events older than 30 days: the API guarantees no more. How many there were it does not say. Give an archive (eventsPath).', null)]),
    ...(settings.journeysToken === undefined ? [note('campaign', 'cannot-fetch-workflows', `Waits, branches, exits and goals of ${campaigns ?? 'the'} campaigns, and layouts: the App API gives message and webhook steps only. Give a read-only journeysToken, or note them by hand.`, campaigns)] : []),
    ...(has('suppressed_profile') ? [] : [note('person', 'cannot-fetch-suppressed', 'Suppressed people: no call lists or counts them. Export the list in Customer.io and give it (suppressionPath).', null)]),
    note('person', 'cannot-fetch-anonymous', 'Anonymous people: the search does not return them, and no call counts them.', null),
    note('message', 'cannot-fetch-bodies', `Bodies as they were sent: 100 a day. ${settings.bodySample === 0 ? 'No sample is asked for (bodySample).' : `A sample of the newest ${settings.bodySample} e-mails is read.`} ${has('warehouse_delivery_content') ? 'The warehouse sync has the others.' : 'The delivery_content files of the warehouse sync have all of them (warehousePath); otherwise the template stands for the body.'}`, null),
    note('segment', 'cannot-fetch-archived', 'Archived segments and contents of deleted campaigns: no call lists or counts them.', null),
    note('message', 'cannot-fetch-clicks', 'Which link each person clicked: deliveries carry the time of the first click only; the metrics files of the warehouse sync have the links.', null),
    note('person', 'push-tokens-left', 'Push tokens are not read: they are of no use in another app and are personal data.', null),
    note('segment', 'conditions-undocumented', 'Conditions of segments are not part of the documented API; they are kept word for word where the answer has them.', await missingConditions(client)),
  ];
  return notes;
}

/** Segments whose answer has no conditions. */
async function missingConditions(client: CustomerioClient): Promise<number | null> {
  const answer = await client.ask({ path: '/segments', endpoint: 'segments' });
  return 'body' in answer ? rowsIn(answer.body['segments']).filter((row) => row['conditions'] === undefined).length : null;
}
