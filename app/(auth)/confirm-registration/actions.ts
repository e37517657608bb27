"use server";

import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { withLink } from "@/lib/server/auth/with-link";
import { clientAddressOf } from "@/lib/server/client-address";
import { confirmRegistration } from "@/lib/services/registration/confirm-registration";

/** Makes the account whose address the link proves. */
export async function confirmRegistrationAction(_: FormResult, form: FormData): Promise<FormResult> {
  try {
    await assertSameOrigin();
    const address = clientAddressOf(await headers());
    await withLink(address, () => confirmRegistration(String(form.get("token") ?? ""), address));
  } catch (error) {
    return formStateOf(error);
  }
  return { status: "done", message: (await getTranslations("confirmRegistration"))("done") };
}
