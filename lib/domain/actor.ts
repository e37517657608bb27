import type { Text, TextKey } from "./text";

/** The highest first, as in COMPANY_ROLES. */
export const GLOBAL_ROLES = ["GlobalAdmin", "Admin", "User"] as const;
export type GlobalRole = (typeof GLOBAL_ROLES)[number];

export const COMPANY_ROLES = ["CompanyAdmin", "User"] as const;
export type CompanyRole = (typeof COMPANY_ROLES)[number];

/** By role as it is stored, which may be unknown. */
const GLOBAL_ROLE_TEXT: Record<string, TextKey> = {
  GlobalAdmin: "roles.globalAdmin",
  Admin: "roles.admin",
  User: "roles.user",
} satisfies Record<GlobalRole, TextKey>;

const COMPANY_ROLE_TEXT: Record<string, TextKey> = {
  CompanyAdmin: "roles.companyAdmin",
  User: "roles.member",
} satisfies Record<CompanyRole, TextKey>;

/** What a global role is called; one that is stored and not known as it stands. */
export function globalRoleText(role: string): string | Text {
  const key = GLOBAL_ROLE_TEXT[role];
  return key ? { key } : role;
}

/** What a role in a company is called; one that is stored and not known as it stands. */
export function companyRoleText(role: string): string | Text {
  const key = COMPANY_ROLE_TEXT[role];
  return key ? { key } : role;
}

/** A signed-in person as the permission rules see them. Roles are text as stored: an unknown one passes nothing. */
export interface Actor {
  userId: number;
  globalRole: string;
  memberships: readonly { companyId: number; role: string }[];
}
