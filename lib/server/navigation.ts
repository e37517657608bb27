import type { NavModel } from "@/components/layout/nav-model";
import type { UserAccess } from "@/lib/services/access/read-access";

export const ROLE_LABEL: Record<string, string> = {
  GlobalAdmin: "Global administrator",
  Admin: "Administrator",
  User: "User",
};

/** The links of the sidebar: pages that exist and that this user may open. */
export function navigationFor(access: UserAccess): NavModel {
  if (access.companies.length === 0) return [];
  return [
    {
      items: [
        { title: "Dashboard", href: "/:company/dashboard", icon: "dashboard" },
        { title: "Events", href: "/:company/events", icon: "events", keywords: ["logons", "log", "history"] },
      ],
    },
  ];
}
