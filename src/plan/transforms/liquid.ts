import { z } from 'zod';
import type { Json } from '../../connector/json.ts';
import { plainText } from '../values/plain-text.ts';
import { defineTransform, type StepResult } from './transform.ts';

const forms = ['mako', 'inline', 'qweb'] as const;
const parameters = z.strictObject({
  variables: z.record(z.string(), z.string()).describe('Variable of Liquid (`customer.plan`) → expression of the destination (`object.x_plan`). Others stay as they are.'),
  form: z.enum(forms).describe('How the destination writes placeholders: `${…}` (mako), `{{ … }}` (inline) or `<t t-out="…"></t>` (qweb, outside tags only).'),
  give: z.enum(['text', 'left', 'isLeft']).optional().describe('`text`: the converted text; `left`: what was not converted, for a person; `isLeft`: whether anything was not. Default: text.'),
});

/** `{{ customer.plan }}`, `{{customer["first name"] | default: "there"}}`: one variable, and at most a default. */
const simple = /^\{\{-?\s*([\w.]+(?:\["[^"\]]+"\])?)\s*(?:\|\s*default:\s*(?:"([^"]*)"|'([^']*)'))?\s*-?\}\}$/u;
const tags = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/gu;
/** What may stand between quotation marks in every form without meaning anything there. */
const harmless = /^[^'"\\<>{}$%&]*$/u;

export const liquid = defineTransform({
  name: 'liquid', summary: 'Simple variables of Liquid as placeholders of the destination; loops, conditions, filters and unknown variables stay as they are.', input: 'any', output: 'any', parameters, takesLists: true,
  examples: [
    { parameters: { form: 'mako', variables: { 'customer.plan': 'object.x_plan' } }, input: 'Your {{customer.plan}} plan', output: "Your ${object.x_plan or ''} plan" },
    { parameters: { form: 'inline', variables: { 'customer.first_name': 'object.name' } }, input: 'Hi {{ customer.first_name | default: "there" }}', output: "Hi {{ object.name or 'there' }}" },
    { parameters: { form: 'qweb', variables: { 'customer.plan': 'object.x_plan' } }, input: '<a href="/{{customer.plan}}">{{customer.plan}}</a>', output: '<a href="/{{customer.plan}}"><t t-out="object.x_plan or \'\'"></t></a>' },
    { parameters: { form: 'mako', variables: {} }, input: '{% if customer.plan %}{{ customer.plan | upcase }}{% endif %}', output: '{% if customer.plan %}{{ customer.plan | upcase }}{% endif %}' },
    { parameters: { form: 'mako', variables: { 'customer.plan': 'object.x_plan' }, give: 'left' }, input: ['{{customer.plan}}', '{{ trigger.code }}{{ trigger.code }}'], output: '{{ trigger.code }}' },
    { parameters: { form: 'mako', variables: {}, give: 'isLeft' }, input: 'no placeholder', output: false },
  ],
  prepare: ({ variables, form, give }) => (value): StepResult => {
    if (give === undefined || give === 'text') {
      if (!Array.isArray(value)) return { value: converted(plainText(value) ?? '', variables, form).text };
      return { value: (value as readonly Json[]).map((entry) => converted(plainText(entry) ?? '', variables, form).text) };
    }
    const left = new Set([value].flat().flatMap((entry) => converted(plainText(entry) ?? '', variables, form).left));
    return { value: give === 'isLeft' ? left.size > 0 : [...left].join('\n') || null };
  },
});

function converted(text: string, variables: Readonly<Record<string, string>>, form: (typeof forms)[number]): { readonly text: string; readonly left: readonly string[] } {
  const left: string[] = [];
  const result = text.replaceAll(tags, (tag, offset: number) => {
    const [, name = '', double, single] = simple.exec(tag) ?? [];
    const expression = variables[name.replace(/\["([^"\]]+)"\]$/u, '.$1')];
    const fallback = double ?? single ?? '';
    if (expression === undefined || !harmless.test(fallback) || (form === 'qweb' && isInTag(text, offset))) {
      left.push(tag);
      return tag;
    }
    const placeholder = `${expression} or '${fallback}'`;
    return form === 'mako' ? `\${${placeholder}}` : form === 'inline' ? `{{ ${placeholder} }}` : `<t t-out="${placeholder}"></t>`;
  });
  return { text: result, left };
}

/** Inside a tag, where an element cannot stand: an attribute. */
const isInTag = (text: string, offset: number): boolean => text.lastIndexOf('<', offset) > text.lastIndexOf('>', offset);
