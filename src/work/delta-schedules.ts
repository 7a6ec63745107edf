import { PgBoss } from 'pg-boss';

const schema = 'portolan_work';
const queueName = 'scheduled-delta';

/** Times at which something is due for projects, kept in the store's database; whichever server is there hears of them, one at a time. */
export interface DeltaSchedules {
  /** Sets or replaces the times of a project. @throws Error for a cron text or time zone that cannot be read */
  set(params: Readonly<{ projectId: string; cron: string; zone: string }>): Promise<void>;
  remove(projectId: string): Promise<void>;
  close(): Promise<void>;
}

export interface OpenDeltaSchedulesParams {
  /** The store whose database carries the times. */
  readonly store: { readonly url: string };
  /** Called when a project's time has come; at most once for each time, on one server. Nothing is called for times at which no server ran. */
  readonly due: (projectId: string) => Promise<void>;
  readonly onTrouble: (error: Error) => void;
  /** How often the times are looked at, in seconds. Default 30. */
  readonly everySeconds?: number;
}

/** pg-boss's cron in the schema of the work queue, with few connections of its own. Close it before the store. */
export async function openDeltaSchedules(params: OpenDeltaSchedulesParams): Promise<DeltaSchedules> {
  const everySeconds = params.everySeconds ?? 30;
  const boss = new PgBoss({
    connectionString: params.store.url, application_name: 'portolan schedules', schema, max: 2,
    schedule: true, supervise: false, cronMonitorIntervalSeconds: everySeconds, cronWorkerIntervalSeconds: Math.min(5, everySeconds),
  });
  boss.on('error', (error) => params.onTrouble(error));
  try {
    await boss.start();
    await boss.createQueue(queueName, { policy: 'exclusive', retryLimit: 0, expireInSeconds: 300, retentionSeconds: 3600, deleteAfterSeconds: 60 });
    await boss.work<{ readonly projectId: string }>(queueName, { pollingIntervalSeconds: Math.min(2, everySeconds) }, async (jobs) => {
      for (const { data } of jobs) await params.due(data.projectId);
    });
  } catch (error) {
    await boss.stop({ graceful: false, close: true }).catch(() => undefined);
    throw error;
  }
  return {
    set: ({ projectId, cron, zone }) => boss.schedule(queueName, cron, { projectId }, { tz: zone, key: projectId, singletonKey: projectId }),
    remove: (projectId) => boss.unschedule(queueName, projectId),
    close: () => boss.stop({ graceful: true, close: true, timeout: 10_000 }),
  };
}
