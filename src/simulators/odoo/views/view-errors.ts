import type { Environment } from '../orm/environment.ts';
import { OdooError, pythonRepr, validationError } from '../python-errors.ts';
import type { Row } from '../store/row.ts';
import { ViewProblem } from './apply-inheritance.ts';

/** Words a problem of a view as the version does (14 measured; 17 to 19 from their public source). */
export function viewError(env: Environment, view: Row, problem: unknown, near: string): unknown {
  if (problem instanceof OdooError && problem.pythonName === 'lxml.etree.XMLSyntaxError' && env.version >= 17) return validationError(`Error while parsing or validating view:\n\n${problem.message}`);
  if (!(problem instanceof ViewProblem)) return problem;
  if (problem.kind === 'expression') {
    if (problem.message === 'attrs') return validationError(`Since 17.0, the "attrs" and "states" attributes are no longer used.\nView: ${String(view['name'])} in False`);
    return env.version === 14 ? new OdooError('lxml.etree.XPathSyntaxError', 'Invalid expression') : validationError(`Invalid Expression while parsing xpath ${pythonRepr(problem.message)}`);
  }
  if (env.version === 14) return validationError(`Error while validating view:\n\n${problem.message}\n\nView name: ${String(view['name'])}\nError context:\n${context14(view)}\n`);
  const text = `${problem.message}\n\nView error context:\n${context17(view)}\n`;
  return validationError(problem.kind === 'parse' ? `Error while parsing or validating view:\n\n${text}` : `Error while validating view near:\n\n${near}\n${text}`);
}

function context14(view: Row): string {
  const lines = [` view: ir.ui.view(${view.id},)`];
  if (view['model'] !== undefined) lines.push(` view.model: ${String(view['model'])}`);
  if (view['inherit_id'] !== undefined) lines.push(` view.parent: ir.ui.view(${String(view['inherit_id'])},)`);
  return lines.join('\n');
}

function context17(view: Row): string {
  const entries = [`'name': ${pythonRepr(view['name'])}`, `'view': ir.ui.view(${view.id},)`];
  if (view['model'] !== undefined) entries.push(`'view.model': ${pythonRepr(view['model'])}`);
  if (view['inherit_id'] !== undefined) entries.push(`'view.parent': ir.ui.view(${String(view['inherit_id'])},)`);
  return `{${entries.join(',\n ')}}`;
}
