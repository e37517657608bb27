const VERSION = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:[-+ ].*)?$/i;

/**
 * Below zero when `a` is the older version, zero when they are the same, null when one is no version such as 1.2.3.
 *
 * Missing parts count as 0; what follows `-`, `+` or a blank is not looked at.
 */
export function compareVersions(a: string, b: string): number | null {
  const [left, right] = [partsOf(a), partsOf(b)];
  if (!left || !right) return null;
  for (let index = 0; index < 4; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(version: string): number[] | null {
  return VERSION.exec(version.trim())?.[1]?.split(".").map(Number) ?? null;
}

/** Whether an agent is older than the one the portal hands out; false where either version is not known. */
export function isOutdated(version: string | null, onOffer: string | null): boolean {
  if (version === null || onOffer === null) return false;
  const difference = compareVersions(version, onOffer);
  return difference !== null && difference < 0;
}
