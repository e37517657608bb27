/** Changes by others that an account's owner is shown at the next sign-in, by audit action. */
const NOTICE_TEXT = {
  "user.update": "Your username or e-mail address was changed",
  "user.activate": "Your account was activated",
  "user.deactivate": "Your account was deactivated",
  "user.reset-password": "Your password was reset",
  "user.reset-mfa": "Your second step was reset",
  "user.sign-out": "You were signed out everywhere",
  "user.set-global-role": "Your global role was changed",
  "membership.add": "You were added to a company",
  "membership.set-role": "Your role in a company was changed",
  "membership.remove": "You were removed from a company",
} as const;

export type AccountNoticeAction = keyof typeof NOTICE_TEXT;

export function isAccountNotice(action: string): action is AccountNoticeAction {
  return Object.hasOwn(NOTICE_TEXT, action);
}

/** "Your password was reset by jane": the time goes behind it. */
export function accountNoticeText(action: string, actorName: string | null): string {
  const what = isAccountNotice(action) ? NOTICE_TEXT[action] : "Your account was changed";
  return actorName === null ? what : `${what} by ${actorName}`;
}
