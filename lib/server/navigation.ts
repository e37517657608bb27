import type { NavGroup, NavItem, NavModel } from "@/lib/domain/nav-model";
import { can, type CompanyAction, type PortalAction } from "@/lib/domain/permissions";
import type { UserAccess } from "@/lib/services/access/read-access";

/** The links of the sidebar: pages that exist and that this user may open. `waiting` users wait to be activated. */
export function navigationFor(access: UserAccess, waiting = 0): NavModel {
  const groups: NavGroup[] = [
    { items: monitoringItems(access) },
    { label: "Company", items: companyItems(access) },
    { label: "Administration", items: portalItems(access, waiting) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function monitoringItems({ companies }: UserAccess): readonly NavItem[] {
  return companies.length === 0 ? [] : MONITORING;
}

const MONITORING: readonly NavItem[] = [
  { title: "Dashboard", href: "/:company/dashboard", icon: "dashboard" },
  { title: "Events", href: "/:company/events", icon: "events", keywords: ["logons", "log", "history"] },
  {
    title: "Time spent",
    href: "/:company/time-spent",
    icon: "time-spent",
    keywords: ["hours", "worked", "active", "locked", "report"],
  },
  {
    title: "Who was on",
    href: "/:company/who-was-on",
    icon: "who-was-on",
    keywords: ["where", "at a time", "roll call", "fire drill", "concurrent", "sessions", "report"],
  },
  {
    title: "Logons",
    href: "/:company/logons",
    icon: "logons",
    keywords: ["sign-ins", "first", "last", "hours", "inactive", "new computers", "report"],
  },
  {
    title: "Failed logons",
    href: "/:company/failures",
    icon: "failures",
    keywords: ["failures", "authentication", "lockouts", "bursts", "brute force", "report"],
  },
  {
    title: "Alerts",
    href: "/:company/alerts",
    icon: "shield",
    keywords: ["detections", "spray", "guessing", "suspicious", "security"],
  },
  { title: "Accounts", href: "/:company/accounts", icon: "accounts", keywords: ["people", "users"] },
  {
    title: "Computers",
    href: "/:company/computers",
    icon: "computers",
    keywords: ["health", "silent", "agents", "versions"],
  },
  {
    title: "Overview",
    href: "/:company/overview",
    icon: "companies",
    keywords: ["companies", "trends", "compare", "all"],
  },
  {
    title: "Saved views",
    href: "/:company/views",
    icon: "views",
    keywords: ["bookmarks", "filters", "shared", "own", "favourites"],
  },
  {
    title: "Scheduled reports",
    href: "/:company/schedules",
    icon: "reports",
    keywords: ["mail", "weekly", "monthly", "daily", "send"],
  },
];

/** Pages of one company: shown when the user may open them in any. */
function companyItems({ actor, companies }: UserAccess): NavItem[] {
  const mayAnywhere = (action: CompanyAction) =>
    companies.some(({ id }) => can(actor, action, { companyId: id }));
  return COMPANY_PAGES.filter(([action]) => mayAnywhere(action)).map(([, item]) => item);
}

const PORTAL: readonly (readonly [PortalAction, NavItem])[] = [
  ["settings:update", { title: "Settings", href: "/admin/settings", icon: "settings" }],
  [
    "portal-notifications:manage",
    {
      title: "Portal notifications",
      href: "/admin/notifications",
      icon: "alerts",
      keywords: ["alerts", "channels", "backup failed", "disk"],
    },
  ],
  [
    "system:read",
    {
      title: "System",
      href: "/admin/system",
      icon: "system",
      keywords: ["jobs", "backups", "version", "database"],
    },
  ],
  ["audit:read-all", { title: "Audit trail", href: "/admin/audit", icon: "audit" }],
  ["error-log:read", { title: "Error log", href: "/admin/errors", icon: "errors" }],
];

const COMPANY_PAGES: readonly (readonly [CompanyAction, NavItem])[] = [
  [
    "site:manage",
    {
      title: "Sites and API keys",
      href: "/:company/sites",
      icon: "sites",
      keywords: ["offices"],
      actions: [{ title: "Add site", href: "/:company/sites?do=add" }],
    },
  ],
  [
    "site:manage",
    {
      title: "Agent package",
      href: "/:company/agent",
      icon: "computers",
      keywords: ["install", "download"],
    },
  ],
  [
    "notifications:manage",
    {
      title: "Notifications",
      href: "/:company/notifications",
      icon: "alerts",
      keywords: ["alerts", "channels", "webhooks", "mail", "subscriptions", "deliveries"],
    },
  ],
  ["user:list", { title: "Members", href: "/:company/members", icon: "accounts", keywords: ["users"] }],
  [
    "events:read",
    {
      title: "Privacy",
      href: "/:company/privacy",
      icon: "privacy",
      keywords: ["data protection", "erase", "export"],
    },
  ],
  [
    "audit:read-company",
    { title: "Company audit", href: "/:company/audit", icon: "audit", keywords: ["history"] },
  ],
  [
    "events:read",
    { title: "API", href: "/api-docs", icon: "api", keywords: ["openapi", "curl", "programs", "json"] },
  ],
];

function portalItems({ actor }: UserAccess, waiting: number): NavItem[] {
  const isPortalAdmin = actor.globalRole === "GlobalAdmin" || actor.globalRole === "Admin";
  const companies: NavItem = {
    title: "Companies",
    href: "/admin/companies",
    icon: "companies",
    keywords: ["tenants"],
    actions: [{ title: "Add company", href: "/admin/companies?do=add" }],
  };
  const users: NavItem = {
    title: "Users",
    href: "/admin/users",
    icon: "users",
    keywords: ["people", "activation", "roles"],
    ...(can(actor, "user:list") && { actions: [{ title: "Create user", href: "/admin/users?do=add" }] }),
    ...(waiting > 0 && { badge: waiting }),
  };
  return [
    ...(can(actor, "company:create") ? [companies] : []),
    ...(isPortalAdmin && can(actor, "user:list") ? [users] : []),
    ...PORTAL.filter(([action]) => can(actor, action)).map(([, item]) => item),
  ];
}
