import type { FormAction } from "@/lib/domain/form-result";

export interface GrantedAccess {
  username: string;
  /** To be changed at the first sign-in. */
  temporaryPassword: string | null;
}

/** What can be done to users; the page hands the server's actions down. */
export interface UserActions {
  createUserAction: FormAction<GrantedAccess & { userId: number }>;
  updateAccountAction: FormAction<void>;
  setUsersActiveAction: FormAction<{ changed: number }>;
  resetPasswordAction: FormAction<GrantedAccess>;
  resetMfaAction: FormAction<void>;
  signUserOutAction: FormAction<{ ended: number }>;
  setMfaRequirementAction: FormAction<void>;
  setGlobalRoleAction: FormAction<void>;
  setMembershipAction: FormAction<void>;
  removeMembershipAction: FormAction<void>;
  deleteUserAction: FormAction<{ username: string }>;
  addMemberAction: FormAction<{ username: string }>;
}

export const GLOBAL_ROLE_LABEL: Record<string, string> = {
  GlobalAdmin: "Global administrator",
  Admin: "Administrator",
  User: "User",
};

export const COMPANY_ROLE_LABEL: Record<string, string> = {
  CompanyAdmin: "Company administrator",
  User: "Member",
};
