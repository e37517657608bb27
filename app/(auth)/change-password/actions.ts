"use server";

import { redirect } from "next/navigation";
import type { FormResult } from "@/lib/domain/form-result";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { isAppError } from "@/lib/errors";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { readNewPassword } from "@/lib/server/auth/choose-password";
import { requireUser } from "@/lib/server/guards";
import { guess } from "@/lib/server/rate-limit/limiter";
import { changeOwnPassword } from "@/lib/services/auth/change-own-password";

/** Changes the signed-in user's password, then goes on to the portal. */
export async function changePasswordAction(_: FormResult, form: FormData): Promise<FormResult> {
  const { session, auditActor } = await requireUser({ allowPending: "change-password" });
  const { newPassword, refusal } = await readNewPassword(form);
  if (refusal) return refusal;
  try {
    await assertSameOrigin();
    const currentPassword = String(form.get("currentPassword") ?? "");
    await guess([["own-password", { userId: session.userId }]], isWrongPassword, () =>
      changeOwnPassword(auditActor, session, { currentPassword, newPassword }),
    );
  } catch (error) {
    return formStateOf(error);
  }
  redirect(safeReturnPath(String(form.get("next") ?? "")));
}

function isWrongPassword(error: unknown): boolean {
  return isAppError(error) && error.fields.some(({ field }) => field === "currentPassword");
}
