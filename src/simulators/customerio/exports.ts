import { randomUUID } from 'node:crypto';
import { notFound } from './problem.ts';

export interface ExportJob {
  readonly id: number;
  readonly type: 'customers' | 'deliveries';
  readonly description: string;
  readonly createdAt: number;
  readonly total: number;
  /** The rows as CSV, made while they are read. */
  readonly lines: () => Iterable<string>;
  status: 'pending' | 'done' | 'failed';
  asked: number;
  downloads: number;
}

/** A signed link works for 15 minutes. */
const linkSeconds = 15 * 60;

/** The export jobs of a workspace. States: pending → done after being asked for `polls` times; or → failed, when told so. */
export class Exports {
  readonly jobs: ExportJob[] = [];
  readonly #links = new Map<string, { readonly job: ExportJob; readonly until: number }>();
  readonly #polls: number;
  /** The next job fails. */
  failNext = false;
  #last = 0;

  constructor(polls: number) {
    this.#polls = polls;
  }

  add(job: Pick<ExportJob, 'type' | 'description' | 'createdAt' | 'total' | 'lines'>): ExportJob {
    this.#last += 1;
    const made: ExportJob = { ...job, id: this.#last, status: 'pending', asked: 0, downloads: 0 };
    this.jobs.push(made);
    return made;
  }

  /** A job, as somebody who waits asks for it. @throws Problem 404 */
  poll(id: string): ExportJob {
    const job = this.jobs.find((one) => String(one.id) === id);
    if (job === undefined) throw notFound('export not found');
    job.asked += 1;
    if (job.status === 'pending' && job.asked >= this.#polls) {
      job.status = this.failNext ? 'failed' : 'done';
      this.failNext = false;
    }
    return job;
  }

  /** The key of a link to a finished job. @throws Problem 404 while it is not finished */
  link(id: string, now: number): string {
    const job = this.jobs.find((one) => String(one.id) === id);
    if (job?.status !== 'done') throw notFound('export is not ready');
    job.downloads += 1;
    const key = randomUUID();
    this.#links.set(key, { job, until: now + linkSeconds });
    return key;
  }

  /** The job behind a link; null for a link that is unknown or too old. */
  open(key: string, now: number): ExportJob | null {
    const link = this.#links.get(key);
    return link === undefined || now > link.until ? null : link.job;
  }
}
