import type { Text } from "./text";

type NoticeText = (by: { known: "yes" | "no"; by: string }) => Text;

/** Changes by others that an account's owner is shown at the next sign-in, by audit action. */
const NOTICES = {
  "user.update": (values) => ({ key: "notices.updated", values }),
  "user.activate": (values) => ({ key: "notices.activated", values }),
  "user.deactivate": (values) => ({ key: "notices.deactivated", values }),
  "user.reset-password": (values) => ({ key: "notices.passwordReset", values }),
  "user.reset-mfa": (values) => ({ key: "notices.twoFactorReset", values }),
  "user.sign-out": (values) => ({ key: "notices.signedOut", values }),
  "user.set-global-role": (values) => ({ key: "notices.globalRole", values }),
  "membership.add": (values) => ({ key: "notices.added", values }),
  "membership.set-role": (values) => ({ key: "notices.role", values }),
  "membership.remove": (values) => ({ key: "notices.removed", values }),
} as const satisfies Record<string, NoticeText>;

export type AccountNoticeAction = keyof typeof NOTICES;

export function isAccountNotice(action: string): action is AccountNoticeAction {
  return Object.hasOwn(NOTICES, action);
}

/** "Your password was reset by jane": the time goes behind it. */
export function accountNoticeText(action: string, actorName: string | null): Text {
  const values = { known: actorName === null ? "no" : "yes", by: actorName ?? "" } as const;
  return isAccountNotice(action) ? NOTICES[action](values) : { key: "notices.changed", values };
}
