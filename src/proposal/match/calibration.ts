/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [0.536, 1.067, 1.014, 0.55, 1.408, 0.606, 0.847, 0.081, 0, -0.83, 1.125, 0, 0.058, -0.612, 0.272, -2.115, 1.306, 0.201, 1.333, -0.65, 0.033, 0.633, 0.321, 1.182], autoAcceptFrom: 0.971 } as const;
