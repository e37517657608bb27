import { describe, expect, it } from "vitest";
import type { PlainCells } from "@/lib/domain/reports/report-table";
import { writePdf } from "@/lib/export/pdf";
import { readPdf } from "../../support/pdf-text";
import { bytesOf, inBatches, SAMPLE_COLUMNS, SAMPLE_HEADING } from "../../support/sample-table";

const AT = Date.parse("2026-07-01T08:00:00Z");
const row = (name: string, count: number): PlainCells => [
  name,
  count,
  90_061,
  AT,
  "2026-07-01",
  count % 2 === 0,
];
const write = async (rows: readonly PlainCells[]) =>
  readPdf(await bytesOf(writePdf(SAMPLE_HEADING, SAMPLE_COLUMNS, inBatches(rows, 50))));

describe("a PDF, read by another library", () => {
  it("has every cell of every row, in order, under headers that every page repeats", async () => {
    const rows = Array.from({ length: 130 }, (_, at) => row(`person-${at}`, at));
    const pages = await write(rows);
    expect(pages.length).toBeGreaterThan(2);
    for (const { texts, width, height } of pages) {
      expect(width).toBeGreaterThan(height);
      const start = texts.indexOf("Name");
      expect(texts.slice(start, start + 6)).toEqual(["Name", "Count", "Spent", "At", "Day", "New"]);
    }
    const texts = pages.flatMap((page) => page.texts);
    const cells = texts
      .slice(texts.indexOf("person-0"))
      .filter((text) => /^(person-\d+|\d+|25:01:01|2026-07-01( 10:00:00)?|yes|no)$/.test(text));
    expect(cells).toEqual(
      rows.flatMap(([name, count]) => [
        name,
        String(count),
        "25:01:01",
        "2026-07-01 10:00:00",
        "2026-07-01",
        Number(count) % 2 === 0 ? "yes" : "no",
      ]),
    );
  });

  it("numbers its pages and says company, range, filters and zone", async () => {
    const pages = await write(Array.from({ length: 60 }, (_, at) => row("x", at)));
    pages.forEach(({ texts }, at) => expect(texts).toContain(`Page ${at + 1} of ${pages.length}`));
    const first = pages[0]!.texts.join(" ");
    for (const words of [
      "Çelik & Söhne <GmbH>",
      "2026-07-01 00:00 to 2026-07-03 00:00",
      "Site: Madrid; Search: a&b",
      "Europe/Madrid",
    ]) {
      expect(first).toContain(words);
    }
  });

  it("shows names in the scripts of its font, and says where it lacks a character", async () => {
    const [known] = await write([row("Жанна Ωmega Ünal Արամ", 1)]);
    expect(known!.texts.join(" ")).toContain("Жанна Ωmega Ünal Արամ");
    expect(known!.texts.join(" ")).not.toContain("□");
    const [unknown] = await write([row("山田 🙂 Yamada", 1)]);
    expect(unknown!.texts.join(" ")).toContain("□□ □ Yamada");
    expect(unknown!.texts.join(" ")).toContain("replaces characters that aren't in this file's font");
  });

  it.each([
    ["one long word", "w".repeat(255)],
    ["many words", "de la Torre y ".repeat(18).trim()],
    ["a script it lacks", "山".repeat(255)],
  ])("wraps one name of 255 letters and leaves all other cells whole (%s)", async (_, name) => {
    const plain = Array.from({ length: 200 }, (_unused, at) => row(`person-${at}`, at));
    const usual = await write(plain);
    const pages = await write([...plain, row(name, 999_999)]);
    expect(pages.length).toBeLessThanOrEqual(usual.length + 1);
    const texts = pages.flatMap((page) => page.texts);
    expect(texts.filter((text) => text === "2026-07-01 10:00:00")).toHaveLength(201);
    expect(texts.filter((text) => text === "25:01:01")).toHaveLength(201);
    expect(texts).toContain("999999");
  });

  it("says so when there are no rows", async () => {
    const [page] = await write([]);
    expect(page!.texts).toContain("No rows");
  });
});
