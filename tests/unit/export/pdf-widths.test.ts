import fc from "fast-check";
import { expect, it } from "vitest";
import { pdfColumnWidths } from "@/lib/export/pdf-widths";

const text = (full: number) => ({ isText: true, least: 5, full });
const fixed = (full: number) => ({ isText: false, least: 5, full });

it.each([
  ["all fit", [fixed(30), text(20), text(40)], 200, [30, 20, 40]],
  ["one long text gets the rest", [fixed(30), text(20), text(900), text(25)], 200, [30, 20, 125, 25]],
  ["long texts share", [fixed(40), text(20), text(900), text(500)], 200, [40, 20, 70, 70]],
  ["nothing fits", [fixed(100), fixed(100), text(500)], 120, [40, 40, 40]],
])("%s", (_, wanted, available, widths) => expect(pdfColumnWidths(wanted, available)).toEqual(widths));

it("never goes beyond the page, and cuts nothing but texts while there is room for their headers", () => {
  const column = fc.record({ isText: fc.boolean(), least: fc.nat(20), full: fc.nat(900) });
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 20 }), (columns) => {
      const wanted = columns.map((each) => ({ ...each, full: Math.max(each.least, each.full) }));
      const widths = pdfColumnWidths(wanted, 273);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeLessThanOrEqual(273 + 1e-6);
      const needed = wanted.reduce((sum, { isText, least, full }) => sum + (isText ? least : full), 0);
      wanted.forEach(({ full }, at) => expect(widths[at]).toBeLessThanOrEqual(full));
      const isRoomy = needed <= 273;
      const cut = wanted.filter(({ isText, full }, at) => !isText && widths[at] !== full);
      expect(isRoomy ? cut : []).toEqual([]);
    }),
  );
});
