import { describe, expect, it } from 'vitest';
import { withTestStore } from '../../test/support/store.ts';
import { openDatabase } from './database.ts';
import type { OpenDatabase } from './database.ts';
import { migrate, readMigrations } from './migrate.ts';

const test = withTestStore();
const migrations = readMigrations();

async function withDatabase(body: (open: OpenDatabase) => Promise<void>): Promise<void> {
  const open = await openDatabase({ dataFolder: '/nonexistent', databaseUrl: test.store.url });
  try {
    await body(open);
  } finally {
    await open.close();
  }
}

describe('migrations', () => {
  it('are numbered once each, in rising order, and say what they are for', () => {
    expect(migrations.map(({ number }) => number)).toEqual([...new Set(migrations.map(({ number }) => number))].toSorted((left, right) => left - right));
    for (const { name, text } of migrations) expect(text, name).toMatch(/^-- \S/);
  });

  it('run once, also when two processes start together, each in its own transaction', async () => {
    const next = { number: 9001, name: '9001-next.sql', text: 'create table portolan.next (a int); insert into portolan.next values (1);', checksum: 'n' };
    const broken = { number: 9002, name: '9002-broken.sql', text: 'insert into portolan.next values (2); select nonsense;', checksum: 'b' };
    await withDatabase(async ({ database }) => {
      await Promise.all([migrate(database, [...migrations, next]), migrate(database, [...migrations, next])]);
      await expect(migrate(database, [...migrations, next, broken])).rejects.toThrow('nonsense');
      expect(await test.query('select a from portolan.next')).toEqual([{ a: 1 }]);
      await test.query('drop table portolan.next');
      await test.query('delete from portolan.migration where number > 9000');
      await migrate(database);
    });
  });

  it('of a newer Portolan, or changed afterwards, are refused', async () => {
    await withDatabase(async ({ database }) => {
      await expect(migrate(database, migrations.slice(0, -1))).rejects.toMatchObject({ name: 'ConfigurationError', code: 'database-newer' });
      await expect(migrate(database, migrations.map((migration) => ({ ...migration, checksum: 'other' })))).rejects.toMatchObject({ code: 'migration-changed' });
    });
  });
});

describe('a server of one\'s own', () => {
  it('that does not answer, or does not know the password, is named with a remedy and without the password', async () => {
    for (const databaseUrl of ['postgres://someone:s3cret@127.0.0.1:1/x', test.store.url.replace(/:[^:@]+@/, ':s3cret@')]) {
      const error = await openDatabase({ dataFolder: '/nonexistent', databaseUrl }).then(() => null, (cause: unknown) => cause);
      expect(error).toMatchObject({ name: 'ConfigurationError', code: 'database-unreachable', remedy: expect.stringContaining('DATABASE_URL') });
      expect(String(error)).not.toContain('s3cret');
    }
  });
});
