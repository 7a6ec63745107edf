/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [0.045, 1.147, 1.114, 0.464, 2.057, 0.748, 1.087, 0.069, 0, -1.007, 1.439, 0, 0.195, -1.123, 0.277, -2.14, 1.664, 0.477, 1.257, -0.857, 0.027, 1.276, -0.229, 1.079], autoAcceptFrom: 0.981 } as const;
