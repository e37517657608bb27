"use server";

import { getTranslations } from "next-intl/server";
import { isAppError } from "@/lib/errors";
import { confirmMfa, disableMfa, renewRecoveryCodes } from "@/lib/services/mfa/own-mfa";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "../actions";
import { requireUser, type SignedIn } from "../guards";
import { assertFreshProof } from "./step-up";
import { guess } from "../rate-limit/limiter";

type Work<Result> = (user: SignedIn, code: string) => Promise<Result>;

async function withCode<Result>(
  user: SignedIn,
  form: FormData,
  work: Work<Result>,
  { stepUp }: { stepUp: boolean },
): Promise<FormResult<Result>> {
  const code = String(form.get("code") ?? "")
    .trim()
    .slice(0, 100);
  if (!code) {
    const t = await getTranslations("secondFactor");
    return { status: "error", fieldErrors: { code: t("codeMissing") } };
  }
  try {
    await assertSameOrigin();
    if (stepUp) assertFreshProof(user.session);
    const isWrong = (error: unknown) => isAppError(error) && error.code === "invalid";
    const result = await guess([["mfa-code", { userId: user.session.userId }]], isWrong, () =>
      work(user, code),
    );
    return { status: "done", result };
  } catch (error) {
    return formStateOf(error, undefined, user);
  }
}

/** Switches the second step on; answers the recovery codes, to be shown once. */
export async function confirmMfaAction(
  _: FormResult<string[]>,
  form: FormData,
): Promise<FormResult<string[]>> {
  const user = await requireUser({ allowPending: "set-up-mfa" });
  const offer = String(form.get("offer") ?? "");
  const currentCode = String(form.get("currentCode") ?? "").slice(0, 100);
  const work: Work<string[]> = ({ auditActor, session }, code) =>
    confirmMfa(auditActor, session, { offer, code, currentCode });
  // Moving to another app takes a code of the present one, which proves as much.
  return withCode(user, form, work, { stepUp: !user.session.mfaEnabled });
}

export async function disableMfaAction(_: FormResult<void>, form: FormData): Promise<FormResult<void>> {
  const user = await requireUser();
  const work: Work<void> = ({ auditActor, session }, code) => disableMfa(auditActor, session, code);
  return withCode(user, form, work, { stepUp: false });
}

/** Answers ten new recovery codes, to be shown once. */
export async function renewRecoveryCodesAction(
  _: FormResult<string[]>,
  form: FormData,
): Promise<FormResult<string[]>> {
  const user = await requireUser();
  const work: Work<string[]> = ({ auditActor, session }, code) =>
    renewRecoveryCodes(auditActor, session, code);
  return withCode(user, form, work, { stepUp: false });
}
