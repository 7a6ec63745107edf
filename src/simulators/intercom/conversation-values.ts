import { invalid, Problem } from './problem.ts';
import type { ConversationAttribute } from './model.ts';
import type { Workspace } from './workspace.ts';

function checked(workspace: Workspace, attribute: ConversationAttribute, value: unknown): unknown {
  const { name, dataType } = attribute;
  const wrong = invalid(`The value for '${name}' must be of type ${dataType}`);
  if (value === null) {
    if (workspace.unknowns.nullAttribute === 'rejected') throw wrong;
    return null;
  }
  switch (dataType) {
    case 'string': if (typeof value !== 'string') throw wrong; return value;
    case 'integer': if (!Number.isInteger(value)) throw wrong; return value;
    case 'decimal': if (typeof value !== 'number') throw wrong; return value;
    case 'boolean': if (typeof value !== 'boolean') throw wrong; return value;
    case 'datetime':
      if (Number.isInteger(value)) return value;
      if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return Math.floor(Date.parse(value) / 1_000);
      throw wrong;
    case 'list':
      if (typeof value !== 'string') throw wrong;
      if (workspace.unknowns.unlistedValue === 'rejected' && !attribute.options.some(({ label, archived }) => !archived && label === value)) throw invalid(`'${value}' is not an option of '${name}'`);
      return value;
    case 'relationship': case 'files': return value;
  }
}

/** The `custom_attributes` of a conversation by the attributes' names, checked. @throws Problem 400 */
export function conversationValues(workspace: Workspace, given: unknown): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  if (given === undefined || given === null) return values;
  if (typeof given !== 'object' || Array.isArray(given)) throw invalid('custom_attributes must be an object');
  for (const [name, value] of Object.entries(given)) {
    const live = [...workspace.conversationAttributes.values()].filter((attribute) => attribute.name === name && !attribute.archived);
    const [attribute, twin] = live;
    if (attribute === undefined) throw invalid(`Conversation attribute '${name}' does not exist`);
    if (twin !== undefined) throw new Problem(400, 'INVALID_PARAMETER', `There is more than one conversation attribute named '${name}'`);
    values.set(name, checked(workspace, attribute, value));
  }
  return values;
}
