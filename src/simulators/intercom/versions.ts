import { Problem } from './problem.ts';

/** `2.16` → 2016, so that versions compare as numbers; Preview is above all. */
export type Version = number;
const preview = 9_999;

const numberOf = (text: string): Version => {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return major * 1_000 + minor;
};

/** @throws Problem 400 `intercom_version_invalid` */
export function versionOf(header: string | undefined, { fallback, newest, hasPreview }: Readonly<{ fallback: string; newest: string; hasPreview: boolean }>): Version {
  const text = header ?? fallback;
  if (hasPreview && (text === 'Preview' || text === 'Unstable')) return preview;
  const version = numberOf(text);
  if (!/^[12]\.\d+$/.test(text) || version > numberOf(newest) || version < 1_000) throw new Problem(400, 'intercom_version_invalid', `The requested version could not be found: ${text}`);
  return version;
}

export const atLeast = (version: Version, text: string): boolean => version >= numberOf(text);
export const isPreview = (version: Version): boolean => version === preview;
