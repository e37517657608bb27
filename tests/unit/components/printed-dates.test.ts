import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { PrintView } from "@/components/exports/print-view";
import type { CellKind } from "@/lib/domain/reports/report-table";
import messages from "@/messages/en.json";

const CELLS: readonly (readonly [CellKind, string])[] = [
  ["date", "2026-11-28"],
  ["instant", "2026-11-29 08:57:58"],
  ["text", "anna was active at 2026-11-30 08:57, and before on 2026-11-27."],
];

/** The markup of a printed table with a row of the cells, and as many empty columns behind. */
function printed(emptyColumns: number): string {
  const cells = [...CELLS, ...Array.from({ length: emptyColumns }, () => ["text", ""] as const)];
  const view = createElement(PrintView, {
    title: "Alerts",
    lines: [],
    columns: cells.map(([kind], at) => ({ id: String(at), header: "", kind })),
    rows: [cells.map(([, text]) => text)],
    totals: [],
    hasTickBoxes: false,
    isCut: false,
  });
  const texts = { locale: "en" as const, timeZone: "UTC", messages, children: view };
  return renderToStaticMarkup(createElement(NextIntlClientProvider, texts));
}

it.each([0, 9])("tears no day of a printed table with %i more columns", (emptyColumns) => {
  const markup = printed(emptyColumns);
  const whole = [...markup.matchAll(/class="[^"]*whitespace-nowrap[^"]*">([^<]*)</g)].map(([, text]) => text);
  expect(whole.flatMap((text) => text!.match(/\d{4}-\d{2}-\d{2}/g) ?? [])).toEqual([
    "2026-11-28",
    "2026-11-29",
    "2026-11-30",
    "2026-11-27",
  ]);
  expect(markup.replaceAll(/<[^>]+>/g, "")).toContain(CELLS.map(([, text]) => text).join(""));
});
