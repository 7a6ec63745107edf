import type { Environment } from '../orm/environment.ts';
import { linkedBy } from '../orm/hierarchy.ts';
import type { Row } from '../store/row.ts';
import { applyInheritance, ViewProblem } from './apply-inheritance.ts';
import { allElements, attribute, elementsIn, parseXml, type Element } from './xml.ts';

/** The primary view that a view extends, through any number of extensions. */
export function rootOf(env: Environment, view: Row): Row {
  let current = view;
  for (let above = parentOf(env, current); above && current['mode'] !== 'primary'; above = parentOf(env, current)) current = above;
  return current;
}

function parentOf(env: Environment, view: Row): Row | undefined {
  return env.row('ir.ui.view', view['inherit_id']);
}

/**
 * The arch of a primary view with all its active extensions applied: by priority, then age, each followed by its own extensions.
 * @throws ViewProblem of the first extension that does not fit; its `view` is named in `onExtension`
 */
export function combinedArch(env: Environment, primary: Row, onExtension: (view: Row) => void = () => undefined): Element {
  onExtension(primary);
  const parent = parentOf(env, primary);
  let root = parent ? applyInheritance(combinedArch(env, rootOf(env, parent), onExtension), parseXml(archOf(env, primary))) : parseXml(archOf(env, primary));
  const apply = (view: Row): void => {
    for (const extension of extensionsOf(env, view)) {
      onExtension(extension);
      root = applyInheritance(root, parseXml(archOf(env, extension)));
      apply(extension);
    }
  };
  apply(primary);
  return root;
}

/** A view without arch breaks everything that reads it on 14; later versions take it for an empty one. */
function archOf(env: Environment, view: Row): string {
  return String(view['arch_db'] ?? (env.version === 14 ? '' : '<data/>'));
}

function extensionsOf(env: Environment, view: Row): Row[] {
  return linkedBy(env, 'ir.ui.view', 'inherit_id', view.id)
    .map((id) => env.row('ir.ui.view', id)!)
    .filter((row) => row['active'] === true && row['mode'] !== 'primary')
    .sort((a, b) => Number(a['priority'] ?? 0) - Number(b['priority'] ?? 0) || a.id - b.id);
}

const VIEWS_INSIDE = new Set(['form', 'tree', 'list', 'kanban', 'graph', 'pivot', 'calendar', 'activity']);

/**
 * Checks that every field of a view exists on its model (inside a relation: on the other model).
 * @throws ViewProblem
 */
export function checkFields(env: Environment, root: Element, model: string): void {
  if (!env.hasModel(model)) throw new ViewProblem('field', `Model not found: ${model}`);
  if (env.version >= 17) {
    for (const element of allElements(root)) if (element.hasAttribute('attrs') || element.hasAttribute('states')) throw new ViewProblem('expression', 'attrs');
  }
  const walk = (element: Element, of: string): void => {
    for (const child of elementsIn(element)) {
      const name = child.tagName === 'field' ? attribute(child, 'name') : null;
      if (name === null) {
        walk(child, of);
        continue;
      }
      const field = env.model(of).fields.get(name);
      if (!field) throw new ViewProblem('field', `Field "${name}" does not exist in model "${of}"`);
      if (elementsIn(child).some((inner) => VIEWS_INSIDE.has(inner.tagName)) && field.relation !== null && env.hasModel(field.relation)) walk(child, field.relation);
    }
  };
  walk(root, model);
}
