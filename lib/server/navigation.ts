import type { getTranslations } from "next-intl/server";
import type { NavGroup, NavItem, NavModel } from "@/lib/domain/nav-model";
import { can, type CompanyAction, type PortalAction } from "@/lib/domain/permissions";
import type { UserAccess } from "@/lib/services/access/read-access";

type NavTexts = Awaited<ReturnType<typeof getTranslations<"nav">>>;
type NavKey = Parameters<NavTexts>[0];

/** A link with the keys of its texts. */
interface Page extends Pick<NavItem, "href" | "icon" | "badge" | "companyIds"> {
  name: NavKey;
  /** Further words of the palette, in the catalog with commas between them. */
  words?: NavKey;
  actions?: readonly { name: NavKey; href: string }[];
}

function itemOf(t: NavTexts, { name, words, actions, ...link }: Page): NavItem {
  return {
    ...link,
    title: t(name),
    ...(words && { keywords: t(words).split(", ") }),
    ...(actions && { actions: actions.map((action) => ({ title: t(action.name), href: action.href })) }),
  };
}

/** The links of the sidebar: pages that exist and that this user may open. `waiting` users wait to be activated. */
export function navigationFor(t: NavTexts, access: UserAccess, waiting = 0): NavModel {
  const items = (pages: readonly Page[]) => pages.map((page) => itemOf(t, page));
  const groups: NavGroup[] = [
    { items: access.companies.length === 0 ? [] : items(MONITORING) },
    { label: t("company"), items: items(companyPages(access)) },
    { label: t("administration"), items: items(portalPages(access, waiting)) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

const MONITORING: readonly Page[] = [
  { name: "dashboard", href: "/:company/dashboard", icon: "dashboard" },
  { name: "events", href: "/:company/events", icon: "events", words: "eventsWords" },
  { name: "timeSpent", href: "/:company/time-spent", icon: "time-spent", words: "timeSpentWords" },
  { name: "whoWasOn", href: "/:company/who-was-on", icon: "who-was-on", words: "whoWasOnWords" },
  { name: "logons", href: "/:company/logons", icon: "logons", words: "logonsWords" },
  { name: "failures", href: "/:company/failures", icon: "failures", words: "failuresWords" },
  { name: "alerts", href: "/:company/alerts", icon: "alerts", words: "alertsWords" },
  { name: "accounts", href: "/:company/accounts", icon: "accounts", words: "accountsWords" },
  { name: "computers", href: "/:company/computers", icon: "computers", words: "computersWords" },
  { name: "overview", href: "/:company/overview", icon: "overview", words: "overviewWords" },
  { name: "views", href: "/:company/views", icon: "views", words: "viewsWords" },
  { name: "schedules", href: "/:company/schedules", icon: "reports", words: "schedulesWords" },
];

/** Pages of one company: shown in those where the user may open them, and for all companies if there is any. */
function companyPages({ actor, companies }: UserAccess): Page[] {
  return COMPANY_PAGES.flatMap(([action, page]) => {
    const allowed = companies.filter(({ id }) => can(actor, action, { companyId: id }));
    if (allowed.length === 0) return [];
    return allowed.length === companies.length
      ? page
      : { ...page, companyIds: allowed.map(({ id }) => String(id)) };
  });
}

const PORTAL: readonly (readonly [PortalAction, Page])[] = [
  ["settings:update", { name: "settings", href: "/admin/settings", icon: "settings" }],
  [
    "portal-notifications:manage",
    {
      name: "portalNotifications",
      href: "/admin/notifications",
      icon: "notifications",
      words: "portalNotificationsWords",
    },
  ],
  ["system:read", { name: "system", href: "/admin/system", icon: "system", words: "systemWords" }],
  ["audit:read-all", { name: "audit", href: "/admin/audit", icon: "audit" }],
  ["error-log:read", { name: "errors", href: "/admin/errors", icon: "errors" }],
];

const COMPANY_PAGES: readonly (readonly [CompanyAction, Page])[] = [
  [
    "site:manage",
    {
      name: "sites",
      href: "/:company/sites",
      icon: "sites",
      words: "sitesWords",
      actions: [{ name: "addSite", href: "/:company/sites?do=add" }],
    },
  ],
  ["site:manage", { name: "agent", href: "/:company/agent", icon: "agent", words: "agentWords" }],
  [
    "notifications:manage",
    {
      name: "notifications",
      href: "/:company/notifications",
      icon: "notifications",
      words: "notificationsWords",
    },
  ],
  ["user:list", { name: "members", href: "/:company/members", icon: "members", words: "membersWords" }],
  ["events:read", { name: "privacy", href: "/:company/privacy", icon: "privacy", words: "privacyWords" }],
  [
    "audit:read-company",
    { name: "companyAudit", href: "/:company/audit", icon: "audit", words: "companyAuditWords" },
  ],
  ["events:read", { name: "api", href: "/api-docs", icon: "api", words: "apiWords" }],
];

function portalPages({ actor }: UserAccess, waiting: number): Page[] {
  const isPortalAdmin = actor.globalRole === "GlobalAdmin" || actor.globalRole === "Admin";
  const companies: Page = {
    name: "companies",
    href: "/admin/companies",
    icon: "companies",
    words: "companiesWords",
    actions: [{ name: "addCompany", href: "/admin/companies?do=add" }],
  };
  const users: Page = {
    name: "users",
    href: "/admin/users",
    icon: "users",
    words: "usersWords",
    ...(can(actor, "user:list") && { actions: [{ name: "newUser", href: "/admin/users?do=add" }] }),
    ...(waiting > 0 && { badge: waiting }),
  };
  return [
    ...(can(actor, "company:create") ? [companies] : []),
    ...(isPortalAdmin && can(actor, "user:list") ? [users] : []),
    ...PORTAL.filter(([action]) => can(actor, action)).map(([, item]) => item),
  ];
}
