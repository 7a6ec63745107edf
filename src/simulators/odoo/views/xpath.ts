import { createRequire } from 'node:module';
import type { Element, Node } from './xml.ts';

/** What is used of the library `xpath`. Its own types would bring those of the browser into the whole project. */
interface XPathLibrary {
  readonly parse: (expression: string) => { readonly select: (options: { readonly node: Node; readonly functions: (name: string) => FunctionOfXPath | null }) => readonly Node[] };
  readonly XBoolean: new (value: boolean) => object;
}
type FunctionOfXPath = (context: { readonly contextNode: Node }, ...values: readonly { readonly stringValue: () => string }[]) => object;

const library = createRequire(import.meta.url)('xpath') as XPathLibrary;

/** An expression that is not XPath. */
export class BadExpression extends Error {}

/**
 * The first element an expression finds from the root of a view. Beside XPath 1.0 it knows `hasclass('a', 'b')`, as the real server does.
 * @throws BadExpression
 */
export function firstMatch(root: Element, expression: string): Element | null {
  try {
    const found = library.parse(expression).select({ node: root, functions: (name) => (name === 'hasclass' ? hasClass : null) });
    return found.find((node): node is Element => node.nodeType === 1) ?? null;
  } catch (error) {
    throw new BadExpression(expression, { cause: error });
  }
}

const hasClass: FunctionOfXPath = ({ contextNode }, ...values) => {
  const classes = new Set(((contextNode as Element).getAttribute('class') ?? '').split(/\s+/u));
  return new library.XBoolean(values.every((value) => classes.has(value.stringValue())));
};
