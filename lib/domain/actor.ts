export type GlobalRole = "GlobalAdmin" | "Admin" | "User";
export type CompanyRole = "CompanyAdmin" | "User";

/** A signed-in person as the permission rules see them. Roles are text as stored: an unknown one passes nothing. */
export interface Actor {
  userId: number;
  globalRole: string;
  memberships: readonly { companyId: number; role: string }[];
}
