import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { focusPage } from '../page-focus.ts';
import { titleOf } from '../page-title.ts';
import { LeaveGuard } from './leave-guard.tsx';

/** What every page has: its title, the focus when one comes to it from another, and who asks before it is left. */
export function Root(): ReactNode {
  const { pathname } = useLocation();
  const router = useRouter();
  useEffect(() => { document.title = titleOf(pathname); }, [pathname]);
  useEffect(() => {
    let stop: () => void = () => undefined;
    const unsubscribe = router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
      if (fromLocation === undefined || !pathChanged) return; // the first page begins at its top, as browsers do it
      stop();
      stop = focusPage();
    });
    return () => {
      unsubscribe();
      stop();
    };
  }, [router]);
  return <><Outlet /><LeaveGuard /></>;
}
