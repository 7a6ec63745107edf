import type { DeskByHand } from './desk-by-hand.ts';

const types: Readonly<Record<string, string>> = { text: 'string', selection: 'list' };

/** Makes the conversation attributes of the plan as a person does in Intercom: where no call of the chosen version can. @returns their names */
export async function makeAttributesByHand(desk: DeskByHand, wanted: (name: string) => boolean = () => true): Promise<readonly string[]> {
  const { plan } = await desk.engine.currentPlan(desk.project);
  const lines = plan.schema.filter(({ object, name }) => object === 'conversation_settings' && wanted(name));
  for (const { name, type, options } of lines) {
    await desk.ask('POST', '/conversations/attributes', { name, data_type: types[type] ?? type, ...(options === undefined ? {} : { options: options.map(({ label }) => ({ label })) }) });
  }
  return lines.map(({ name }) => name);
}
