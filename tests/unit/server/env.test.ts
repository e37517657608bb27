import { describe, expect, it } from "vitest";
import { isIanaZone } from "@/lib/domain/zones";
import { parseEnv } from "@/lib/env";

describe("TIMEZONE", () => {
  it.each([
    ["", "Europe/London"],
    ["UTC", "UTC"],
    ["utc", "UTC"],
    ["europe/london", "Europe/London"],
    ["Etc/UTC", "Etc/UTC"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Japan", "Japan"],
  ])("%j starts in %s", (text, zone) => {
    expect(parseEnv({ TIMEZONE: text }).TIMEZONE).toBe(zone);
    expect(isIanaZone(zone)).toBe(true);
  });

  it.each(["BST", "IST", "PST", "Mars/Olympus", "+01:00", "London"])("%s is refused in words", (text) => {
    expect(() => parseEnv({ TIMEZONE: text })).toThrow(
      "  TIMEZONE: must be an IANA time zone such as Europe/London, or UTC",
    );
  });
});
