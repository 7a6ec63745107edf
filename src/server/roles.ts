import type { ConsoleRole } from '../store/console-store.ts';

export const roles = ['owner', 'operator', 'reviewer', 'viewer'] as const satisfies readonly ConsoleRole[];

/** What a person, or a token, may do. Each operation of the API names one. */
export type Permission = 'look' | 'edit' | 'operate' | 'approve' | 'administer';

/** Who runs a migration does not sign it off: confirming a plan and opening a gate is the reviewer's, and the owner's. */
const granted = {
  viewer: ['look'],
  reviewer: ['look', 'edit', 'approve'],
  operator: ['look', 'edit', 'operate'],
  owner: ['look', 'edit', 'operate', 'approve', 'administer'],
} as const satisfies Record<ConsoleRole, readonly Permission[]>;

export function permissionsOf(role: ConsoleRole): readonly Permission[] {
  return granted[role];
}

export function may(role: ConsoleRole, permission: Permission): boolean {
  return (granted[role] as readonly Permission[]).includes(permission);
}
