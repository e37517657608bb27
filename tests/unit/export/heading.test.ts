import { describe, expect, it } from "vitest";
import { ianaZone } from "@/lib/domain/zones";
import { ENGLISH_READER } from "@/lib/english";
import { exportFileName } from "@/lib/export/file-name";
import { wordHeading, type ExportHeading } from "@/lib/export/heading";

const MADE = Date.UTC(2026, 0, 9, 12);
const MIDNIGHT = Date.UTC(2026, 0, 4, 23);

function headingOf(range: ExportHeading["range"]): ExportHeading {
  const zone = ianaZone("Europe/Paris");
  const facts = { title: "Any", companyName: "Acme", range, filterWords: [], zone, madeAt: MADE };
  return wordHeading(facts, ENGLISH_READER);
}

function nameOf(range: ExportHeading["range"]): string {
  return exportFileName("any", headingOf(range), "csv");
}

describe("the heading of a file", () => {
  it("names a moment as one, and a range by both its ends", () => {
    expect(headingOf({ from: MIDNIGHT, to: MIDNIGHT }).lines[1]).toEqual(["Time", "2026-01-05 00:00"]);
    expect(headingOf({ from: MIDNIGHT, to: MIDNIGHT + 60_000 }).lines[1]).toEqual([
      "Period",
      "2026-01-05 00:00 to 2026-01-05 00:01",
    ]);
    expect(headingOf(null).lines[1]).toEqual(["Period", "Any time"]);
  });

  it("gives a file of a moment the name of its one day, also at midnight", () => {
    expect(nameOf({ from: MIDNIGHT, to: MIDNIGHT })).toBe("any_Acme_2026-01-05.csv");
    expect(nameOf({ from: MIDNIGHT, to: MIDNIGHT + 1 })).toBe("any_Acme_2026-01-05_2026-01-05.csv");
    expect(nameOf({ from: MIDNIGHT, to: null })).toBe("any_Acme_2026-01-05_2026-01-09.csv");
    expect(nameOf(null)).toBe("any_Acme_2026-01-09.csv");
  });
});
