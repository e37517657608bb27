"use server";

import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isAppError } from "@/lib/errors";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { readNewPassword } from "@/lib/server/auth/choose-password";
import { clientAddressOf } from "@/lib/server/client-address";
import { assertWithinLimits, withinLimits } from "@/lib/server/rate-limit/limiter";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { mailRecipientOf } from "@/lib/services/mail/mail-recipient";
import { register } from "@/lib/services/registration/register";

/** Registers a person; the answer is the same whether the address has an account or not. */
export async function registerAction(_: FormResult, form: FormData): Promise<FormResult> {
  const text = (name: string) => String(form.get(name) ?? "");
  const values = { username: text("username"), email: text("email") };
  const { newPassword, refusal } = await readNewPassword(form);
  if (refusal) return { ...refusal, values };
  try {
    await assertSameOrigin();
    const address = clientAddressOf(await headers());
    await assertWithinLimits([
      ["register-address", { address }],
      ["register-all", { everyone: true }],
    ]);
    // Counts only a registration that may send a mail: one that is refused sends none.
    const mails = canMailPersons() ? [["mail-recipient", await mailRecipientOf(values.email)] as const] : [];
    await withinLimits(mails, () => register({ ...values, newPassword }, address));
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    return formStateOf(error, values);
  }
  const t = await getTranslations("register");
  return { status: "done", message: canMailPersons() ? t("doneByMail") : t("done") };
}
