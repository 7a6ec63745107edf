/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [0.368, 1.018, 1.141, 0.766, 1.234, 0.568, 0.686, 0.052, 0, -0.508, 0.99, 0, 0.039, -0.545, 0.297, -2.018, 1.387, 0.171, 1.194, -0.38, 0.04, 0.643, 0.223, 0.991], autoAcceptFrom: 0.975 } as const;
