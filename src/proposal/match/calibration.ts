/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [0.965, 0.629, 1.928, -0.594, 0.571, -0.129, 0.164, 0.038, 0.049, 0, -0.233], autoAcceptFrom: 0.974 } as const;
