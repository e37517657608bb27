/** What a signed-in person must do before anything else opens. */
export type SignInDuty = "change-password" | "set-up-mfa";

/** Whether a person needs a second step: their own setting, else the portal's. Global administrators are no exception. */
export function isMfaRequiredFor(ownRequirement: boolean | null, isRequiredForAll: boolean): boolean {
  return ownRequirement ?? isRequiredForAll;
}

export interface DutyState {
  mustChangePassword: boolean;
  mfaEnabled: boolean;
  /** null inherits the portal's policy. */
  mfaRequired: boolean | null;
}

/** The first thing still owed, or null: the password before the second step, as the latter rests on the former. */
export function dutyOf(user: DutyState, isMfaRequiredForAll: boolean): SignInDuty | null {
  if (user.mustChangePassword) return "change-password";
  return !user.mfaEnabled && isMfaRequiredFor(user.mfaRequired, isMfaRequiredForAll) ? "set-up-mfa" : null;
}
