import { describe, expect, it } from "vitest";
import { SpoolRoom, type KeptFile } from "@/lib/export/spool-room";

const MEBIBYTE = 1024 * 1024;
const FULL = { code: "limited", message: expect.stringContaining("waiting to be downloaded") };

function opened() {
  const room = new SpoolRoom();
  const kept: KeptFile[] = [];
  const open = (lane: string, reader = `${lane}, reader ${kept.length}`) => {
    kept.push(room.open({ reader, lane }));
    return kept.at(-1)!;
  };
  /** Opens files of so many MiB, of ever more readers of one lane, until one is refused. */
  const fill = (lane: string, mebibytes: number) => {
    for (;;) {
      const file = open(lane);
      try {
        room.grow(file, mebibytes * MEBIBYTE);
      } catch (error) {
        room.close(kept.pop()!);
        throw error;
      }
    }
  };
  const ofLane = (lane: string) => kept.filter((file) => file.lane === lane);
  return { room, kept, open, fill, ofLane };
}

describe("the files of one company", () => {
  it.each([1, 100, 250])("leave room for those of another, at %i MiB each", (mebibytes) => {
    const { room, open, fill, ofLane } = opened();
    expect(() => fill("1", mebibytes)).toThrow(expect.objectContaining(FULL));
    expect(ofLane("1").length).toBeLessThanOrEqual(12);
    const other = open("2");
    room.grow(other, 250 * MEBIBYTE);
    expect(other.bytes).toBe(250 * MEBIBYTE);
  });

  it("leave room for one more while eight companies have as many as they may", () => {
    const { kept, open, fill } = opened();
    for (let company = 1; company <= 8; company += 1) {
      expect(() => fill(`${company}`, 1)).toThrow(expect.objectContaining(FULL));
    }
    expect(kept.length).toBeGreaterThan(40);
    expect(open("another").bytes).toBe(0);
  });

  it("make room again when they are closed", () => {
    const { room, fill, open, ofLane } = opened();
    expect(() => fill("1", 1)).toThrow(expect.objectContaining(FULL));
    const count = ofLane("1").length;
    room.close(ofLane("1")[0]!);
    expect(open("1").bytes).toBe(0);
    expect(() => open("1")).toThrow(expect.objectContaining(FULL));
    expect(count).toBe(12);
  });
});
