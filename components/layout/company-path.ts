import { ALL_COMPANIES, type NavModel, type ShellCompany } from "@/lib/domain/nav-model";

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

/**
 * Where the switcher leads: the same page of another company, or its dashboard from pages without a company.
 *
 * Only the page itself is kept: deeper segments and filters name things of the company one leaves.
 */
export function switchCompanyHref(pathname: string, current: string | null, target: string): string {
  const page = current === null ? undefined : pathname.split("/")[2];
  return `/${target}/${page || "dashboard"}`;
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
