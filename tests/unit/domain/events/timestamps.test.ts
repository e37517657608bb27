import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTimestamp } from "@/lib/domain/events/timestamps";

const NOW = Date.UTC(2025, 5, 1, 12);
const HOUR = 3_600_000;

function instant(value: unknown): string {
  const result = parseTimestamp(value, NOW);
  return result.ok ? new Date(result.at).toISOString() : result.message;
}

describe("accepted timestamps", () => {
  it.each([
    ["2025-05-25T14:30:00Z", "2025-05-25T14:30:00.000Z"],
    ["2025-05-25t14:30:00z", "2025-05-25T14:30:00.000Z"],
    ["2025-05-25 14:30:00Z", "2025-05-25T14:30:00.000Z"],
    ["2025-05-25 14:30:00 Z", "2025-05-25T14:30:00.000Z"],
    ["2025-05-25T14:30:00.1234567+01:00", "2025-05-25T13:30:00.123Z"],
    ["2025-05-25T14:30:00.1234567+0100", "2025-05-25T13:30:00.123Z"],
    ["2025-05-25T14:30:00.1+00:00", "2025-05-25T14:30:00.100Z"],
    ["2025-05-25T14:30:00.12Z", "2025-05-25T14:30:00.120Z"],
    ["2025-05-25T14:30:00.999999999Z", "2025-05-25T14:30:00.999Z"],
    ["2025-05-25T14:30:00.0009Z", "2025-05-25T14:30:00.000Z"],
    ["2025-05-25T14:30:00", "2025-05-25T14:30:00.000Z"],
    ["2025-05-25 14:30:00", "2025-05-25T14:30:00.000Z"],
    ["2025-05-25 14:30:00.5", "2025-05-25T14:30:00.500Z"],
    ["2025-04-27 08:50:35 BST", "2025-04-27T07:50:35.000Z"],
    ["2025-04-27 08:50:35   bst", "2025-04-27T07:50:35.000Z"],
    ["2025-01-27 08:50:35 BST", "2025-01-27T07:50:35.000Z"],
    ["2025-04-27 08:50:35 GMT", "2025-04-27T08:50:35.000Z"],
    ["2025-04-27 08:50:35utc", "2025-04-27T08:50:35.000Z"],
    ["2025-04-27T08:50:35.25 Utc", "2025-04-27T08:50:35.250Z"],
    ["2025-04-27 08:50:35 +05:45", "2025-04-27T03:05:35.000Z"],
    ["2025-04-27 08:50:35-0330", "2025-04-27T12:20:35.000Z"],
    ["2025-04-27T23:59:59+23:59", "2025-04-27T00:00:59.000Z"],
    ["2025-04-27T00:00:00-23:59", "2025-04-27T23:59:00.000Z"],
    ["2025-04-27T00:00:00-00:00", "2025-04-27T00:00:00.000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"],
    ["2000-01-01T00:00:00Z", "2000-01-01T00:00:00.000Z"],
    ["1999-12-31T23:30:00-01:00", "2000-01-01T00:30:00.000Z"],
    [1748183400, "2025-05-25T14:30:00.000Z"],
    [1748183400.123, "2025-05-25T14:30:00.123Z"],
    [1748183400.9999, "2025-05-25T14:30:00.999Z"],
    [1748183400.05, "2025-05-25T14:30:00.050Z"],
    [1748183400123, "2025-05-25T14:30:00.123Z"],
    [1748183400123.9, "2025-05-25T14:30:00.123Z"],
    [946684800, "2000-01-01T00:00:00.000Z"],
  ])("reads %j as %s", (value, expected) => {
    expect(instant(value)).toBe(expected);
  });

  it("truncates every millisecond of Unix seconds exactly", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 946684800, max: 1748779200 }),
        fc.integer({ min: 0, max: 999 }),
        (seconds, ms) => {
          const value = Number(`${seconds}.${String(ms).padStart(3, "0")}`);
          expect(parseTimestamp(value, NOW)).toMatchObject({ ok: true, at: seconds * 1000 + ms });
        },
      ),
    );
  });

  it("reads back every instant since 2000 in every offset and precision", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0, 2), max: NOW }),
        fc.integer({ min: -1439, max: 1439 }),
        fc.constantFrom("T", " ", "t"),
        fc.constantFrom("", " ", "  "),
        fc.boolean(),
        fc.integer({ min: 0, max: 6 }).chain((length) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))),
        (at, offset, separator, gap, hasColon, finer) => {
          const local = new Date(at + offset * 60_000).toISOString();
          const size = Math.abs(offset);
          const hours = String(Math.floor(size / 60)).padStart(2, "0");
          const minutes = String(size % 60).padStart(2, "0");
          const zone = `${offset < 0 ? "-" : "+"}${hours}${hasColon ? ":" : ""}${minutes}`;
          const text = `${local.slice(0, 10)}${separator}${local.slice(11, 23)}${finer}${gap}${zone}`;
          expect(parseTimestamp(text, NOW)).toEqual({ ok: true, at, isSkewed: false });
        },
      ),
    );
  });
});

describe("refused timestamps", () => {
  it.each([undefined, null, ""])("calls %j missing", (value) => {
    expect(instant(value)).toBe("Timestamp is required");
  });

  it.each([
    true,
    false,
    [],
    {},
    ["2025-05-25T14:30:00Z"],
    NaN,
    Infinity,
    "1748183400",
    "1748183400123",
    " ",
    "yesterday",
    "2025-05-25",
    "2025-05-25T14:30",
    "2025-05-25T14:30Z",
    "2025-05-25T14:30:0Z",
    "2025-5-25T14:30:00Z",
    "25-05-25T14:30:00Z",
    "+002025-05-25T14:30:00Z",
    "2025-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2025-04-31T00:00:00Z",
    "2025-00-10T00:00:00Z",
    "2025-13-10T00:00:00Z",
    "2025-05-00T00:00:00Z",
    "2025-05-32T00:00:00Z",
    "2025-05-25T24:00:00Z",
    "2025-05-25T23:60:00Z",
    "2025-05-25T23:59:60Z",
    "2025-05-25T14:30:00.Z",
    "2025-05-25T14:30:00.1234567890Z",
    "2025-05-25T14:30:00,5Z",
    "2025-05-25T14:30:00+24:00",
    "2025-05-25T14:30:00+01:60",
    "2025-05-25T14:30:00+01",
    "2025-05-25T14:30:00+1:00",
    "2025-05-25T14:30:00+010",
    "2025-05-25T14:30:00+01:000",
    "2025-05-25T14:30:00 CET",
    "2025-05-25T14:30:00 Europe/London",
    "2025-05-25T14:30:00ZZ",
    "2025-05-25T14:30:00Z ",
    " 2025-05-25T14:30:00Z",
    "2025-05-25  14:30:00Z",
    "2025-05-25_14:30:00Z",
    "2025/05/25 14:30:00",
    "25/05/2025 14:30:00",
    "٢٠٢٥-05-25T14:30:00Z",
    "2025-05-25T14:30:00Z'; drop table events; --",
    `2025-05-25T14:30:00${" ".repeat(100_000)}Z`,
  ])("refuses %j by name", (value) => {
    expect(instant(value)).toMatch(/^Timestamp must be an RFC 3339 time/);
  });

  it.each([
    "1999-12-31T23:59:59.999Z",
    "2000-01-01T00:30:00+01:00",
    "0001-01-01T00:00:00",
    0,
    -1,
    -1.5,
    1e-9,
    946684799,
    -1e15,
  ])("refuses %j as too old", (value) => {
    expect(instant(value)).toBe("Timestamp must not be before 2000-01-01");
  });

  it.each(["9999-12-31T23:59:59Z", "2025-06-02T12:00:00.001Z", 99_999_999_999, 1e300])(
    "refuses %j as too far ahead",
    (value) => {
      expect(instant(value)).toBe("Timestamp must not be more than 24 hours in the future");
    },
  );

  it("accepts exactly 24 hours ahead, and flags skew from the first moment after 5 minutes", () => {
    const ahead = (ms: number) => parseTimestamp(NOW + ms, new Date(NOW));
    expect(ahead(24 * HOUR)).toEqual({ ok: true, at: NOW + 24 * HOUR, isSkewed: true });
    expect(ahead(5 * 60_000 + 1)).toMatchObject({ isSkewed: true });
    expect(ahead(5 * 60_000)).toMatchObject({ isSkewed: false });
    expect(ahead(-365 * 24 * HOUR)).toMatchObject({ isSkewed: false });
  });

  it("never throws, whatever arrives, and what it accepts is a whole millisecond", () => {
    const shaped = fc
      .array(fc.constantFrom(..."0123456789-:.TtZz+ BSTUCGMé\u0000"), { maxLength: 40 })
      .map((chars) => chars.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.double(), fc.string(), shaped), (value) => {
        const result = parseTimestamp(value, NOW);
        expect(result.ok ? Number.isInteger(result.at) : result.message.includes("Timestamp")).toBe(true);
      }),
    );
  });
});
