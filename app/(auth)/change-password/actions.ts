"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { isAppError } from "@/lib/errors";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { requireUser } from "@/lib/server/guards";
import { guess } from "@/lib/server/rate-limit/limiter";
import { changeOwnPassword } from "@/lib/services/auth/change-own-password";

/** Changes the signed-in user's password, then goes on to the portal. */
export async function changePasswordAction(_: FormResult, form: FormData): Promise<FormResult> {
  const { session, auditActor } = await requireUser({ allowPending: "change-password" });
  const newPassword = String(form.get("newPassword") ?? "");
  if (newPassword !== String(form.get("repeatedPassword") ?? "")) {
    const t = await getTranslations("newPassword");
    return { status: "error", fieldErrors: { repeatedPassword: t("differ") } };
  }
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
