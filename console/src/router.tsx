import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { Shell } from './parts/shell.tsx';
import { FirstRunPage, SignInPage } from './pages/access.tsx';
import { ConnectPage } from './pages/connect.tsx';
import { CutOverPage } from './pages/cut-over.tsx';
import { DecisionsPage } from './pages/decisions.tsx';
import { DiscoveryPage } from './pages/discovery.tsx';
import { DocumentsPage } from './pages/documents.tsx';
import { MapPage } from './pages/map.tsx';
import { NewProjectPage } from './pages/new-project.tsx';
import { OverviewPage } from './pages/overview.tsx';
import { PeoplePage } from './pages/people.tsx';
import { PlanFilePage } from './pages/plan-file.tsx';
import { ProjectsPage } from './pages/projects.tsx';
import { QuarantinePage } from './pages/quarantine.tsx';
import { RollbackPage } from './pages/rollback.tsx';
import { RunPage } from './pages/run.tsx';
import { SamplePage } from './pages/sample.tsx';
import { SpotCheckPage } from './pages/spot-check.tsx';
import { VerificationPage } from './pages/verification.tsx';

const root = createRootRoute({ component: Outlet });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell });
const project = createRoute({ getParentRoute: () => inside, path: '/p/$project', component: Outlet });

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignInPage }),
  createRoute({ getParentRoute: () => root, path: '/first-run', component: FirstRunPage }),
  inside.addChildren([
    createRoute({ getParentRoute: () => inside, path: '/', component: ProjectsPage }),
    createRoute({ getParentRoute: () => inside, path: '/new', component: NewProjectPage }),
    createRoute({ getParentRoute: () => inside, path: '/people', component: PeoplePage }),
    project.addChildren([
      createRoute({ getParentRoute: () => project, path: '/', component: OverviewPage }),
      createRoute({ getParentRoute: () => project, path: '/connect', component: ConnectPage }),
      createRoute({ getParentRoute: () => project, path: '/discovery', component: DiscoveryPage }),
      createRoute({ getParentRoute: () => project, path: '/map', component: MapPage }),
      createRoute({ getParentRoute: () => project, path: '/decisions', component: DecisionsPage }),
      createRoute({ getParentRoute: () => project, path: '/file', component: PlanFilePage }),
      createRoute({ getParentRoute: () => project, path: '/sample', component: SamplePage }),
      createRoute({ getParentRoute: () => project, path: '/spotcheck', component: SpotCheckPage }),
      createRoute({ getParentRoute: () => project, path: '/run', component: RunPage }),
      createRoute({ getParentRoute: () => project, path: '/verification', component: VerificationPage }),
      createRoute({ getParentRoute: () => project, path: '/quarantine', component: QuarantinePage }),
      createRoute({ getParentRoute: () => project, path: '/rollback', component: RollbackPage }),
      createRoute({ getParentRoute: () => project, path: '/cutover', component: CutOverPage }),
      createRoute({ getParentRoute: () => project, path: '/documents', component: DocumentsPage }),
    ]),
  ]),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: false });
