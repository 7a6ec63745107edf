import type { Catalog } from '../connector/catalog.ts';
import type { Json } from '../connector/json.ts';
import type { CheckResult } from '../connector/check-result.ts';
import type { Answers } from '../plan/answered-check.ts';
import type { OwnerLookup } from '../plan/changes/assign-owners.ts';
import type { MatchGuide } from '../proposal/match-guide.ts';
import type { RouteHandoff } from './route-document.ts';
import type { Plan } from '../plan/plan.ts';

/** The knowledge about one pair. A route folder is data plus small pure functions; the engine knows no route by name. */
export interface Route {
  readonly id: string; // 'instream-to-odoo-crm'
  readonly label: string; // 'InStream → Odoo CRM'
  readonly source: string; // platform
  readonly destination: string; // platform
  /** Requirement rows of the route, for the guide: what each source object becomes. */
  readonly rows: readonly Readonly<{ id: string; source: string; destination: string; how: string; losses: readonly string[]; since: string | null }>[]; // since null = not built yet
  readonly phases: readonly Readonly<{ name: string; label: string; what: string }>[];
  readonly gotchas: readonly Readonly<{ title: string; text: string; check: string | null }>[]; // check = name of the readiness check that tells
  /** Destination objects the route writes or looks things up in. */
  readonly destinationObjects: readonly string[];
  /** Who owns records, and how an owner finds a user: for `owners export` and `owners apply`. Left out = the route moves no owners. */
  readonly owners?: OwnerLookup;
  /** Documents and cut-over steps of this pair, for `portolan handoff`. Left out = only those that every route has. */
  readonly handoff?: RouteHandoff;
  /**
   * Draft plan from what discovery found. Pure. `guide` is handed on to the field matcher; left out = the matcher alone. `answers` are
   * those of decisions that shape the plan (`shapes`); one that no longer makes sense is ignored, and open again in the draft.
   */
  readonly propose: (params: Readonly<{ project: string; source: Catalog; sourceHash: string; destination: Catalog; destinationHash: string; guide?: MatchGuide | undefined; answers?: { readonly [decisionId: string]: Json } }>) => Plan;
  /** Checks that need both catalogs; `answers` of the plan's decisions (absent: there is no plan yet), so that what was decided is warned of no more. Pure. */
  readonly readiness: (params: Readonly<{ source: Catalog; destination: Catalog; answers?: Answers }>) => readonly CheckResult[];
}
