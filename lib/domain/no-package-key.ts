import type { TextKey } from "./text";

/** Why a site has no key for a package: none may send events now, or each that may may do more. */
export type NoPackageKey = "none" | "broad";

/** What to do about it. */
export const NO_KEY_TEXT = {
  none: "agentPackage.noKeyError",
  broad: "agentPackage.broadKeyError",
} as const satisfies Record<NoPackageKey, TextKey>;
