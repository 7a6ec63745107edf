import type { Catalog } from '../../connector/catalog.ts';
import type { CheckResult } from '../../connector/check-result.ts';
import { objectOf } from './mapping-input.ts';

/** Objects that an export may hold and that this version of the route does not move. Custom field definitions are read for their types. */
const notMoved = ['list', 'list_membership', 'record_tag', 'email', 'call', 'meeting', 'task', 'file'];

/** Checks that need both sides. */
export function readiness({ source, destination }: Readonly<{ source: Catalog; destination: Catalog }>): readonly CheckResult[] {
  return [crmInstalled(destination), wonStage(destination), ...unmoved(source)];
}

function crmInstalled(destination: Catalog): CheckResult {
  const there = objectOf(destination, 'crm.lead') !== undefined;
  return { name: 'route-crm-models', title: 'CRM models', result: there ? 'passed' : 'failed', message: there ? 'crm.lead is there.' : 'The destination has no crm.lead: the CRM app is not installed, or this user may not see it.', remedy: there ? null : 'Install the CRM app (Apps > CRM), or give the user Sales rights.' };
}

function wonStage(destination: Catalog): CheckResult {
  const stages = (destination.facts['stages'] ?? []) as unknown as readonly { readonly isWon: boolean }[];
  const there = stages.some((stage) => stage.isWon);
  return { name: 'route-won-stage', title: 'A won stage', result: there ? 'passed' : 'warning', message: there ? 'Won deals have a stage to go to.' : 'No stage is marked as won: won deals would wait in quarantine.', remedy: there ? null : 'Mark one in CRM > Configuration > Stages ("Is Won Stage?").' };
}

/** Nothing is left behind in silence: what the export holds and the route does not move is named with its count. */
function unmoved(source: Catalog): readonly CheckResult[] {
  return notMoved.flatMap((name): CheckResult[] => {
    const object = objectOf(source, name);
    if (object === undefined || object.count === 0) return [];
    return [{ name: `route-not-moved-${name}`, title: `${object.label}: not moved`, result: 'warning', message: `The export holds ${object.count ?? 'some'} records of ${object.label}; this version does not move them.`, remedy: 'Keep the export: a later version moves them without touching what is loaded now.' }];
  });
}
