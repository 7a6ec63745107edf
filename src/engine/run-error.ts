import type { BatchFailure } from './handle-batch.ts';

/** A batch of the run failed for good (or for now): carries what the batch row says. */
export class BatchFailed extends Error {
  readonly failure: BatchFailure;
  readonly subject: string;
  constructor(failure: BatchFailure, subject: string) {
    super(failure.message);
    this.name = 'BatchFailed';
    this.failure = failure;
    this.subject = subject;
  }
}

/** The driver stops driving, without an error: pause, cancel, a gate, or the lease went to another driver. */
export class StopDriving extends Error {
  readonly why: 'paused' | 'cancelled' | 'gate' | 'aborted' | 'lease-lost';
  constructor(why: StopDriving['why']) {
    super(why);
    this.name = 'StopDriving';
    this.why = why;
  }
}
