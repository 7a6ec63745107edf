/** Weights of the model, in the order of `pairFeatureNames` and `noneFeatureNames`. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const weights = {
  pair: [7.948, -2.983, -3.23, 1.355, 0.624, 0.034, -0.543, 0.114, -1.214, 2.094, -7.863, -0.038, -2.77, -0.621, -0.314, -4.152, 2.596],
  none: [3.48, 2.273, 0.597, 1.506, 0.836, -0.098, 5.759, 0],
} as const;
