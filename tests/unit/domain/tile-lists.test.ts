import { expect, it } from "vitest";
import type { z } from "zod";
import { computersQuery } from "@/lib/domain/reports/computers";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";
import { siteKeysQuery } from "@/lib/domain/reports/site-keys";
import { silentSitesHref } from "@/lib/domain/tile-lists";

it.each([
  ["all companies", "all", true, undefined, "/all/sites?health=silent"],
  ["one of all companies", "all", true, 5, "/all/sites?only=5&health=silent"],
  ["the one company in view", "5", true, 5, "/5/sites"],
  [
    "all companies, whose sites the reader may not open",
    "all",
    false,
    undefined,
    "/all/computers?health=silent",
  ],
  ["one company, whose sites the reader may not open", "all", false, 5, "/5/computers?health=silent"],
])("leads to the silent sites of %s", (_, companyRef, maySeeSites, only, href) => {
  expect(silentSitesHref(companyRef, maySeeSites, only)).toBe(href);
});

it.each<[string, string, z.ZodObject]>([
  ["sites", silentSitesHref("all", true, 5), siteKeysQuery],
  ["computers", silentSitesHref("all", false), computersQuery],
])("holds the list of %s to silent ones", (_, href, schema) => {
  const params = Object.fromEntries(new URLSearchParams(href.split("?")[1]));
  const { query, ignored } = readScreenQuery(schema, params);
  expect({ ...query, ignored }).toMatchObject({ health: "silent", ignored: [] });
});
