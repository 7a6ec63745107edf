/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [1.192, 0.582, 0.898, 1.383, 0.268, 0.575, -2.713, -1.196, 0, 0.201, 1.009, 0, -0.278, 0.649, 0.147, -2.171, 2.427, 0.321, 0.934, 0.166, -0.166, -0.285, -0.83, 0.012], autoAcceptFrom: 0.986 } as const;
