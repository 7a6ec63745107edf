import { DOMParser, XMLSerializer, type Element, type Node } from '@xmldom/xmldom';
import { OdooError } from '../python-errors.ts';

export type { Element, Node };

/** Reads one XML document. @throws OdooError lxml.etree.XMLSyntaxError */
export function parseXml(text: string): Element {
  if (text.trim() === '') throw syntaxError('Document is empty, line 1, column 1');
  let first: string | null = null;
  const parser = new DOMParser({
    onError: (_level, message) => { first ??= message; },
  });
  let root: Element | null = null;
  try {
    root = parser.parseFromString(text.replace(/^\s*<\?xml[^>]*\?>/u, ''), 'text/xml').documentElement;
  } catch (error) {
    first ??= error instanceof Error ? error.message : String(error);
  }
  if (first !== null || !root) throw syntaxError(first ?? 'Document is empty, line 1, column 1');
  return root;
}

function syntaxError(text: string): OdooError {
  return new OdooError('lxml.etree.XMLSyntaxError', text.split('\n')[0]!);
}

export function writeXml(node: Node): string {
  return new XMLSerializer().serializeToString(node);
}

export function elementsIn(parent: Node): Element[] {
  return [...parent.childNodes].filter((node): node is Element => node.nodeType === 1);
}

/** The element and all below it, in document order. */
export function* allElements(root: Element): Generator<Element> {
  yield root;
  for (const child of elementsIn(root)) yield* allElements(child);
}

export function attribute(element: Element, name: string): string | null {
  return element.hasAttribute(name) ? element.getAttribute(name) : null;
}

/** The opening tag of an element, as errors show it: attributes but those that say where. */
export function openingTag(element: Element): string {
  const shown = [...element.attributes].filter(({ name }) => name !== 'position' && name !== 'version').map(({ name, value }) => ` ${name}="${value}"`).join('');
  return `<${element.tagName}${shown}>`;
}
