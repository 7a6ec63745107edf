import { eventAt, firstEvent } from '../world/events.ts';
import { emailOf, userIdOf } from '../world/person.ts';
import type { World } from '../world/world.ts';
import type { ColumnType, Row } from './table-writer.ts';

/** `track` rows as a warehouse destination or the customer's own store has them. */
export const eventColumns = {
  message_id: 'text', type: 'text', event: 'text', user_id: 'text', email: 'text', cio_id: 'text', anonymous_id: 'text', timestamp: 'text', properties: 'json',
} as const satisfies { readonly [name: string]: ColumnType };

/** Every event there ever was, oldest first; one in a hundred stands twice, as archives that are written at least once have it. */
export function* eventRows(world: World): Generator<Row> {
  for (let index = world.sizes.events - 1; index >= firstEvent(world); index -= 1) {
    const { id, name, person, cioId, timestamp, properties } = eventAt(world, index);
    const row: Row = {
      message_id: id, type: 'track', event: name, user_id: person === null ? null : userIdOf(world, person), email: person === null ? null : emailOf(world, person), cio_id: cioId, anonymous_id: cioId === null ? `anon-${index}` : null,
      timestamp: new Date(timestamp * 1_000).toISOString(), properties,
    };
    yield row;
    if (index % 100 === 50) yield row;
  }
}
