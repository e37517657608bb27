import { expect, it } from "vitest";
import { roomOfCheck } from "@/lib/domain/operations/check-room";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

it.each([
  ["beside a small database whose log is small", 400 * MIB, 16 * MIB, 600 * MIB + 384 * MIB],
  ["beside one whose log has grown", 400 * MIB, 1168 * MIB, 600 * MIB],
  ["beside a large one, whose log grows to its limit", 10 * GIB, 512 * MIB, 15 * GIB + 1.5 * GIB],
  ["apart", 400 * MIB, null, 600 * MIB + 512 * MIB + 400 * MIB],
  ["apart, of a large one", 10 * GIB, null, 15 * GIB + 0.5 * GIB + 2 * GIB],
])("the room of a check %s", (_, bytes, logBytes, room) => {
  expect(roomOfCheck({ bytes, logBytes })).toBe(room);
});

it("the room of a check is enough for one that was measured: 674 MiB beside a database of 470 MiB", () => {
  expect(roomOfCheck({ bytes: 470 * MIB, logBytes: 1168 * MIB })).toBeGreaterThan(674 * MIB);
});
