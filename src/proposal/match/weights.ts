/** Weights of the model, in the order of `pairFeatureNames` and `noneFeatureNames`. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const weights = {
  pair: [8.005, -4.025, -3.423, 1.347, 0.219, 0.323, -0.589, 0.435, -1.164, 1.446, -7.67, -0.237, -3.711, -0.665, 0.14, -4.121, 2.805],
  none: [3.105, 2.491, -0.147, 0.458, 1.295, -0.382, 5.809, 0],
} as const;
