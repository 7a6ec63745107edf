/** Weights of the model, in the order of `pairFeatureNames` and `noneFeatureNames`. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const weights = {
  pair: [7.939, -2.844, -3.226, 1.374, 0.584, 0.045, -0.507, 0.105, -1.206, 2.053, -7.849, -0.036, -2.811, -0.635, -0.216, -4.129, 2.596],
  none: [3.503, 2.266, 0.58, 1.493, 0.792, -0.022, 5.755, 0],
} as const;
