import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { seal } from "@/lib/secret-box";
import { openBrowser, sealBrowser } from "@/lib/server/auth/known-browser";

const browser = {
  id: randomBytes(16).toString("base64url"),
  signIns: [{ userId: 5, at: 1_800_000_000_000 }],
};

beforeEach(() => vi.stubEnv("AUTH_SECRET", randomBytes(33).toString("base64")));
afterEach(() => vi.unstubAllEnvs());

test("a browser's cookie opens as it was made and shows nothing of itself", () => {
  const value = sealBrowser(browser);
  expect(openBrowser(value)).toEqual(browser);
  expect(Buffer.from(value, "base64url").toString("latin1")).not.toContain(browser.id);
});

test("a cookie that was changed, made elsewhere or sealed for something else tells of no browser", () => {
  const value = sealBrowser(browser);
  const bytes = Buffer.from(value, "base64url");
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(openBrowser(changed.toString("base64url")), `byte ${at}`).toBeNull();
  }
  const json = JSON.stringify(browser);
  const other = { ...browser, signIns: [{ userId: "5", at: 1 }] };
  for (const text of [
    undefined,
    "",
    "x",
    json,
    Buffer.from(json).toString("base64url"),
    seal(json, "sign-in").toString("base64url"),
    seal(JSON.stringify(other), "browser").toString("base64url"),
    seal("null", "browser").toString("base64url"),
  ]) {
    expect(openBrowser(text), `${text}`).toBeNull();
  }
  vi.stubEnv("AUTH_SECRET", randomBytes(33).toString("base64"));
  expect(openBrowser(value)).toBeNull();
});
