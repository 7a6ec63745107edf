/** Weights of the model, in the order of `pairFeatureNames` and `noneFeatureNames`. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const weights = {
  pair: [7.976, -2.983, -3.247, 1.378, 0.653, 0.036, -0.557, 0.095, -1.184, 2.101, -7.859, -0.037, -2.789, -0.634, -0.32, -4.126, 2.568],
  none: [3.489, 2.284, 0.585, 1.507, 0.856, -0.097, 5.783, 0],
} as const;
