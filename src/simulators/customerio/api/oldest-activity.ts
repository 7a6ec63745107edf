import type { Call } from '../call.ts';
import { daySeconds } from '../world/world.ts';

/** Unix seconds: 30 days are guaranteed, a little more may be there. */
export const oldestActivity = (call: Call): number => call.now - (call.world.unknowns.activitiesBeyond30Days === 'some' ? 35 : 30) * daySeconds;
