import { optionalFlag, optionalText, param, text } from '../call.ts';
import type { Body, Call, Handler } from '../call.ts';
import type { ConversationAttribute, ConversationAttributeType } from '../model.ts';
import { Problem, unprocessable } from '../problem.ts';
import { conversationAttributeView } from '../views/thread-view.ts';
import type { Workspace } from '../workspace.ts';

const types: readonly ConversationAttributeType[] = ['string', 'integer', 'list', 'decimal', 'boolean', 'datetime', 'relationship', 'files'];
const gone = (what = 'Conversation attribute not found'): Problem => new Problem(404, 'conversation_attribute_not_found', what, { withoutRequestId: true });

function attributeIn(call: Call): ConversationAttribute {
  const attribute = call.workspace.conversationAttributes.get(Number(param(call, 'id')));
  if (attribute === undefined) throw gone();
  return attribute;
}

/** Options have the form of a UUID. */
function optionId(workspace: Workspace): string {
  return `00000000-0000-4000-8000-${String(workspace.count('option')).padStart(12, '0')}`;
}

function makeConversationAttribute(workspace: Workspace, given: Readonly<{ name: string; dataType: ConversationAttributeType; labels?: readonly string[] }>): ConversationAttribute {
  const { now } = workspace;
  const attribute: ConversationAttribute = {
    id: workspace.count('conversation-attribute', 2), name: given.name, description: '', dataType: given.dataType, required: false, visibleToTeamIds: [], multiline: false,
    options: (given.labels ?? []).map((label) => ({ id: optionId(workspace), label, archived: false })), reference: null, archived: false, createdAt: now, updatedAt: now, adminId: workspace.tokenAdmin?.id ?? 0,
  };
  workspace.conversationAttributes.set(attribute.id, attribute);
  return attribute;
}

export const createConversationAttribute: Handler = ({ workspace, body }) => {
  const name = optionalText(body, 'name');
  if (name === null || name.trim() === '') throw unprocessable('name is required');
  const dataType = types.find((type) => type === body['data_type']);
  if (dataType === undefined) throw unprocessable(`data_type '${String(body['data_type'])}' is not valid. Allowed types: ${types.join(', ')}`);
  const labels = dataType === 'list' && Array.isArray(body['options']) ? (body['options'] as readonly Body[]).map((option) => text(option, 'label')) : [];
  if (dataType === 'list' && labels.length < 2) throw unprocessable('A list attribute must have at least 2 active options');
  const attribute = makeConversationAttribute(workspace, { name, dataType, labels });
  attribute.description = optionalText(body, 'description') ?? '';
  attribute.required = optionalFlag(body, 'required') ?? false;
  attribute.multiline = optionalFlag(body, 'multiline') ?? false;
  attribute.visibleToTeamIds = Array.isArray(body['visible_to_team_ids']) ? body['visible_to_team_ids'].map(String) : [];
  return conversationAttributeView(attribute);
};

export const listConversationAttributes: Handler = ({ workspace, query }) => ({
  type: 'list', data: [...workspace.conversationAttributes.values()].filter(({ archived }) => !archived || query.get('include_archived') === 'true').map((attribute) => conversationAttributeView(attribute)),
});
export const getConversationAttribute: Handler = (call) => conversationAttributeView(attributeIn(call));

export const updateConversationAttribute: Handler = (call) => {
  const { workspace, body } = call;
  const attribute = attributeIn(call);
  attribute.name = optionalText(body, 'name') ?? attribute.name;
  attribute.description = optionalText(body, 'description') ?? attribute.description;
  attribute.required = optionalFlag(body, 'required') ?? attribute.required;
  attribute.multiline = optionalFlag(body, 'multiline') ?? attribute.multiline;
  attribute.archived = optionalFlag(body, 'archived') ?? attribute.archived;
  attribute.updatedAt = workspace.now;
  return conversationAttributeView(attribute);
};

/** DELETE archives. */
export const archiveConversationAttribute: Handler = (call) => {
  const attribute = attributeIn(call);
  attribute.archived = true;
  attribute.updatedAt = call.workspace.now;
  return conversationAttributeView(attribute);
};

function listIn(call: Call): ConversationAttribute {
  const attribute = attributeIn(call);
  if (attribute.dataType !== 'list') throw unprocessable('Options can only be managed on list attributes');
  return attribute;
}

function labelOf(body: Body): string {
  if (Object.keys(body).some((name) => name !== 'label' && name !== 'archived')) throw unprocessable("only 'label' is accepted");
  if (body['label'] === undefined) throw unprocessable('label is required');
  if (typeof body['label'] !== 'string') throw unprocessable('label must be a string');
  return body['label'];
}

export const addOption: Handler = (call) => {
  const attribute = listIn(call);
  attribute.options.push({ id: optionId(call.workspace), label: labelOf(call.body), archived: false });
  attribute.updatedAt = call.workspace.now;
  return conversationAttributeView(attribute);
};

export const renameOption: Handler = (call) => {
  const attribute = listIn(call);
  const option = attribute.options.find(({ id }) => id === param(call, 'option_id'));
  if (option === undefined) throw gone('List option not found');
  option.label = labelOf(call.body);
  return conversationAttributeView(attribute);
};

export const archiveOption: Handler = (call) => {
  const attribute = listIn(call);
  const option = attribute.options.find(({ id }) => id === param(call, 'option_id'));
  if (option === undefined) throw gone('List option not found');
  if (!option.archived && attribute.options.filter(({ archived }) => !archived).length <= 2) throw unprocessable('A list attribute must have at least 2 active options');
  option.archived = true;
  return conversationAttributeView(attribute);
};
