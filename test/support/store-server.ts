import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext { readonly storeFolder: string }
}

let folder = '';

/**
 * vitest's globalSetup: one data folder for the whole run. Its server starts with the first file that asks for a
 * store and stops with the last one that closes it, so runs without a store pay nothing.
 */
export function setup(project: TestProject): void {
  folder = mkdtempSync(join(tmpdir(), 'portolan-test-'));
  project.provide('storeFolder', folder);
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
