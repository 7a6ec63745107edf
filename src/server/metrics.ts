import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  counted(params: Readonly<{ method: string; status: number; seconds: number }>): void;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** @param read asked at each scrape */
export function openMetrics(read: Readonly<{ drivenRuns: () => number; liveStreams: () => number }>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({ name: 'portolan_http_requests_total', help: 'Requests answered, by method and status.', labelNames: ['method', 'status'], registers });
  const durations = new Histogram({ name: 'portolan_http_request_seconds', help: 'Time until an answer began, in seconds.', buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60], registers });
  const gauge = (name: string, help: string, value: () => number): Gauge => new Gauge({ name, help, registers, collect() { this.set(value()); } });
  gauge('portolan_runs_driven', 'Runs that this server drives now.', read.drivenRuns);
  gauge('portolan_live_streams', 'Open streams of live progress.', read.liveStreams);
  gauge('process_resident_memory_bytes', 'Memory of the process, in bytes.', () => process.memoryUsage.rss());
  gauge('process_uptime_seconds', 'Age of the process, in seconds.', () => process.uptime());
  return {
    counted({ method, status, seconds }) {
      requests.inc({ method, status: String(status) });
      durations.observe(seconds);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
