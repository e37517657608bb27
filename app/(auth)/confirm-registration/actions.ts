"use server";

import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { guessRegistration } from "@/lib/server/auth/guess-registration";
import { clientAddressOf } from "@/lib/server/client-address";

/** Makes the account whose address the link proves, if the password is correct too. */
export async function confirmRegistrationAction(_: FormResult, form: FormData): Promise<FormResult> {
  const password = String(form.get("password") ?? "");
  if (!password) {
    return {
      status: "error",
      fieldErrors: { password: (await getTranslations("signIn"))("passwordMissing") },
    };
  }
  try {
    await assertSameOrigin();
    const address = clientAddressOf(await headers());
    await guessRegistration({ token: String(form.get("token") ?? ""), password, address });
  } catch (error) {
    return formStateOf(error);
  }
  return { status: "done", message: (await getTranslations("confirmRegistration"))("done") };
}
