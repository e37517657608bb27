import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { forbidden, notFound, unstable_rethrow } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { FormAction, FormResult } from "@/lib/domain/form-result";
import { formValues, typedValues } from "@/lib/domain/form-values";
import { readRowId } from "@/lib/domain/row-id";
import { compareOrigin } from "@/lib/domain/same-origin";
import type { CompanyAction, PortalAction } from "@/lib/domain/permissions";
import { AppError, isAppError, isDatabaseOutage, isStatementTimeout } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { assertCan, deniedAttemptOf, unseenCompany } from "@/lib/services/access/denied";
import { notePageEnded } from "@/lib/request-context";
import { scopeOfCompany } from "@/lib/services/access/read-access";
import { recordDenied } from "@/lib/services/access/record-denied";
import type { CompanyContext, ServiceContext } from "@/lib/services/context";
import { portalContext } from "@/lib/services/notifications/authority";
import { assertFreshProof, ProofNeeded } from "./auth/step-up";
import { requireUser, type SignedIn } from "./guards";
import { isHttpsRequest } from "./is-https";
import { noteChange } from "./last-change";
import { reportError } from "./report-error";
import { wordError } from "./texts/word-error";

type Service<Context, Schema extends z.ZodType, Result> = (
  context: Context,
  input: z.output<Schema>,
) => Promise<Result>;

interface ActionOptions<Input> {
  /** Asks who it is again when the last proof is older than ten minutes (lib/domain/step-up.ts): always, or for such input. */
  stepUp?: true | ((input: Input) => boolean);
  /** It deletes what a page is about, maybe the one it is on. */
  endsPage?: true;
}

/**
 * An action of any signed-in user. The service itself asks the permission rules about what it loads.
 *
 * Every wrapper goes: origin → session and access from the database → permission → input → step-up → service (one
 * transaction with its audit row) → fresh page. Refusals are audited; they answer 403, or 404 for what the
 * user may not know of. What is gone meanwhile is told in the form, which may be one of many on its page.
 */
export function userAction<Schema extends z.ZodType, Result>(
  schema: Schema,
  service: Service<ServiceContext, Schema, Result>,
  options: ActionOptions<z.output<Schema>> = {},
): FormAction<Result> {
  return wrap(schema, contextOf, service, options);
}

/** An action that one permission of the portal opens, whatever it is applied to. */
export function globalAction<Schema extends z.ZodType, Result>(
  action: PortalAction,
  schema: Schema,
  service: Service<ServiceContext, Schema, Result>,
  options: ActionOptions<z.output<Schema>> = {},
): FormAction<Result> {
  const open = (user: SignedIn) => {
    assertCan(user.access.actor, action);
    return contextOf(user);
  };
  return wrap(schema, open, service, options);
}

/** An action inside the company that the form's `companyId` names: 404 unless the user may see that company. */
export function companyAction<Schema extends z.ZodType, Result>(
  action: CompanyAction,
  schema: Schema,
  service: Service<CompanyContext, Schema, Result>,
  options: ActionOptions<z.output<Schema>> = {},
): FormAction<Result> {
  const open = (user: SignedIn, form: FormData) => companyContextOf(user, form.get("companyId"), action);
  return wrap(schema, open, service, options);
}

/** An action on the notifications of the company that the form's `companyId` names or, without one, of the portal. */
export function notificationAction<Schema extends z.ZodType, Result>(
  schema: Schema,
  service: Service<CompanyContext, Schema, Result>,
  options: ActionOptions<z.output<Schema>> = {},
): FormAction<Result> {
  const open = (user: SignedIn, form: FormData) =>
    form.has("companyId")
      ? companyContextOf(user, form.get("companyId"), "notifications:manage")
      : portalContext(contextOf(user));
  return wrap(schema, open, service, options);
}

function wrap<Context, Schema extends z.ZodType, Result>(
  schema: Schema,
  open: (user: SignedIn, form: FormData) => Context,
  service: Service<Context, Schema, Result>,
  { stepUp, endsPage }: ActionOptions<z.output<Schema>>,
): FormAction<Result> {
  return async (_, form) => {
    let user: SignedIn | undefined;
    try {
      await assertSameOrigin();
      user = await requireUser();
      const context = open(user, form);
      const input = parseForm(schema, form);
      if (stepUp === true || stepUp?.(input)) assertFreshProof(user.session);
      const result = await service(context, input);
      await noteChange();
      if (endsPage) notePageEnded();
      revalidatePath("/", "layout");
      return { status: "done", result };
    } catch (error) {
      unstable_rethrow(error);
      await answerRefusal(error, user);
      return formStateOf(error, typedValues(form), user);
    }
  };
}

export function contextOf({ access, auditActor }: SignedIn): ServiceContext {
  return { actor: access.actor, audit: auditActor };
}

/** @throws AccessDenied `not_found` for a company the user may not see, `forbidden` without the permission. */
export function companyContextOf(user: SignedIn, companyRef: unknown, action: CompanyAction): CompanyContext {
  const companyId = (typeof companyRef === "string" ? readRowId(companyRef) : null) ?? 0;
  const scope = scopeOfCompany(user.access, companyId);
  if (!scope) throw unseenCompany(action, String(companyRef));
  assertCan(user.access.actor, action, { companyId });
  return { ...contextOf(user), scope };
}

/** Audits a refusal and answers its status; returns for every other error. */
async function answerRefusal(error: unknown, user: SignedIn | undefined): Promise<void> {
  const attempt = deniedAttemptOf(error);
  if (attempt && user) await recordDenied(user.auditActor, attempt);
  if (!isAppError(error)) return;
  if (error.code === "not_found" && attempt) notFound();
  if (error.code === "forbidden") forbidden();
}

/** The form as the schema reads it. @throws AppError `invalid` naming the fields. */
export function parseForm<Schema extends z.ZodType>(schema: Schema, form: FormData): z.output<Schema> {
  const parsed = schema.safeParse(formValues(form));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: String(issue.path[0] ?? ""),
    message: issue.message,
  }));
  const message = fields.find(({ field }) => field === "")?.message ?? { key: "errors.checkFields" as const };
  throw new AppError(
    "invalid",
    message,
    fields.filter(({ field }) => field !== ""),
  );
}

const SCHEME_HINT =
  "Change refused: its page and the portal disagree on http or https; behind a proxy, set TRUSTED_PROXIES or AUTH_URL";

/**
 * Refuses a state change that another site's page could have sent. Next compares Origin with Host alone, without the
 * scheme, and lets a request without Origin pass; browsers always send one with a POST.
 */
export async function assertSameOrigin(): Promise<void> {
  const given = await headers();
  const host = given.get("x-forwarded-host") ?? given.get("host");
  const verdict = compareOrigin(given.get("origin"), isHttpsRequest(given), host);
  if (verdict === "same") return;
  if (verdict === "other scheme") logger.warn({ host }, SCHEME_HINT);
  throw new AppError("forbidden", { key: "errors.otherSite" });
}

/** Turns an error into what a form may show; unknown ones are logged under an id and shown only by it. */
export async function formStateOf<Result>(
  error: unknown,
  values?: Record<string, string>,
  user?: SignedIn,
): Promise<FormResult<Result>> {
  if (isAppError(error)) return { status: "error", ...(await wordError(error)), values };
  const t = await getTranslations("errors");
  if (error instanceof ProofNeeded) {
    return { status: "error", message: t("proofNeeded"), values, proofNeeded: error.request };
  }
  if (isDatabaseOutage(error)) return { status: "error", message: t("outage"), values };
  if (isStatementTimeout(error)) return { status: "error", message: t("serverBusy"), values };
  const requestId = reportError({
    source: "actions",
    error,
    userId: user?.session.userId,
    address: user?.auditActor.address,
  });
  return { status: "error", message: t("internal", { requestId }), values };
}
