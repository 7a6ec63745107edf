/** Delivers batches to workers, on this machine or another. Implemented by `src/work` on pg-boss. */
export interface WorkQueue {
  /** Announces batches; announcing one twice is harmless. */
  send(batchIds: readonly string[]): Promise<void>;
  /** Takes batches out of the hands of workers that are known to be dead, so that the next announcement delivers them at once. */
  release(batchIds: readonly string[]): Promise<void>;
  /** Of these batches, the ones in the hands of a worker whose heart beats, on this machine or another. */
  inWork(batchIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Starts taking batches, `concurrency` at a time, until stopped. A batch whose handler throws, or whose process dies,
   * is delivered again (heartbeat: 10 s). The handler claims the batch in the store before it touches anything.
   */
  work(params: Readonly<{ concurrency: number; handle: (batchId: string, signal: AbortSignal) => Promise<void> }>): Promise<WorkerHandle>;
  close(): Promise<void>;
}
export interface WorkerHandle { stop(): Promise<void> }
