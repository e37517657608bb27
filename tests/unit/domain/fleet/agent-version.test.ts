import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions, isOutdated } from "@/lib/domain/fleet/agent-version";

describe("agent versions", () => {
  test.each([
    ["1.0.0", "1.0.0", 0],
    ["1.0", "1.0.0", 0],
    ["v1.2", "1.2.0", 0],
    ["1.9.0", "1.10.0", -1],
    ["2", "1.99.99.99", 1],
    ["1.2.3-beta", "1.2.3", 0],
    ["0.9", "1.0.0", -1],
  ])("compare part by part as numbers: %s and %s", (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b)!)).toBe(sign);
    expect(Math.sign(compareVersions(b, a)!) + sign).toBe(0);
  });

  test.each(["", "dev", "1..2", "1.2.3.4.5", "99999999999", "1,2"])("make no order with %j", (text) => {
    expect(compareVersions(text, "1.0.0")).toBeNull();
    expect(isOutdated(text, "1.0.0")).toBe(false);
    expect(isOutdated("1.0.0", text)).toBe(false);
  });

  test("are not out of date while either is unknown", () => {
    expect(isOutdated(null, "1.0.0")).toBe(false);
    expect(isOutdated("0.1.0", null)).toBe(false);
    expect(isOutdated("0.1.0", "1.0.0")).toBe(true);
  });

  test("are ordered: exactly one of older, same and newer holds", () => {
    const version = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b)!) + Math.sign(compareVersions(b, a)!)).toBe(0);
        const isRising = compareVersions(a, b)! <= 0 && compareVersions(b, c)! <= 0;
        expect(!isRising || compareVersions(a, c)! <= 0).toBe(true);
      }),
    );
  });
});
