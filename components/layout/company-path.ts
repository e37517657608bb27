import { ALL_COMPANIES, type NavItem, type NavModel, type ShellCompany } from "@/lib/domain/nav-model";

const placeholder = "/:company/";

/** The company a path speaks of: its first segment when that is `all` or one of the companies, else null. */
export function companyOfPath(pathname: string, companies: readonly ShellCompany[]): string | null {
  const segment = pathname.split("/")[1] ?? "";
  if (segment === ALL_COMPANIES) return ALL_COMPANIES;
  return companies.some((company) => company.id === segment) ? segment : null;
}

/** Fills `/:company/…` in; other hrefs stay as they are. */
export function resolveHref(href: string, companyId: string): string {
  return href.startsWith(placeholder) ? `/${companyId}/${href.slice(placeholder.length)}` : href;
}

/** Whether the person may open the page in the company, or in one of all. */
function isOpenIn({ companyIds }: NavItem, companyId: string): boolean {
  return companyIds === undefined || companyId === ALL_COMPANIES || companyIds.includes(companyId);
}

/** The links that lead somewhere while the company is in view. */
export function navOfCompany(nav: NavModel, companyId: string): NavModel {
  return nav
    .map((group) => ({ ...group, items: group.items.filter((item) => isOpenIn(item, companyId)) }))
    .filter(({ items }) => items.length > 0);
}

/** Pages below those of the sidebar that every company has, with the guard of the page above them. */
export const SUB_PAGES: readonly string[] = [
  "alerts/calendar",
  "alerts/rules",
  "alerts/tags",
  "notifications/channels",
  "notifications/deliveries",
  "who-was-on/concurrent",
  "who-was-on/roll-call",
];

/**
 * Where the switcher leads: the same page of another company, or its dashboard from pages without a company and from
 * those that may not be opened there.
 *
 * Only the page itself is kept: ids and filters name things of the company one leaves.
 */
export function switchCompanyHref(nav: NavModel, pathname: string, current: string | null, target: string) {
  const [, , page, below] = current === null ? [] : pathname.split("/");
  const item = nav.flatMap(({ items }) => items).find(({ href }) => href === `${placeholder}${page}`);
  if (!item || !isOpenIn(item, target)) return `/${target}/dashboard`;
  const subPage = `${page}/${below}`;
  return `/${target}/${SUB_PAGES.includes(subPage) ? subPage : page}`;
}

/** Whether a link leads to the page one is on or to one above it. */
export function isActive(href: string, pathname: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}

/** The most exact item of the model for a path, and the group it stands in. */
export function findActive(nav: NavModel, pathname: string, companyId: string) {
  let best: { title: string; href: string; group?: string } | null = null;
  for (const group of nav) {
    for (const item of group.items) {
      const href = resolveHref(item.href, companyId);
      if (isActive(href, pathname) && href.length > (best?.href.length ?? 0)) {
        best = { title: item.title, href, group: group.label };
      }
    }
  }
  return best;
}
