import type { LearnedLine, RememberedLine } from '../../proposal/memory/memory.ts';

export type { RememberedLine } from '../../proposal/memory/memory.ts';

/** What confirmed plans of this installation say about headers. */
export interface FieldMemoryStore {
  /** Replaces what a project taught. Lines that say the same as before keep their date, and stay corrections once they were. */
  rememberLines(params: Readonly<{ projectId: string; sourcePlatform: string; destinationPlatform: string; lines: readonly LearnedLine[] }>): Promise<void>;
  /** What every project that still exists taught about these headers between these platforms. */
  rememberedLines(params: Readonly<{ sourcePlatform: string; destinationPlatform: string; headers: readonly string[] }>): Promise<readonly RememberedLine[]>;
}
