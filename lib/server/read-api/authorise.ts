import type { Actor } from "@/lib/domain/actor";
import { ALL_COMPANIES } from "@/lib/domain/nav-model";
import type { CompanyAction } from "@/lib/domain/permissions";
import { ianaZone, type IanaZone } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";
import { unseenCompany } from "@/lib/services/access/denied";
import type { CompanyScope } from "@/lib/services/access/read-access";
import { recordDenied } from "@/lib/services/access/record-denied";
import { findKey, isUsable } from "@/lib/services/api-keys/find-key";
import { readKeyHolder } from "@/lib/services/api-keys/read-key-holder";
import type { AuditActor } from "@/lib/services/audit/actor";
import { storeError } from "@/lib/services/errors/store-error";
import { countKeyActivity } from "@/lib/services/events/activity";
import { readSettings } from "@/lib/services/settings/read-settings";
import { env } from "@/lib/env";
import { clientAddressOf } from "../client-address";
import { companyViewOf, currentUser, pendingStep } from "../guards";
import { readerOf } from "../report-page";
import { countUseFast } from "../rate-limit/limiter";
import { isStillAllowed } from "../still-allowed";
import { invalid } from "@/lib/services/tables/parse-params";

/** Who asks, proved by session or key, and what of it they may read. */
export interface Reader {
  scope: CompanyScope;
  /** Names of the scope's companies by id where several are in view, else null. */
  companyNames: ReadonlyMap<number, string> | null;
  /** null for all the companies the reader may see. */
  company: { id: number; name: string } | null;
  /** The reader's, else the company's, else the portal's. */
  viewZone: IanaZone;
  audit: AuditActor;
  /** null for a key, which may read all there is of its company. */
  actor: Actor | null;
  /** Whose limits in the queue of reports it counts against: `user 5` or `key 7`. */
  reader: string;
  isSession: boolean;
  /** Whether a long answer may go on, asked anew: the session, or the key, and for a session what `action` takes in the scope. */
  isStillAllowed: (scope: CompanyScope, action?: CompanyAction) => Promise<boolean>;
  /** For the answer: how much of the key's limit is left. */
  headers: Record<string, string>;
}

/**
 * Proves the session, or the key in `X-API-Key`, and that it opens `company=<id|all>`.
 *
 * A key of one company needs no `company`, and `all` is that one. @throws AppError `unauthenticated` without either and
 * for a wrong, disabled or expired key; `forbidden` for a key without the scope `needed` and while a sign-in step is
 * pending; `not_found` for a company the reader may not see; `limited`.
 */
export function authoriseReader(
  request: Request,
  companyRef: string | null,
  needed: "read" | "manage" = "read",
): Promise<Reader> {
  const key = request.headers.get("x-api-key");
  return key === null ? readerOfSession(companyRef) : readerOfKey(request, key, companyRef, needed);
}

async function readerOfSession(companyRef: string | null): Promise<Reader> {
  const user = await currentUser();
  if (!user)
    throw new AppError("unauthenticated", [{ key: "errors.signedOut" }, { key: "errors.orSendKey" }]);
  const path = pendingStep(user);
  if (path) throw new AppError("forbidden", { key: "errors.openFirst", values: { path } });
  if (!companyRef) throw invalid([{ field: "company", message: "is missing; give a company's id, or all" }]);
  const view = await companyViewOf(user, companyRef);
  if (!view) {
    // Here, since no caller knows the user before there is a reader.
    const denied = unseenCompany("company:read", companyRef);
    await recordDenied(user.auditActor, denied.attempt);
    throw denied;
  }
  const { company, scope, access } = view;
  return {
    scope,
    company: company && { id: company.id, name: company.name },
    companyNames: company ? null : new Map(access.companies.map(({ id, name }) => [id, name])),
    viewZone: ianaZone(view.timeZone),
    audit: user.auditActor,
    actor: access.actor,
    reader: readerOf(user),
    isSession: true,
    isStillAllowed: (held, action) => isStillAllowed(user, { scope: held, action, mayIdle: true }),
    headers: {},
  };
}

async function readerOfKey(
  request: Request,
  sent: string,
  companyRef: string | null,
  needed: "read" | "manage",
): Promise<Reader> {
  const address = clientAddressOf(request.headers);
  const key = sent.trim().toLowerCase();
  const access = /^[0-9a-f]{64}$/.test(key) ? await findKey(key) : null;
  if (!access) throw refusal("unauthenticated", "Invalid API key", address);
  const { id, companyId, scopes } = access.key;
  if (!isUsable(access, Date.now())) {
    throw refusal("unauthenticated", "API key has been disabled", address, access.key);
  }
  if (!scopes.includes(needed)) {
    const message = `This API key may not ${needed}; give it the scope ${needed}`;
    throw refusal("forbidden", message, address, access.key);
  }
  const headers = await countUse(id);
  countKeyActivity(access, {});
  if (companyRef && companyRef !== ALL_COMPANIES && companyRef !== String(companyId)) {
    throw refusal("not_found", "There is no such company.", address, access.key);
  }
  const holder = await readKeyHolder(access.scope);
  const company = { id: companyId, name: holder.name };
  return {
    scope: access.scope,
    company,
    companyNames: null,
    viewZone: ianaZone(holder.timeZone ?? (await readSettings()).timeZone),
    actor: null,
    audit: { actorUserId: null, actorName: `API key ${id}`, address },
    reader: `key ${companyId}/${id}`,
    isSession: false,
    isStillAllowed: async () => {
      const now = await findKey(key);
      return now !== null && isUsable(now, Date.now()) && now.key.scopes.includes(needed);
    },
    headers,
  };
}

/** Refusals of keys go to the stored error log, where a flood of them is one row an hour with a count. */
function refusal(
  code: "unauthenticated" | "forbidden" | "not_found",
  message: string,
  address: string | null,
  key?: { id: number; companyId: number },
): AppError {
  storeError({
    level: "WARNING",
    source: "read-api",
    error: key ? `${message} (key ${key.id})` : message,
    companyId: key?.companyId,
    address,
  });
  return new AppError(code, message);
}

/** Counts apart from the agents' use of the key, so that reading never keeps an event out. @throws AppError `limited`. */
async function countUse(keyId: number): Promise<Record<string, string>> {
  if (!env().RATE_LIMIT_ENABLED) return {};
  const verdict = await countUseFast("read-key", { keyId });
  if (!verdict.isAllowed) {
    const seconds = Math.max(1, verdict.resetAtSeconds - Math.floor(Date.now() / 1000));
    throw new AppError("limited", "Too many requests with this API key. Try again later.", [], seconds);
  }
  return {
    "X-RateLimit-Limit": String(verdict.limit),
    "X-RateLimit-Remaining": String(verdict.remaining),
    "X-RateLimit-Reset": String(verdict.resetAtSeconds),
  };
}
