import { describe, expect, it } from "vitest";
import { readOriginalEvent } from "@/lib/domain/import/original-event";
import { booleanOf, integerOf, textOf } from "@/lib/domain/import/stored-value";

const NOW = Date.UTC(2026, 0, 1);
const AT = Date.UTC(2025, 5, 1);
const row = {
  event_type: "Sign-In",
  user_name: "ACME\\jane",
  computer_name: "WS-01",
  local_ip: "",
  retry: 1,
};

describe("a log of the original", () => {
  it("is read as an agent's event", () => {
    const read = readOriginalEvent({ ...row, public_ip: "203.0.113.9" }, AT, NOW);
    expect(read).toMatchObject({
      ok: true,
      isTidied: false,
      event: {
        kind: "logon",
        eventType: "Sign-In",
        userKey: "acme\\jane",
        localIp: null,
        publicIp: "203.0.113.9",
        retry: 1,
      },
    });
  });

  it("of an older database has its address in ip_address", () => {
    const { local_ip: _, ...older } = row;
    expect(readOriginalEvent({ ...older, ip_address: "10.0.0.1" }, AT, NOW)).toMatchObject({
      event: { localIp: "10.0.0.1" },
    });
  });

  it.each([
    ["a\u0000b\r\nc", "a b c"],
    ["x".repeat(300), "x".repeat(255)],
    ["😀".repeat(300), "😀".repeat(255)],
  ])("keeps what can be kept of a bad name", (name, kept) => {
    const read = readOriginalEvent({ ...row, user_name: name }, AT, NOW);
    expect(read).toMatchObject({ ok: true, isTidied: true, event: { userName: kept } });
  });

  it("with nothing left of a name is skipped", () => {
    const read = readOriginalEvent({ ...row, user_name: "\u0000 \r\n" }, AT, NOW);
    expect(read).toEqual({ ok: false, reason: "its user_name is empty" });
  });

  it.each([
    [Date.UTC(1999, 11, 31), "its time is before 2000-01-01"],
    [Date.UTC(1970, 0, 1), "its time is before 2000-01-01"],
    [Date.UTC(2999, 0, 1), "its time is more than a day in the future"],
  ])("at %s is skipped", (at, reason) => {
    expect(readOriginalEvent(row, at, NOW)).toEqual({ ok: false, reason });
  });
});

describe("values as the databases give them", () => {
  it.each([
    [1, true],
    [0, false],
    ["1", true],
    ["0", false],
    ["t", true],
    ["f", false],
    [true, true],
    [false, false],
    [1n, true],
    [Buffer.from([1]), true],
    [Buffer.from([0]), false],
    [null, null],
  ])("%s as a boolean", (value, read) => {
    expect(booleanOf(value)).toBe(read);
  });

  it("as numbers and texts", () => {
    expect([integerOf("12"), integerOf(12n), integerOf(null), integerOf("x"), integerOf("")]).toEqual([
      12,
      12,
      null,
      null,
      null,
    ]);
    expect([textOf(Buffer.from("é")), textOf(5), textOf(null)]).toEqual(["é", "5", null]);
  });
});
