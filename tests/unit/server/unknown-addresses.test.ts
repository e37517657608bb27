import { readdirSync } from "node:fs";
import path from "node:path";
import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { middleware } from "@/middleware";

const root = path.resolve(import.meta.dirname, "../../..");

function ask(method: string, address: string, headers: Record<string, string> = {}) {
  return middleware(new NextRequest(`http://portal.example${address}`, { method, headers }));
}

/** Addresses of all pages and handlers, with 1 for each part that is a number or a name. */
function addresses(): string[] {
  return readdirSync(path.join(root, "app"), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === "page.tsx" || name === "route.ts")
    .map(({ parentPath }) => {
      const parts = path.relative(path.join(root, "app"), parentPath).split(path.sep);
      return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`.replaceAll(/\[+[^\]]+\]+/g, "1");
    });
}

it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])(
  "%s to an unknown address is a JSON 404, signed in or not",
  async (method) => {
    for (const address of [
      "/log_event",
      "/API/LOG_EVENT",
      "/Log_Events",
      "/xmlrpc.php",
      "/favicon",
      "/a/1",
    ]) {
      for (const cookie of ["", "winauthmon.session=x"]) {
        const answer = ask(method, address, { cookie });
        expect({ address, status: answer.status }).toEqual({ address, status: 404 });
        expect(await answer.json()).toMatchObject({ status: "error" });
        expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      }
    }
  },
);

it("an unknown address that is only read still leads to the sign-in page", () => {
  expect(ask("GET", "/log_event").headers.get("location")).toBe(
    "http://portal.example/login?next=%2Flog_event",
  );
  expect(ask("HEAD", "/log_event").status).toBe(307);
});

it("a form of any page goes to the sign-in page without a session, to its action with one or from a script", () => {
  const all = addresses();
  expect(all.length).toBeGreaterThan(40);
  for (const address of all) {
    const signedOut = ask("POST", address);
    const isPublic =
      /^\/(login|register|accept-invitation|confirm-registration|forgot-password|mfa|reset-password|unsubscribe|api)(\/|$)/.test(
        address,
      );
    expect({ address, status: signedOut.status }).toEqual({ address, status: isPublic ? 200 : 307 });
    const fromScript = ask("POST", address, { "next-action": "x" });
    const signedIn = ask("POST", address, { cookie: "winauthmon.session=x" });
    expect([address, fromScript.status, signedIn.status]).toEqual([address, 200, 200]);
  }
});
