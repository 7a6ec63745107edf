/** Weights of the model, in the order of `pairFeatureNames` and `noneFeatureNames`. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const weights = {
  pair: [7.967, -2.924, -3.24, 1.369, 0.59, 0.037, -0.507, 0.088, -1.22, 2.051, -7.838, -0.037, -2.814, -0.637, -0.221, -4.145, 2.575],
  none: [3.496, 2.257, 0.581, 1.497, 0.787, -0.029, 5.752, 0],
} as const;
