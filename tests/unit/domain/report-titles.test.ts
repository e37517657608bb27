import { expect, it } from "vitest";
import { reportTitle, REPORT_TITLES } from "@/lib/domain/reports/report-titles";
import { TABLES } from "@/lib/services/tables/registry";
import { sourceFiles } from "../../support/source-files";

it("calls each table in the audit trail as its screen and its files do", () => {
  const titles = TABLES.map(({ name, title }) => [name, title]);
  expect(titles.map(([name]) => [name, REPORT_TITLES[name!]])).toEqual(titles);
});

it("knows the other lists whose files the audit trail names", () => {
  const sources = [...sourceFiles(["lib/server"]).values()];
  const named = sources.flatMap((source) =>
    [...source.matchAll(/\breport: "([a-z-]+)"/g)].map(([, name]) => name!),
  );
  expect(named.toSorted()).toEqual(["company-list", "users"]);
  expect(named.filter((name) => !Object.hasOwn(REPORT_TITLES, name))).toEqual([]);
});

it("leaves a name that this version doesn't know as it is", () => {
  expect(reportTitle("toString")).toBe("toString");
});
