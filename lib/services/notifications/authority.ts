import { PORTAL_ID, portalScope } from "@/db/scope";
import { assertCan } from "../access/denied";
import type { CompanyContext, ServiceContext } from "../context";

/** @throws AccessDenied unless the actor may change these channels: of their company, or as a GlobalAdmin the portal's. */
export function assertMayManage({
  actor,
  scope: { companyId },
}: Pick<CompanyContext, "actor" | "scope">): void {
  if (companyId === PORTAL_ID) assertCan(actor, "portal-notifications:manage");
  else assertCan(actor, "notifications:manage", { companyId });
}

/** The same for reading notifications and deliveries. */
export function assertMayRead({
  actor,
  scope: { companyId },
}: Pick<CompanyContext, "actor" | "scope">): void {
  if (companyId === PORTAL_ID) assertCan(actor, "portal-notifications:manage");
  else assertCan(actor, "notifications:read", { companyId });
}

/** For the portal's own channels: every service of this folder takes it as it takes a company's. @throws AccessDenied. */
export function portalContext(context: ServiceContext): CompanyContext {
  assertCan(context.actor, "portal-notifications:manage");
  return { ...context, scope: portalScope() };
}
