import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePosition, encodePosition, type EventPosition } from "@/lib/domain/events/event-cursor";
import { formatEventReference, parseEventReference } from "@/lib/domain/events/event-row";
import { EVENT_SORTS } from "@/lib/domain/events/filters";

const order = fc.record({ by: fc.constantFrom(...EVENT_SORTS), isDescending: fc.boolean() });
const position: fc.Arbitrary<EventPosition> = fc.record({
  order,
  companyId: fc.integer({ min: 1, max: 2_147_483_647 }),
  groupId: fc.integer({ min: 0, max: 2_147_483_647 }),
  occurredAt: fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) }),
  id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});

test("a cursor is read as it was written, in its own order only", () => {
  fc.assert(
    fc.property(position, order, (from, other) => {
      const cursor = encodePosition(from);
      expect(decodePosition(cursor, from.order)).toEqual(from);
      const isSame = other.by === from.order.by && other.isDescending === from.order.isDescending;
      expect(decodePosition(cursor, other)).toEqual(isSame ? from : null);
      expect(encodeURIComponent(cursor)).toBe(cursor);
    }),
  );
});

test("a cursor that was cut or changed anywhere is none", () => {
  fc.assert(
    fc.property(position, fc.nat(), fc.constantFrom(..."0123456789abcxyz~-"), (from, at, letter) => {
      const cursor = encodePosition(from);
      const index = at % cursor.length;
      expect(decodePosition(cursor.slice(0, index), from.order)).toBeNull();
      const changed = cursor.slice(0, index) + letter + cursor.slice(index + 1);
      expect(decodePosition(changed, from.order)).toEqual(changed === cursor ? from : null);
    }),
  );
});

test("no other text is a cursor", () => {
  fc.assert(
    fc.property(fc.string(), order, (text, asked) => {
      expect(decodePosition(text, asked)).toBeNull();
    }),
  );
});

test("a reference to an event is read as it was written, and nothing else is", () => {
  fc.assert(
    fc.property(position, ({ companyId, occurredAt, id }) => {
      expect(parseEventReference(formatEventReference({ companyId, occurredAt, id }))).toEqual({
        companyId,
        occurredAt,
        id,
      });
    }),
  );
  for (const text of [
    "",
    "1-2",
    "0-1-1",
    "1-1-0",
    "1-1-1-1",
    "1--1-1",
    "4294967296-1-1",
    "1-999999999999999-1",
    "1-1-9999999999999999",
  ]) {
    expect(parseEventReference(text)).toBeNull();
  }
});
