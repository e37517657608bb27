import { afterEach, describe, expect, it } from "vitest";
import { refreshEnv } from "@/lib/env";
import { publicUrl } from "@/lib/public-url";

const before = { PUBLIC_URL: process.env.PUBLIC_URL, AUTH_URL: process.env.AUTH_URL };

function set(values: Partial<typeof before>): void {
  for (const name of ["PUBLIC_URL", "AUTH_URL"] as const) {
    if (values[name] === undefined) delete process.env[name];
    else process.env[name] = values[name];
  }
  refreshEnv();
}

afterEach(() => set(before));

describe("the public address", () => {
  it.each([
    [{}, null],
    [{ PUBLIC_URL: "https://portal.example.com/" }, "https://portal.example.com"],
    [{ PUBLIC_URL: "http://10.0.0.5:8000/path?x=1" }, "http://10.0.0.5:8000"],
    [{ AUTH_URL: "https://auth.example.com" }, "https://auth.example.com"],
    [{ PUBLIC_URL: "https://a.example.com", AUTH_URL: "https://b.example.com" }, "https://a.example.com"],
  ])("of %j is %j", (values, expected) => {
    set(values);
    expect(publicUrl()).toBe(expected);
  });

  it.each(["ftp://portal.example.com", "portal.example.com", "javascript:alert(1)"])(
    "cannot be %s",
    (address) => {
      expect(() => set({ PUBLIC_URL: address })).toThrow(/PUBLIC_URL/);
    },
  );
});
