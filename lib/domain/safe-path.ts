/**
 * The path to return to after sign-in: only a path of this site, else "/".
 *
 * Browsers read "//host", "/\\host" and tabs within as another site, so everything but a plain path is refused.
 */
export function safeReturnPath(asked: string | null | undefined): string {
  if (!asked || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes("\\")) return "/";
  const url = new URL(asked, "http://portal.invalid");
  if (url.host !== "portal.invalid") return "/";
  const path = url.pathname + url.search + url.hash;
  return /^\/(login|register|reset-password|change-password|set-up-mfa|mfa|api)(\/|\?|$)/.test(path) ||
    path.startsWith("//")
    ? "/"
    : path;
}
