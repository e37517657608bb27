import { listenTo } from "@/db/pg-notify";
import {
  accessForUser,
  narrowScope,
  narrowScopeTo,
  type CompanyScope,
  type CompanyWriteScope,
  type UserAccess,
} from "@/db/scope";

export type { CompanyScope, CompanyWriteScope, UserAccess };

export { areReplicasSet } from "@/db/replicas";

/**
 * Role, memberships and visible companies of a user, read from the database now; null when gone or inactive. What the
 * user changed at `changedAt` (epoch milliseconds) is in whatever is read with its scope.
 */
export function readAccess(userId: number, changedAt = 0): Promise<UserAccess | null> {
  return accessForUser(userId, changedAt);
}

/** A scope for one company of the access, or null when the user may not see that company. */
export function scopeOfCompany(access: UserAccess, companyId: number): CompanyWriteScope | null {
  return narrowScope(access.scope, companyId);
}

/** A scope for one company of the scope, or null when it is not among them. */
export function narrowToCompany(scope: CompanyScope, companyId: number): CompanyWriteScope | null {
  return narrowScope(scope, companyId);
}

/** The part of the scope that these companies are. */
export function narrowToCompanies(scope: CompanyScope, companyIds: readonly number[]): CompanyScope {
  return narrowScopeTo(scope, companyIds);
}

/**
 * Calls back whenever the user's rights or sessions change, on any server, and when that may have gone unheard, until
 * the returned function is called. What was read before is to be read again.
 */
export function watchAccess(userId: number, onChange: () => void): () => void {
  const payload = String(userId);
  let hasBegun = false;
  const stop = listenTo("winauthmon_access", {
    onMessage: (changed) => {
      if (changed === payload) onChange();
    },
    // While this process is hearing already, nothing was missed.
    onConnect: () => {
      if (hasBegun) onChange();
    },
  });
  hasBegun = true;
  return stop;
}
