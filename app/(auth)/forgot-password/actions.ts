"use server";

import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { isAppError } from "@/lib/errors";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { clientAddressOf } from "@/lib/server/client-address";
import { assertWithinLimits } from "@/lib/server/rate-limit/limiter";
import { mailRecipientOf } from "@/lib/services/mail/mail-recipient";
import { requestPasswordReset } from "@/lib/services/passwords/request-password-reset";

/** Asks for a mail with a link; the answer is the same whether the address has an account or not. */
export async function requestPasswordResetAction(_: FormResult, form: FormData): Promise<FormResult> {
  const values = { email: String(form.get("email") ?? "") };
  try {
    await assertSameOrigin();
    const address = clientAddressOf(await headers());
    await assertWithinLimits([
      ["reset-address", { address }],
      ["mail-recipient", await mailRecipientOf(values.email)],
    ]);
    await requestPasswordReset(values.email);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    return formStateOf(error, values);
  }
  return { status: "done", message: (await getTranslations("forgotPassword"))("done") };
}
