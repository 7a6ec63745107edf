import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { NotFound } from './parts/not-found.tsx';
import { Root } from './parts/root.tsx';
import { Shell } from './parts/shell.tsx';

const root = createRootRoute({ component: Root });
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell });
const project = createRoute({ getParentRoute: () => inside, path: '/p/$project', component: Outlet });

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/sign-in', component: lazyRouteComponent(() => import('./pages/access.tsx'), 'SignInPage') }),
  createRoute({ getParentRoute: () => root, path: '/first-run', component: lazyRouteComponent(() => import('./pages/access.tsx'), 'FirstRunPage') }),
  inside.addChildren([
    createRoute({ getParentRoute: () => inside, path: '/', component: lazyRouteComponent(() => import('./pages/projects.tsx'), 'ProjectsPage') }),
    createRoute({ getParentRoute: () => inside, path: '/new', component: lazyRouteComponent(() => import('./pages/new-project.tsx'), 'NewProjectPage') }),
    createRoute({ getParentRoute: () => inside, path: '/account', component: lazyRouteComponent(() => import('./pages/account.tsx'), 'AccountPage') }),
    createRoute({ getParentRoute: () => inside, path: '/people', component: lazyRouteComponent(() => import('./pages/people.tsx'), 'PeoplePage') }),
    createRoute({ getParentRoute: () => inside, path: '/settings', component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage') }),
    createRoute({ getParentRoute: () => inside, path: '$', component: NotFound }),
    project.addChildren([
      createRoute({ getParentRoute: () => project, path: '$', component: NotFound }),
      createRoute({ getParentRoute: () => project, path: '/', component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'OverviewPage') }),
      createRoute({ getParentRoute: () => project, path: '/connect', component: lazyRouteComponent(() => import('./pages/connect.tsx'), 'ConnectPage') }),
      createRoute({ getParentRoute: () => project, path: '/discovery', component: lazyRouteComponent(() => import('./pages/discovery.tsx'), 'DiscoveryPage') }),
      createRoute({ getParentRoute: () => project, path: '/map', component: lazyRouteComponent(() => import('./pages/map.tsx'), 'MapPage') }),
      createRoute({ getParentRoute: () => project, path: '/decisions', component: lazyRouteComponent(() => import('./pages/decisions.tsx'), 'DecisionsPage') }),
      createRoute({ getParentRoute: () => project, path: '/file', component: lazyRouteComponent(() => import('./pages/plan-file.tsx'), 'PlanFilePage') }),
      createRoute({ getParentRoute: () => project, path: '/sample', component: lazyRouteComponent(() => import('./pages/sample.tsx'), 'SamplePage') }),
      createRoute({ getParentRoute: () => project, path: '/spotcheck', component: lazyRouteComponent(() => import('./pages/spot-check.tsx'), 'SpotCheckPage') }),
      createRoute({ getParentRoute: () => project, path: '/run', component: lazyRouteComponent(() => import('./pages/run.tsx'), 'RunPage') }),
      createRoute({ getParentRoute: () => project, path: '/verification', component: lazyRouteComponent(() => import('./pages/verification.tsx'), 'VerificationPage') }),
      createRoute({ getParentRoute: () => project, path: '/quarantine', component: lazyRouteComponent(() => import('./pages/quarantine.tsx'), 'QuarantinePage') }),
      createRoute({ getParentRoute: () => project, path: '/rollback', component: lazyRouteComponent(() => import('./pages/rollback.tsx'), 'RollbackPage') }),
      createRoute({ getParentRoute: () => project, path: '/cutover', component: lazyRouteComponent(() => import('./pages/cut-over.tsx'), 'CutOverPage') }),
      createRoute({ getParentRoute: () => project, path: '/documents', component: lazyRouteComponent(() => import('./pages/documents.tsx'), 'DocumentsPage') }),
    ]),
  ]),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: false, defaultNotFoundComponent: NotFound });
