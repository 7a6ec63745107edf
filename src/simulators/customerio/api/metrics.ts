import { param } from '../call.ts';
import type { Call, Json } from '../call.ts';
import { deliveryAt, metricNames } from '../world/deliveries.ts';
import type { Delivery } from '../world/deliveries.ts';

/** Sums of all deliveries of a campaign, newsletter, broadcast or transactional message, as one step of time. */
export const campaignMetrics = (kind: Delivery['source']['kind']) => (call: Call): Json => {
  const { world } = call;
  const series: { [metric: string]: number } = Object.fromEntries(metricNames.map((name) => [name, 0]));
  for (let index = 0; index < world.sizes.deliveries; index += 1) {
    const { source, metrics } = deliveryAt(world, index);
    if (source.kind !== kind || String(source.id) !== param(call, 'id')) continue;
    for (const name of metricNames) if (metrics[name] !== undefined) series[name] = (series[name] ?? 0) + 1;
  }
  return { metric: { series: Object.fromEntries(Object.entries(series).map(([name, count]) => [name, [count]])) } };
};
