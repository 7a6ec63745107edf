/** Weights of the model, in the order of `pairFeatureNames` and `noneFeatureNames`. Fitted by `bench/proposal/fit.ts`; do not edit by hand. */
export const weights = {
  pair: [8.013, -3.231, -3.313, 1.325, 0.373, 0.193, -0.462, 0.014, -1.188, 1.976, -7.796, -0.231, -3.614, -0.652, 0.401, -4.454, 2.944],
  none: [3.337, 2.324, 0.586, 1.219, 1.091, -0.117, 5.827, 0],
} as const;
