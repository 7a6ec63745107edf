/** Certainty of decisions and the threshold of auto-accept. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const calibration = { weights: [0.031, 1.126, 1.171, 0.468, 2.055, 0.742, 1.072, 0.091, 0, -1.022, 1.445, 0, 0.195, -1.121, 0.28, -2.137, 1.62, 0.46, 1.265, -0.835, 0.049, 1.279, -0.226, 1.085], autoAcceptFrom: 0.981 } as const;
