/** Icons by name, because a server layout cannot hand functions to the client. */
export const NAV_ICON_NAMES = [
  "dashboard",
  "events",
  "time-spent",
  "logons",
  "failures",
  "who-was-on",
  "computers",
  "accounts",
  "companies",
  "overview",
  "users",
  "members",
  "agent",
  "sites",
  "settings",
  "errors",
  "audit",
  "system",
  "alerts",
  "notifications",
  "reports",
  "views",
  "profile",
  "privacy",
  "api",
] as const;
export type NavIconName = (typeof NAV_ICON_NAMES)[number];

export interface NavItem {
  /** The link's name and the page's crumb. */
  title: string;
  /** `/:company/…` follows the company in view; anything else is taken as it stands. */
  href: string;
  /** The companies where this person may open it, where these aren't all of the person's companies. */
  companyIds?: readonly string[];
  icon: NavIconName;
  /** A small count at the right: failures today, users waiting for activation. */
  badge?: number;
  /** More words the command palette finds the page by. */
  keywords?: readonly string[];
  /** What can be done there, for the command palette; the address opens it. */
  actions?: readonly { title: string; href: string }[];
}

export interface NavGroup {
  /** Absent for the first, unnamed group. */
  label?: string;
  items: readonly NavItem[];
}

/** Groups of the pages that exist and that this person may open; everything else is left out by the caller. */
export type NavModel = readonly NavGroup[];

export interface ShellCompany {
  id: string;
  name: string;
}

export interface ShellUser {
  name: string;
  /** In words: "Global administrator". */
  role: string;
  email?: string;
}

export interface PaletteResult {
  type: "account" | "computer" | "key";
  id: number;
  label: string;
  href: string;
  /** Said behind the name: the company, or when it was last seen. */
  hint?: string;
}

/** The company segment that stands for every company one may see. */
export const ALL_COMPANIES = "all";
