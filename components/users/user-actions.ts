import type { FormAction } from "@/lib/domain/form-result";
import type { CreatedUser } from "@/lib/services/users/create-user";
import type { JoinableCompany, UserView } from "@/lib/services/users/read-users";

export interface GrantedAccess {
  username: string;
  /** To be changed at the first sign-in. */
  temporaryPassword: string | null;
}

/** What can be done to users; the page hands the server's actions down. */
export interface UserActions {
  createUserAction: FormAction<CreatedUser>;
  updateAccountAction: FormAction<void>;
  resendInvitationAction: FormAction<{ invitedUntil: number }>;
  revokeInvitationAction: FormAction<void>;
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

export interface CompanyOption {
  id: number;
  name: string;
}

export interface UserDetailProps {
  user: UserView;
  zone: string;
  backHref: string;
  isMfaRequiredForAll: boolean;
  /** Mail is set up. */
  canInvite: boolean;
  /** Companies to which the viewer may add the user. */
  joinable: readonly JoinableCompany[];
  actions: UserActions;
}
