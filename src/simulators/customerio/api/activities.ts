import type { Call, Json } from '../call.ts';
import { cursor, limitOf, positionOf } from '../paging.ts';
import { activitiesFrom, activitiesOfPerson, start } from '../world/activities.ts';
import type { Activity, Positions } from '../world/activities.ts';
import { oldestActivity } from './oldest-activity.ts';
import { personOf } from './people.ts';

/**
 * `GET /v1/activities`: newest first, without a filter by time. After the last page it goes on with empty pages that have a `next`:
 * who only looks for one never ends.
 */
export function listActivities(call: Call): Json {
  const { world } = call;
  const limit = limitOf(call, 10, 100);
  const [type, name, customer] = [call.query.get('type'), call.query.get('name'), call.query.get('customer_id')];
  if (customer !== null) {
    const person = personOf(call, customer);
    const all = person === null ? [] : activitiesOfPerson(world, person, oldestActivity(call)).filter((one) => (type === null || one.type === type) && (name === null || one['name'] === name));
    const from = positionOf<number>(call, 'activities of one', 0);
    return { activities: all.slice(from, from + limit), next: cursor('activities of one', Math.min(all.length, from + limit)) };
  }
  let at = positionOf<Positions>(call, 'activities', start(world));
  const activities: Activity[] = [];
  for (const { activity, after } of activitiesFrom(world, at, type, oldestActivity(call))) {
    at = after;
    if (name === null || activity['name'] === name) activities.push(activity);
    if (activities.length === limit) break;
  }
  return { activities, next: cursor('activities', at) };
}
