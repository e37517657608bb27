import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { navOfCompany, resolveHref, SUB_PAGES, switchCompanyHref } from "@/components/layout/company-path";
import { can, type CompanyAction } from "@/lib/domain/permissions";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import { navigationFor } from "@/lib/server/navigation";

const PAGES = "app/(portal)/[company]";
const GUARD = /requireCompanyPermission\(\s*\w+,\s*"([\w:-]+)"/;

/** What the page at `/:company/<page>` requires, as its own guard says. */
function actionOf(page: string): CompanyAction {
  const folder = `${PAGES}/${page}`;
  const own = readdirSync(folder)
    .filter((name) => name.endsWith(".tsx"))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  const opened = [...own.join("\n").matchAll(/from "@\/(lib\/server\/[\w/-]+)"/g)];
  const sources = [...own, ...opened.map(([, module]) => readFileSync(`${module}.ts`, "utf8"))];
  return (sources.map((source) => GUARD.exec(source)?.[1]).find(Boolean) ?? "events:read") as CompanyAction;
}

const ACTIONS = new Map(
  readdirSync(PAGES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, actionOf(name)]),
);

const ROLES = ["CompanyAdmin", "User", null];
const PAIRS = ["GlobalAdmin", "Admin", "User"].flatMap((globalRole) =>
  ROLES.flatMap((first) => ROLES.map((second) => ({ globalRole, first, second }))),
);

type Access = Parameters<typeof navigationFor>[1];

/** What a person with these roles in companies 1 and 2 may see. */
function accessOf({ globalRole, first, second }: (typeof PAIRS)[number]) {
  const roles = [first, second].map((role, index) => ({ companyId: index + 1, role }));
  const memberships = roles.flatMap(({ companyId, role }) => (role === null ? [] : { companyId, role }));
  const actor = { userId: 1, globalRole, memberships };
  const seen = [1, 2].filter((companyId) => can(actor, "events:read", { companyId }));
  return { actor, companies: seen.map((id) => ({ id, name: `Company ${id}` })) };
}

const words = ((key: string) => key) as unknown as Parameters<typeof navigationFor>[0];

describe.each(PAIRS)("a $globalRole who is $first and $second", (roles) => {
  const { actor, companies } = accessOf(roles);
  const nav = navigationFor(words, { actor, companies } as unknown as Access);
  const places = [ALL_COMPANIES, ...companies.map(({ id }) => String(id))];
  const mayOpen = (href: string) => {
    const [, place = "", page = ""] = href.split(/[/?]/);
    const action = ACTIONS.get(page);
    const ids = place === ALL_COMPANIES ? companies.map(({ id }) => id) : [Number(place)];
    return action !== undefined && ids.some((companyId) => can(actor, action, { companyId }));
  };

  it.each(places)("is offered the pages that may be opened in %s, and all of them", (place) => {
    const offered = navOfCompany(nav, place)
      .flatMap(({ items }) => items.flatMap((item) => [item, ...(item.actions ?? [])]))
      .map(({ href }) => resolveHref(href, place))
      .filter((href) => href.startsWith(`/${place}/`));
    expect(offered.filter((href) => !mayOpen(href))).toEqual([]);
    const missing = [...ACTIONS.keys()].filter((page) => !offered.includes(`/${place}/${page}`));
    expect(missing.filter((page) => mayOpen(`/${place}/${page}`))).toEqual([]);
  });

  it.each(places)("is led from any page to one that may be opened in %s", (target) => {
    const paths = places.flatMap((place) => [...ACTIONS.keys()].map((page) => [place, page] as const));
    for (const [place, page] of paths) {
      const href = switchCompanyHref(nav, `/${place}/${page}/1`, place, target);
      const isOpen = mayOpen(`/${target}/${page}`);
      expect(href).toBe(isOpen ? `/${target}/${page}` : `/${target}/dashboard`);
    }
    expect(switchCompanyHref(nav, "/profile", null, target)).toBe(`/${target}/dashboard`);
  });

  it.each(places)("stays on a page below another in %s, where that may be opened", (target) => {
    for (const page of SUB_PAGES) {
      const isOpen = mayOpen(`/${target}/${page}`);
      expect(switchCompanyHref(nav, `/${ALL_COMPANIES}/${page}`, ALL_COMPANIES, target)).toBe(
        `/${target}/${isOpen ? page : "dashboard"}`,
      );
    }
  });
});

it("keeps every page below another whose address holds no id, each with the guard of the page above it", () => {
  const below = [...ACTIONS.keys()].flatMap((page) =>
    readdirSync(`${PAGES}/${page}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^\w/.test(entry.name))
      .map(({ name }) => `${page}/${name}`)
      .filter((subPage) => existsSync(`${PAGES}/${subPage}/page.tsx`)),
  );
  expect(below.toSorted()).toEqual([...SUB_PAGES].toSorted());
  for (const subPage of SUB_PAGES) {
    const [page] = subPage.split("/");
    const own = GUARD.exec(readFileSync(`${PAGES}/${subPage}/page.tsx`, "utf8"))?.[1];
    expect(own ?? ACTIONS.get(page!)).toBe(ACTIONS.get(page!));
  }
});

it("gives each page of the sidebar an icon of its own, but for the company's and the portal's of a kind", () => {
  const { actor, companies } = accessOf({ globalRole: "GlobalAdmin", first: "CompanyAdmin", second: null });
  const nav = navigationFor(words, { actor, companies } as unknown as Access);
  const icons = nav.flatMap(({ items }) => items.map(({ icon }) => icon));
  const repeated = icons.filter((icon, index) => icons.indexOf(icon) !== index);
  expect(repeated.toSorted()).toEqual(["audit", "notifications"]);
});

it("reads the guards of the pages", () => {
  expect(ACTIONS.size).toBeGreaterThan(15);
  expect(ACTIONS.get("audit")).toBe("audit:read-company");
  expect(ACTIONS.get("notifications")).toMatch(/^notifications:/);
  expect(ACTIONS.get("dashboard")).toBe("events:read");
});
