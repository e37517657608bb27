import { describe, expect, it } from "vitest";
import { listedCompanies } from "@/lib/server/listed-companies";
import type { CompanyView } from "@/lib/server/guards";

const companies = [
  { id: 1, name: "First" },
  { id: 2, name: "Second" },
];
const viewOf = (company: (typeof companies)[number] | null) =>
  ({
    company,
    companyRef: company ? String(company.id) : "all",
    scope: { companyIds: company ? [company.id] : [1, 2] },
    access: { companies },
  }) as unknown as CompanyView;
const names = { 1: "First", 2: "Second" };

describe("the list of a page", () => {
  it("of all companies is of all of them, and tells which there are", () => {
    const { only, scope, ignored, names: told } = listedCompanies(viewOf(null), {});
    expect({ only, ids: scope.companyIds, ignored }).toEqual({ only: null, ids: [1, 2], ignored: [] });
    expect(told).toEqual({ companyRef: "all", heldRef: "all", companyNames: names, companyChoices: names });
  });

  it("held to one company is of that one alone, as are its files; links stay in all companies", () => {
    const { only, scope, ignored, names: told } = listedCompanies(viewOf(null), { only: "2" });
    expect({ only, ids: scope.companyIds, ignored }).toEqual({ only: 2, ids: [2], ignored: [] });
    expect(told).toEqual({ companyRef: "all", heldRef: "2", companyNames: undefined, companyChoices: names });
  });

  it.each(["3", "nonsense", "0"])(
    "is never held to a company that isn't in view, and says so: %s",
    (only) => {
      const { scope, ignored } = listedCompanies(viewOf(null), { only });
      expect({ ids: scope.companyIds, ignored }).toEqual({ ids: [1, 2], ignored: ["only"] });
    },
  );

  it("says nothing of an empty wish", () => {
    expect(listedCompanies(viewOf(null), { only: "" })).toMatchObject({ only: null, ignored: [] });
  });

  it("of one company stays of that one, whatever the address says", () => {
    const { only, scope, ignored, names: told } = listedCompanies(viewOf(companies[0]!), { only: "2" });
    expect({ only, ids: scope.companyIds, ignored }).toEqual({ only: null, ids: [1], ignored: ["only"] });
    expect(told).toEqual({
      companyRef: "1",
      heldRef: "1",
      companyNames: undefined,
      companyChoices: undefined,
    });
    expect(listedCompanies(viewOf(companies[0]!), { only: "1" }).ignored).toEqual([]);
  });
});
