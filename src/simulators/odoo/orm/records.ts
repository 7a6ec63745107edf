import { createRecords } from './create.ts';
import type { RecordOperations } from './environment.ts';
import { searchIds } from './search.ts';
import { deleteRecords } from './unlink.ts';
import { writeRecords } from './write.ts';

export const records: RecordOperations = { create: createRecords, write: writeRecords, unlink: deleteRecords, search: searchIds };
