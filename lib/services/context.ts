import type { Actor } from "@/lib/domain/actor";
import type { CompanyWriteScope } from "@/db/scope";
import { operatorActor, type AuditActor } from "./audit/actor";

/** Who calls a service: as the permission rules and as the audit trail see them, read from the database now. */
export interface ServiceContext {
  actor: Actor;
  audit: AuditActor;
}

/** The same inside one company that the actor was proved to see. */
export interface CompanyContext extends ServiceContext {
  scope: CompanyWriteScope;
}

/** An API key that may deal with its company's alerts: as an administrator of that company, without a user row. */
export function keyActor(companyId: number): Actor {
  return { userId: 0, globalRole: "User", memberships: [{ companyId, role: "CompanyAdmin" }] };
}

/** The operator on the server's command line: may do what a GlobalAdmin may, without a user row. */
export function operatorContext(name: Parameters<typeof operatorActor>[0]): ServiceContext {
  return { actor: { userId: 0, globalRole: "GlobalAdmin", memberships: [] }, audit: operatorActor(name) };
}
