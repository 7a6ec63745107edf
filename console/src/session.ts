import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Session, Status } from '../../src/server/schemas/access.ts';
import { get, readSession } from './api.ts';

export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: readSession, staleTime: 60_000 });
export const statusQuery = queryOptions({ queryKey: ['status'], queryFn: () => get<Status>('/api/status') });

/** What the person may do; a page shows what it may not as disabled, and the server refuses it anyhow. */
export function usePermission(permission: Session['permissions'][number]): boolean {
  const { data } = useQuery(sessionQuery);
  return data?.permissions.includes(permission) ?? false;
}
