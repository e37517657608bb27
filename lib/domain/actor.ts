export type GlobalRole = "GlobalAdmin" | "Admin" | "User";
export type CompanyRole = "CompanyAdmin" | "User";

/** By role as it is stored, which may be unknown. */
export const GLOBAL_ROLE_LABEL: Record<string, string> = {
  GlobalAdmin: "Global administrator",
  Admin: "Administrator",
  User: "User",
} satisfies Record<GlobalRole, string>;

export const COMPANY_ROLE_LABEL: Record<string, string> = {
  CompanyAdmin: "Company administrator",
  User: "Member",
} satisfies Record<CompanyRole, string>;

/** A signed-in person as the permission rules see them. Roles are text as stored: an unknown one passes nothing. */
export interface Actor {
  userId: number;
  globalRole: string;
  memberships: readonly { companyId: number; role: string }[];
}
