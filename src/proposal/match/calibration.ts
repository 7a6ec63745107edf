/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [0.367, 1.017, 1.147, 0.752, 1.237, 0.57, 0.672, 0.051, 0, -0.507, 0.988, 0, 0.034, -0.54, 0.3, -2.009, 1.372, 0.175, 1.19, -0.376, 0.039, 0.641, 0.231, 0.996], autoAcceptFrom: 0.979 } as const;
