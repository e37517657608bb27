"use client";

import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import type { Crumb } from "@/components/ui/breadcrumb";
import { companyOfPath, findActive, navOfCompany, switchCompanyHref } from "./company-path";
import { ALL_COMPANIES, type NavModel, type ShellCompany } from "@/lib/domain/nav-model";

interface ShellContextValue {
  /** The links that lead somewhere in the company. */
  nav: NavModel;
  companies: readonly ShellCompany[];
  /** The company that links lead to: the one in the URL, else the last one looked at. */
  companyId: string;
  companyName: string;
  /** Where the choice of another company leads. */
  switchHref: (companyId: string) => string;
  crumbs: readonly Crumb[];
  setLeaf: (pathname: string, crumbs: readonly Crumb[]) => void;
  isCollapsed: boolean;
  toggleCollapsed: () => void;
  isMobileNavOpen: boolean;
  setIsMobileNavOpen: (isOpen: boolean) => void;
  isPaletteOpen: boolean;
  setIsPaletteOpen: (isOpen: boolean) => void;
}

const ShellContext = createContext<ShellContextValue | null>(null);

export function useShell(): ShellContextValue {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("useShell needs an AppShell around it");
  return shell;
}

interface ShellProviderProps {
  nav: NavModel;
  companies: readonly ShellCompany[];
  defaultCompanyId: string;
  isCollapsedAtFirst: boolean;
  children: ReactNode;
}

const COLLAPSED_COOKIE = "sidebar_state";

/** Which company the links lead to, remembered over pages that name none. */
function useCompany(companies: readonly ShellCompany[], defaultCompanyId: string) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const pathCompany = companyOfPath(pathname, companies);
  const [lastCompany, setLastCompany] = useState(pathCompany ?? defaultCompanyId);
  if (pathCompany !== null && pathCompany !== lastCompany) setLastCompany(pathCompany);
  // It may have been deleted since, or the reader's membership.
  const isThere = lastCompany === ALL_COMPANIES || companies.some(({ id }) => id === lastCompany);
  const companyId = pathCompany ?? (isThere ? lastCompany : defaultCompanyId);
  const companyName =
    companyId === ALL_COMPANIES
      ? t("allCompanies")
      : (companies.find((company) => company.id === companyId)?.name ?? t("company"));
  return { pathname, pathCompany, companyId, companyName };
}

/** Company › page › what the page itself added with PageCrumbs. */
function useCrumbs(nav: NavModel, company: ReturnType<typeof useCompany>) {
  const [leaf, setLeafState] = useState<{ pathname: string; crumbs: readonly Crumb[] } | null>(null);
  const setLeaf = useCallback(
    (pathname: string, crumbs: readonly Crumb[]) => setLeafState({ pathname, crumbs }),
    [],
  );
  const { pathname, pathCompany, companyId, companyName } = company;
  const crumbs = useMemo(() => {
    const active = findActive(nav, pathname, companyId);
    const list: Crumb[] = [];
    if (pathCompany !== null) list.push({ label: companyName, href: `/${companyId}/dashboard` });
    else if (active?.group) list.push({ label: active.group });
    if (active) list.push({ label: active.title, href: active.href });
    if (leaf?.pathname === pathname) list.push(...leaf.crumbs);
    return list;
  }, [nav, pathname, pathCompany, companyId, companyName, leaf]);
  return { crumbs, setLeaf };
}

export function ShellProvider({
  nav: wholeNav,
  companies,
  defaultCompanyId,
  isCollapsedAtFirst,
  children,
}: ShellProviderProps) {
  const company = useCompany(companies, defaultCompanyId);
  const { pathname, pathCompany, companyId, companyName } = company;
  const nav = useMemo(() => navOfCompany(wholeNav, companyId), [wholeNav, companyId]);
  const { crumbs, setLeaf } = useCrumbs(nav, company);
  const [isCollapsed, setIsCollapsed] = useState(isCollapsedAtFirst);
  const [isMobileNavOpen, setIsMobileNavOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);

  const toggleCollapsed = useCallback(() => {
    setIsCollapsed((was) => {
      // A cookie rather than localStorage: the server draws the right width at once.
      document.cookie = `${COLLAPSED_COOKIE}=${was ? "open" : "collapsed"}; path=/; max-age=31536000; samesite=lax`;
      return !was;
    });
  }, []);

  // Not memoised: every state above is in it, and the address decides the crumbs.
  const value = {
    nav,
    companies,
    companyId,
    companyName,
    switchHref: (target: string) => switchCompanyHref(wholeNav, pathname, pathCompany, target),
    crumbs,
    setLeaf,
    isCollapsed,
    toggleCollapsed,
    isMobileNavOpen,
    setIsMobileNavOpen,
    isPaletteOpen,
    setIsPaletteOpen,
  };
  return <ShellContext value={value}>{children}</ShellContext>;
}
