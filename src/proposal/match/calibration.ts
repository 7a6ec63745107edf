/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [0.401, 1.064, 1.111, 0.704, 1.365, 0.559, 0.994, 0.143, 0, -0.871, 1.107, 0, 0.081, -0.603, 0.293, -2.17, 1.261, 0.126, 1.354, -0.464, 0.097, 0.806, 0.263, 1.161], autoAcceptFrom: 0.975 } as const;
