/** Weights of the model, in the order of `pairFeatureNames` and `noneFeatureNames`. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const weights = {
  pair: [7.953, -2.988, -3.235, 1.363, 0.648, 0.039, -0.569, 0.108, -1.196, 2.089, -7.863, -0.038, -2.79, -0.631, -0.324, -4.125, 2.572],
  none: [3.485, 2.281, 0.588, 1.505, 0.835, -0.109, 5.771, 0],
} as const;
