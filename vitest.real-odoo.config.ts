import { defineConfig } from 'vitest/config';

/** Tests on a real Odoo: started by scripts/test-odoo.mjs, which provides the server. One file at a time: two cores, one PostgreSQL. */
export default defineConfig({
  test: {
    include: ['test/real-odoo/**/*.test.ts'],
    globalSetup: ['test/support/store-server.ts'],
    testTimeout: 1_200_000,
    hookTimeout: 300_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
