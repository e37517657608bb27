import { limitNameOf } from "../client-address";

/** Whose uses are counted: never a text as typed, which has many spellings. */
export type LimitSubject =
  | { userId: number }
  /** As the database folds it (`login_key`): what no account has. */
  | { loginKey: string }
  | { keyId: number }
  /** 0: the portal itself. */
  | { companyId: number }
  /** As the client's address is known; hosts of one IPv6 network count as one. */
  | { address: string }
  /** A browser that a user has signed in with before (lib/domain/known-browser). */
  | { browserId: string }
  /** The link of a mail. */
  | { tokenDigest: string }
  /** All together. */
  | { everyone: true };

declare const made: unique symbol;
/** What a limit is counted under; only `limitKey` makes one. */
export type LimitKey = string & { [made]: true };

/** The one key of these subjects together. */
export function limitKey(...subjects: readonly LimitSubject[]): LimitKey {
  return subjects.map(nameOf).join(" ") as LimitKey;
}

function nameOf(subject: LimitSubject): string {
  if ("userId" in subject) return `user:${subject.userId}`;
  if ("keyId" in subject) return `key:${subject.keyId}`;
  if ("address" in subject) return `address:${limitNameOf(subject.address)}`;
  if ("browserId" in subject) return `browser:${subject.browserId}`;
  if ("companyId" in subject) return `company:${subject.companyId}`;
  if ("loginKey" in subject) return `login:${JSON.stringify(subject.loginKey)}`;
  if ("tokenDigest" in subject) return `link:${subject.tokenDigest}`;
  return "everyone";
}
