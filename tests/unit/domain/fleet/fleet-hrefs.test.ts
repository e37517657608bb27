import { expect, it } from "vitest";
import { addressHref, FLEET_HREFS } from "@/lib/domain/fleet/fleet-hrefs";
import { personHref } from "@/lib/domain/privacy/person-href";
import { computersQuery } from "@/lib/domain/reports/computers";
import { failuresQuery } from "@/lib/domain/reports/failures";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";

const paramsOf = (href: string) => Object.fromEntries(new URLSearchParams(href.split("?")[1]));

it.each([
  ["an account", FLEET_HREFS.accounts(3, 7), "/3/accounts/7"],
  ["a computer of all companies", FLEET_HREFS.computers("all", 9), "/all/computers/9"],
  ["a site", FLEET_HREFS.sites(3, 2), "/3/computers?site=2"],
])("leads to %s", (_, href, expected) => {
  expect(href).toBe(expected);
});

it("holds a list to what it is led to by", () => {
  const site = readScreenQuery(computersQuery, paramsOf(FLEET_HREFS.sites(3, 2)));
  expect({ site: site.query.site, ignored: site.ignored }).toEqual({ site: 2, ignored: [] });
  const address = readScreenQuery(failuresQuery, paramsOf(addressHref(3, "fe80::1%eth0&x")));
  expect({ address: address.query.address, ignored: address.ignored }).toEqual({
    address: "fe80::1%eth0&x",
    ignored: [],
  });
});

it("finds a person by the whole name, whatever it has in it", () => {
  const href = personHref({ companyId: 3, name: String.raw`CORP\Anna & Ben+1` });
  expect(href.startsWith("/3/privacy?")).toBe(true);
  expect(paramsOf(href)).toEqual({ q: String.raw`CORP\Anna & Ben+1` });
});
