import type { CatalogField } from '../../../connector/catalog.ts';
import { ConfigurationError } from '../../../connector/errors.ts';
import type { Json, JsonObject } from '../../../connector/json.ts';
import type { IntercomClient } from '../client.ts';

/** Our name for a conversation's own priority: people make attributes called "priority". */
export const NATIVE_PRIORITY = 'native_priority';

/** A conversation's own priority: read in every version, written by Preview only. */
export const nativePriorityField: CatalogField = {
  name: NATIVE_PRIORITY, label: 'Priority of the conversation', type: 'selection', required: false, readonly: false, custom: false,
  options: ['none', 'low', 'medium', 'high', 'urgent'].map((value) => ({ value, label: value })), description: 'Written by Intercom\'s Preview version only.',
};

/**
 * What the update of a conversation says of its priority, and the version that it must be sent in. All else in the same call is as in
 * 2.16, so that no ticket costs a call more. @param value undefined = nothing is said of it
 */
export async function priorityInUpdate(client: IntercomClient, value: Json | undefined, actor: string): Promise<{ readonly body: JsonObject; readonly version?: string }> {
  if (value === undefined || value === null || value === '') return { body: {} };
  const version = await client.preview();
  // Stable versions would take the call and leave the priority as it is.
  if (version === null) throw new ConfigurationError({ code: 'no-native-priority', message: 'No stable version of the API writes the priority of conversations, and Preview is not at hand.', remedy: 'Set version to Preview where the workspace answers to it; else discover and propose again, which makes it an attribute.' });
  return { body: { priority: value, admin_id: actor }, version };
}
