import postgres from "postgres";

/** A name that patches/ brings into the driver, and that no release of it has. */
const PATCH_MARK = /\bgone\b/;

/** @throws Error for the operator when the driver lacks what patches/ mends: docs/architecture.md says what happens then. */
export function assertPatchedDriver(driver: unknown = postgres): void {
  if (PATCH_MARK.test(String(driver))) return;
  throw new Error(
    "The package postgres lacks the patch that comes with WinAuthMon, and without it a lost database connection ends the " +
      "program. Build with `npm run build` instead of `next build`; it applies the patch.",
  );
}
