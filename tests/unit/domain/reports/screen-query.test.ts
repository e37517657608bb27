import { expect, it } from "vitest";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";

it("shows what it understands of an address and names the rest", () => {
  const { query, ignored } = readScreenQuery(timeSpentQuery, {
    range: "30d",
    group_by: "nobody",
    split: ["off", "on"],
    site: "-1",
    tz: "",
    q: " anna ",
    page: "7",
  });
  expect(query).toEqual({
    range: "30d",
    group_by: "user",
    split: "off",
    q: "anna",
    per: "day",
    sort: "-date",
  });
  expect(ignored.toSorted()).toEqual(["group_by", "site"]);
});

it("takes no notice of members that only look like parameters", () => {
  expect(readScreenQuery(timeSpentQuery, { constructor: "x", ["__proto__"]: "y" } as never).ignored).toEqual(
    [],
  );
});
