"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { isAppError } from "@/lib/errors";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { dropTicketCookie, takeSecondStep } from "@/lib/server/auth/sign-in-steps";

/** Checks the code, then opens the page that was asked for; after too many wrong ones the sign-in starts again. */
export async function secondStepAction(_: FormResult, form: FormData): Promise<FormResult> {
  const code = String(form.get("code") ?? "").trim();
  if (!code) {
    const t = await getTranslations("secondFactor");
    return { status: "error", fieldErrors: { code: t("codeMissing") } };
  }
  try {
    await assertSameOrigin();
    await takeSecondStep(code.slice(0, 100));
  } catch (error) {
    if (!isAppError(error) || error.code !== "unauthenticated") return formStateOf(error);
    await dropTicketCookie();
    redirect("/login?notice=start-again");
  }
  redirect(safeReturnPath(String(form.get("next") ?? "")));
}

/** Gives the half-done sign-in up, to use another account. */
export async function cancelSecondStepAction(): Promise<void> {
  await assertSameOrigin();
  await dropTicketCookie();
  redirect("/login");
}
