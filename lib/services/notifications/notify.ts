import type { Transaction } from "@/db/client";
import {
  endNotifications,
  insertNotifications,
  type NewNotification,
} from "@/db/queries/notifications/insert-notifications";
import { PORTAL_ID, type CompanyWriteScope } from "@/db/scope";
import type { NotificationKind } from "@/lib/domain/notifications/kind";
import { findKind, referencesOf } from "@/lib/domain/notifications/kinds";

export interface Told {
  params: Record<string, unknown>;
  /** Used once within the company: what it names is never told again. */
  onceKey?: string;
}

/**
 * Says that something happened, in the transaction of what it tells: both are committed, or neither.
 *
 * `scope` is the company's, or {@link portalScope} for a kind of the portal's. A lasting state that is told already is
 * not told again until it has ended. Gives how many notifications were written. @throws Error for a kind that does not
 * exist or belongs elsewhere, and ZodError for parameters that are not the kind's: both are mistakes in the program.
 */
export function notify(
  tx: Transaction,
  scope: CompanyWriteScope,
  kindName: string,
  params: Record<string, unknown>,
  onceKey?: string,
): Promise<number> {
  return notifyAll(tx, scope, kindName, [{ params, onceKey }]);
}

/** The same for many of one kind, in one statement. */
export async function notifyAll(
  tx: Transaction,
  scope: CompanyWriteScope,
  kindName: string,
  told: readonly Told[],
): Promise<number> {
  const kind = kindFor(scope, kindName);
  const rows = told.map((one) => rowOf(kind, one));
  if (kind.ends !== undefined) {
    const subjects = told.map(({ params }) => kind.subject!(kind.params.parse(params)));
    await endNotifications(tx, scope, kind.ends, subjects);
  }
  return insertNotifications(tx, scope, rows);
}

/** Ends a lasting state without telling of its end; gives the subjects that were open. */
export function endState(
  tx: Transaction,
  scope: CompanyWriteScope,
  kindName: string,
  subjects: readonly string[],
): Promise<string[]> {
  return endNotifications(tx, scope, kindFor(scope, kindName).name, subjects);
}

function kindFor({ companyId }: CompanyWriteScope, name: string): NotificationKind {
  const kind = findKind(name);
  const audience = companyId === PORTAL_ID ? "portal" : "company";
  if (kind?.audience === audience) return kind;
  throw new Error(`There is no kind of notification ${name} for a ${audience}.`);
}

function rowOf(kind: NotificationKind, { params: given, onceKey }: Told): NewNotification {
  const params = kind.params.parse(given);
  const { site, account, computer } = referencesOf(params);
  return {
    kind: kind.name,
    severity: kind.severity,
    params,
    siteId: site,
    accountId: account,
    computerId: computer,
    subject: kind.subject && kind.ends === undefined ? kind.subject(params) : null,
    onceKey: onceKey ?? null,
  };
}
