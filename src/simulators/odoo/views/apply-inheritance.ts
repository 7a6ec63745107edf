import { attribute, elementsIn, openingTag, type Element } from './xml.ts';
import { BadExpression, firstMatch } from './xpath.ts';

/** What is wrong with an extension; `view` words it as the version does. */
export class ViewProblem extends Error {
  readonly kind: 'parse' | 'field' | 'expression';
  constructor(kind: ViewProblem['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Applies the extension `specs` (one locating element, or several inside <data>) to a view, in place.
 * @returns the root, which an extension may replace
 * @throws ViewProblem for an element that is not there, an unknown position, a selector by label, a bad expression
 */
export function applyInheritance(root: Element, specs: Element): Element {
  let current = root;
  for (const spec of specs.tagName === 'data' ? elementsIn(specs).flatMap((child) => (child.tagName === 'data' ? elementsIn(child) : [child])) : [specs]) {
    const target = locate(current, spec);
    if (!target) throw new ViewProblem('parse', `Element '${openingTag(spec)}' cannot be located in parent view`);
    current = place(current, target, spec);
  }
  return current;
}

function locate(root: Element, spec: Element): Element | null {
  if (spec.tagName === 'xpath') {
    const expression = attribute(spec, 'expr') ?? '';
    if (/@string\b/u.test(expression)) throw byLabel();
    try {
      return firstMatch(root, expression);
    } catch (error) {
      if (error instanceof BadExpression) throw new ViewProblem('expression', expression);
      throw error;
    }
  }
  if (spec.tagName === 'field') return find(root, (element) => element.tagName === 'field' && element.getAttribute('name') === spec.getAttribute('name'));
  const wanted = [...spec.attributes].filter(({ name }) => name !== 'position' && name !== 'version');
  if (wanted.some(({ name }) => name === 'string')) throw byLabel();
  return find(root, (element) => element.tagName === spec.tagName && wanted.every(({ name, value }) => element.getAttribute(name) === value));
}

function byLabel(): ViewProblem {
  return new ViewProblem('parse', "View inheritance may not use attribute 'string' as a selector.");
}

function find(root: Element, test: (element: Element) => boolean): Element | null {
  if (test(root)) return root;
  for (const child of elementsIn(root)) {
    const found = find(child, test);
    if (found) return found;
  }
  return null;
}

function place(root: Element, target: Element, spec: Element): Element {
  const position = attribute(spec, 'position') ?? 'inside';
  switch (position) {
    case 'inside':
      for (const node of contents(root, spec)) target.appendChild(node);
      return root;
    case 'after':
    case 'before': {
      const next = position === 'before' ? target : target.nextSibling;
      if (!target.parentNode || target === root) throw new ViewProblem('parse', `Element '${openingTag(spec)}' cannot be located in parent view`);
      for (const node of contents(root, spec)) target.parentNode.insertBefore(node, next);
      return root;
    }
    case 'replace': {
      const nodes = contents(root, spec);
      if (target === root) {
        const replaced = nodes.find((node) => node.nodeType === 1);
        root.parentNode?.replaceChild(replaced!, root);
        return replaced as Element;
      }
      for (const node of nodes) target.parentNode!.insertBefore(node, target);
      target.parentNode!.removeChild(target);
      return root;
    }
    case 'attributes':
      for (const child of elementsIn(spec)) setAttribute(target, child);
      return root;
    default: throw new ViewProblem('parse', `Invalid position attribute: '${position}'`);
  }
}

/** The children of a spec as nodes of the view; <… position="move"> stands for the element it locates. */
function contents(root: Element, spec: Element): Element[] {
  const nodes: Element[] = [];
  for (const child of spec.childNodes) {
    if (child.nodeType === 1 && attribute(child as Element, 'position') === 'move') {
      const moved = locate(root, child as Element);
      if (!moved) throw new ViewProblem('parse', `Element '${openingTag(child as Element)}' cannot be located in parent view`);
      moved.parentNode!.removeChild(moved);
      nodes.push(moved);
    } else nodes.push(root.ownerDocument!.importNode(child, true) as Element);
  }
  return nodes;
}

/** <attribute name="…">value</attribute>, or add and remove with a separator. */
function setAttribute(target: Element, change: Element): void {
  const name = change.getAttribute('name') ?? '';
  const [add, remove] = [attribute(change, 'add'), attribute(change, 'remove')];
  let value = change.textContent ?? '';
  if (add !== null || remove !== null) {
    const separator = attribute(change, 'separator') ?? ',';
    const split = (text: string | null): string[] => (text ?? '').split(separator === ' ' ? /\s+/u : separator).map((part) => part.trim()).filter((part) => part !== '');
    const gone = new Set(split(remove));
    value = [...split(attribute(target, name)).filter((part) => !gone.has(part)), ...split(add)].join(separator);
  }
  if (value === '') target.removeAttribute(name);
  else target.setAttribute(name, value);
}
