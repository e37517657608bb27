import { describe, expect, it } from "vitest";
import { connect } from "@/db/client";
import { connectionUrl } from "@/db/embedded/url";
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

describe("DATABASE_URL", () => {
  const socket = { host: "/var/lib/own data/socket", port: 5432, user: "win#auth", database: "portal" };

  it.each([
    "postgresql://winauthmon:secret@db.example.com/winauthmon",
    "postgres://winauthmon:pa%23ss%2Fword%40@db.example.com:5433/winauthmon?sslmode=require",
    "postgresql://db.example.com",
    "postgresql://winauthmon:secret@[2001:db8::1]:5432/winauthmon",
    "postgresql:///winauthmon?host=/var/run/postgresql",
    "postgresql://first.example.com,second.example.com/winauthmon",
    connectionUrl(socket),
  ])("takes %s, as the driver does", async (url) => {
    expect(parseEnv({ DATABASE_URL: url }).DATABASE_URL).toBe(url);
    expect(
      parseEnv({ DATABASE_READ_URL: "postgresql://a/b, postgresql://c/d" }).DATABASE_READ_URL,
    ).toHaveLength(2);
    await connect(url).end();
  });

  it.each([
    "mysql://db/portal",
    "postgresql://winauthmon:pa#ss@db.example.com/winauthmon",
    "postgresql://winauthmon:pa/ss@db.example.com/winauthmon",
    "postgresql://winauthmon:pa?ss@db.example.com/winauthmon",
    "postgresql://winauthmon:50%off@db.example.com/winauthmon",
    "postgresql://db.example.com:port/winauthmon",
  ])("%s is refused in words that don't repeat it", (url) => {
    for (const name of ["DATABASE_URL", "DATABASE_READ_URL"]) {
      const refused = () => parseEnv({ [name]: url });
      expect(refused).toThrow(new RegExp(`  ${name}: must be .*percent-encode`));
      expect(refused).not.toThrow(url);
    }
  });
});

describe("a number", () => {
  it.each([
    ["8123", 8123],
    [" 8123 ", 8123],
    ["0", 0],
    ["", 8000],
  ])("is read from %j", (text, port) => {
    expect(parseEnv({ PORT: text }).PORT).toBe(port);
  });

  it.each([" ", "0x1f90", "8e3", "80.5", "-1", "eight", "65536"])("isn't read from %j", (text) => {
    expect(() => parseEnv({ PORT: text })).toThrow(/^Invalid configuration:\n {2}PORT: /);
  });
});
