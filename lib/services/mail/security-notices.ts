import type { Transaction } from "@/db/client";
import { deviceName } from "@/lib/domain/device-name";
import type {
  AccountNames,
  NoticeSource,
  RoleChange,
  SecurityMailKind,
  SecurityMails,
} from "@/lib/domain/mail/security-mails";
import type { AuditActor } from "../audit/actor";
import type { ServiceContext } from "../context";
import { canMailPersons } from "./mail-pool";
import { queueMail } from "./queue-mail";

interface Owner {
  userId: number;
  email: string;
}

/** Who did it, and from where: `by` is null for the person themselves. */
export interface ChangeSource {
  by: string | null;
  address: string | null;
  userAgent?: string | null;
}

/** The source of a change to the user, as its notice gives it: another user by name, without an address. */
export function sourceFor(userId: number, { actor, audit }: ServiceContext): ChangeSource {
  return actor.userId === userId ? ownSource(audit) : { by: audit.actorName, address: null };
}

export function ownSource({ address, userAgent = null }: AuditActor): ChangeSource {
  return { by: null, address, userAgent };
}

function inWords({ by, address, userAgent }: ChangeSource): NoticeSource {
  return { by, address, browser: userAgent ? deviceName(userAgent) : null };
}

/** Tells the owner of an account by mail, in the transaction of what it tells; nothing while mail is not set up. */
async function tell<Kind extends SecurityMailKind>(
  tx: Transaction,
  { userId, email }: Owner,
  kind: Kind,
  params: SecurityMails[Kind],
): Promise<void> {
  if (!canMailPersons()) return;
  await queueMail<SecurityMailKind>(tx, { kind, params, userId, address: email });
}

export async function tellPasswordChanged(
  tx: Transaction,
  owner: Owner,
  source: ChangeSource,
): Promise<void> {
  await tell(tx, owner, "password-changed", inWords(source));
}

/** `replaced`: another app has taken the place of the one before. */
export async function tellSecondStep(
  tx: Transaction,
  owner: Owner,
  change: "off" | "replaced",
  source: ChangeSource,
): Promise<void> {
  await tell(tx, owner, "second-step-changed", { ...inWords(source), change });
}

export async function tellNewBrowser(tx: Transaction, owner: Owner, source: ChangeSource): Promise<void> {
  await tell(tx, owner, "new-browser", inWords(source));
}

/** Roles as stored; `company` null means the global role. null as a role: no member before, or none any more. */
export async function tellRoleChanged(
  tx: Transaction,
  owner: Owner,
  change: RoleChange,
  source: ChangeSource,
): Promise<void> {
  await tell(tx, owner, "role-changed", { ...inWords(source), ...change });
}

/** Tells of a changed username or address; of an address at the old one as well. */
export async function tellAccountChanged(
  tx: Transaction,
  { userId, email }: Owner,
  { before, after }: { before: AccountNames; after: AccountNames },
  source: ChangeSource,
): Promise<void> {
  const params = { ...inWords(source), before, after };
  await tell(tx, { userId, email }, "account-changed", params);
  if (after.email !== undefined) await tell(tx, { userId, email: after.email }, "account-changed", params);
}
