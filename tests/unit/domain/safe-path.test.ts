import fc from "fast-check";
import { expect, test } from "vitest";
import { safeReturnPath } from "@/lib/domain/safe-path";

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "http:evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/\n//evil.example",
  "///evil.example",
  "/%0d%0aSet-Cookie:x",
  "evil.example",
  "",
  null,
  undefined,
  "/login",
  "/login?next=/",
  "/api/health",
  "/mfa",
  "/register",
  "/reset-password?token=x",
  "/set-up-mfa",
  "/change-password",
  "/.//evil.example",
  "/a/..//evil.example",
])("%j never leads away nor back into the sign-in", (asked) => {
  const path = safeReturnPath(asked);
  expect(new URL(path, "https://portal.example").host).toBe("portal.example");
  expect(path).toMatch(/^\/(?!\/|login|api|mfa|register|reset-password|set-up-mfa|change-password)/);
});

test.each(["/1/events?from=2026-01-01&kind=logon", "/all/dashboard", "/profile#sessions", "/"])(
  "%j is kept",
  (asked) => {
    expect(safeReturnPath(asked)).toBe(asked);
  },
);

test("whatever is asked, the browser stays on the portal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const asked of [text, `/${text}`, `//${text}`]) {
        const url = new URL(safeReturnPath(asked), "https://portal.example");
        expect(url.origin).toBe("https://portal.example");
      }
    }),
  );
});
