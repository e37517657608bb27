/** What a signed-in person must do before anything else opens. */
export type SignInRequirement = "change-password" | "set-up-mfa";

/** Whether a person needs a second step: their own setting, else the portal's. Global administrators are no exception. */
export function isMfaRequiredFor(ownRequirement: boolean | null, isRequiredForAll: boolean): boolean {
  return ownRequirement ?? isRequiredForAll;
}

export interface RequirementState {
  mustChangePassword: boolean;
  mfaEnabled: boolean;
  /** null inherits the portal's policy. */
  mfaRequired: boolean | null;
}

/** The first requirement still pending, or null: the password before the second step, as the latter rests on the former. */
export function pendingRequirement(
  user: RequirementState,
  isMfaRequiredForAll: boolean,
): SignInRequirement | null {
  if (user.mustChangePassword) return "change-password";
  return !user.mfaEnabled && isMfaRequiredFor(user.mfaRequired, isMfaRequiredForAll) ? "set-up-mfa" : null;
}
