import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameKey } from "@/lib/domain/events/wire";
import { isViewOfAccount } from "@/lib/domain/reports/saved-view";
import { TABLES } from "@/lib/services/tables/registry";
import { savableTitle, viewHref } from "@/lib/services/views/savable-tables";
import { newViewForm } from "@/lib/services/views/view-input";

const SAVABLE_TABLES = TABLES.filter(({ screen }) => screen).map(({ name }) => name);

const view = (table: string, query = "", columns: string[] = []) => ({ table, query, columns });

describe("a saved view", () => {
  it("is of a table with a screen of its own, whose page there is", () => {
    expect(SAVABLE_TABLES.length).toBeGreaterThan(10);
    const pages = readdirSync("app/(portal)/[company]", { recursive: true, encoding: "utf8" }).map(
      (file) => `/7/${file.replaceAll("\\", "/").replace(/(\/\(list\))?\/page\.tsx$/, "")}`,
    );
    const addresses = SAVABLE_TABLES.map((table) => viewHref("7", view(table))!.split("?")[0]!);
    expect(addresses.filter((address) => !pages.includes(address))).toEqual([]);
  });

  it.each([
    [
      view("failures", "range=last-month&sort=-failures", ["name", "failures"]),
      "/7/failures?range=last-month&sort=-failures&columns=name,failures",
    ],
    [view("inactive", "days=90"), "/7/logons?view=inactive&days=90"],
    [view("concurrent-sessions"), "/7/who-was-on/concurrent"],
    [view("events", "from=2026-01-05T08:00&page=3&company=9"), "/7/events?from=2026-01-05T08:00"],
    [view("deliveries"), null],
    [view("constructor"), null],
  ])("opens at its screen: %o", (saved, href) => {
    expect(viewHref("7", saved)).toBe(href);
  });

  it("never leads to another place than a screen of its company, whatever is stored", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAVABLE_TABLES),
        fc.string(),
        fc.array(fc.string()),
        (table, query, columns) => {
          const url = new URL(viewHref("7", view(table, query, columns))!, "https://portal.example");
          expect(url.origin).toBe("https://portal.example");
          expect(url.pathname).toBe(new URL(viewHref("7", view(table))!, "https://portal.example").pathname);
          expect(url.searchParams.has("company")).toBe(false);
        },
      ),
    );
  });

  it("keeps the filters and leaves out what only pages", () => {
    const form = {
      name: " Mine ",
      table: "events",
      query: "q=a%26b&page=2&format=pdf&sort=-time",
      columns: "time,,user,time",
    };
    expect(newViewForm.parse(form)).toEqual({
      name: "Mine",
      table: "events",
      query: "q=a%26b&sort=-time",
      columns: ["time", "user"],
      shared: false,
    });
    expect(newViewForm.safeParse({ ...form, table: "deliveries" }).success).toBe(false);
    expect(newViewForm.safeParse({ ...form, name: " " }).success).toBe(false);
    expect(newViewForm.safeParse({ ...form, query: "q".repeat(2_001) }).success).toBe(false);
  });

  it("names a table that is gone as it was stored", () => {
    expect(savableTitle("failures")).toEqual({ key: "reports.failuresTitle" });
    expect(savableTitle("of-old")).toBe("of-old");
  });

  it.each([
    ["account=5", true],
    ["account=55", false],
    ["q=ANN", true],
    ["q=+ann+", true],
    ["q=corp%5Cann", true],
    ["q=an", false],
    ["q=", false],
    ["computer=5", false],
  ])("holds to an account by its id or its whole name: %s", (query, isOf) => {
    expect(isViewOfAccount({ query }, { id: 5, names: ["corp\\ann", "ann"] }, nameKey)).toBe(isOf);
  });
});
