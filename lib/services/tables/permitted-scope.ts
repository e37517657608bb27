import type { Actor } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";
import { AppError } from "@/lib/errors";
import { AccessDenied } from "@/lib/services/access/denied";
import { narrowToCompanies, type CompanyScope } from "@/lib/services/access/read-access";
import type { TableSource } from "./table-source";

/**
 * The part of the scope where the actor may read the source; all of it for keys (`actor` null) and for what every
 * member may read. @throws AccessDenied `forbidden` when nothing is left; AppError `forbidden` for a key that may not.
 */
export function permittedScope(
  { action, isForPeople }: TableSource,
  scope: CompanyScope,
  actor: Actor | null,
): CompanyScope {
  if (!actor && isForPeople) throw new AppError("forbidden", { key: "reports.onlyForPeople" });
  if (!action || !actor) return scope;
  const companyIds = scope.companyIds.filter((companyId) => can(actor, action, { companyId }));
  if (companyIds.length > 0) return narrowToCompanies(scope, companyIds);
  throw new AccessDenied("forbidden", {
    action,
    companyId: scope.companyIds.length === 1 ? scope.companyIds[0]! : null,
  });
}
