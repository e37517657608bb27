"use server";

import { companyAction, userAction } from "@/lib/server/actions";
import { inviting, invitingAgain } from "@/lib/server/inviting";
import { mailingNewAddress } from "@/lib/server/mailing-new-address";
import { nameGuessing } from "@/lib/server/name-guessing";
import { assertMayUpdate, setUsersActive, updateAccount } from "@/lib/services/users/change-account";
import { addMember, removeMembership, setGlobalRole, setMembership } from "@/lib/services/users/change-roles";
import { createUser } from "@/lib/services/users/create-user";
import { deleteUser } from "@/lib/services/users/delete-user";
import { assertMayInviteAgain, resendInvitation, revokeInvitation } from "@/lib/services/users/invite-user";
import { resetMfa, resetPassword, setMfaRequirement, signUserOut } from "@/lib/services/users/reset-access";
import {
  globalRoleInput,
  membershipInput,
  membershipRemovalInput,
  memberToAddInput,
  mfaRequirementInput,
  newUserInput,
  userChangeInput,
  userDeletionInput,
  userRefInput,
  userStateInput,
} from "@/lib/services/users/user-input";

// Whom each may be done to depends on the user's own roles, so the services ask the rules on the locked row.
export const createUserAction = userAction(newUserInput, inviting(nameGuessing(createUser)), {
  stepUp: ({ globalRole }) => globalRole === "GlobalAdmin",
});
export const updateAccountAction = userAction(
  userChangeInput,
  mailingNewAddress(nameGuessing(updateAccount), assertMayUpdate),
  {
    stepUp: ({ email }) => email !== undefined,
  },
);
export const resendInvitationAction = userAction(
  userRefInput,
  invitingAgain(resendInvitation, assertMayInviteAgain),
  { stepUp: true },
);
export const revokeInvitationAction = userAction(userRefInput, revokeInvitation);
export const setUsersActiveAction = userAction(userStateInput, setUsersActive);
export const resetPasswordAction = userAction(userRefInput, resetPassword, { stepUp: true });
export const resetMfaAction = userAction(userRefInput, resetMfa, { stepUp: true });
export const signUserOutAction = userAction(userRefInput, signUserOut, { stepUp: true });
export const setMfaRequirementAction = userAction(mfaRequirementInput, setMfaRequirement);
export const setGlobalRoleAction = userAction(globalRoleInput, setGlobalRole, {
  stepUp: ({ role }) => role === "GlobalAdmin",
});
export const setMembershipAction = userAction(membershipInput, setMembership);
export const removeMembershipAction = userAction(membershipRemovalInput, removeMembership, {
  endsPage: true,
});
export const deleteUserAction = userAction(userDeletionInput, deleteUser, { endsPage: true });
export const addMemberAction = companyAction("user:list", memberToAddInput, nameGuessing(addMember));
