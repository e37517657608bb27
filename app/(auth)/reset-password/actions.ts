"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { clientAddressOf } from "@/lib/server/client-address";
import { assertWithinLimits } from "@/lib/server/rate-limit/limiter";
import { resetPasswordByLink } from "@/lib/services/passwords/password-reset-link";

/** Sets a new password by an administrator's one-time link, then leads to the sign-in page. */
export async function resetPasswordAction(_: FormResult, form: FormData): Promise<FormResult> {
  const newPassword = String(form.get("newPassword") ?? "");
  if (newPassword !== String(form.get("repeatedPassword") ?? "")) {
    return { status: "error", fieldErrors: { repeatedPassword: "The two passwords differ." } };
  }
  try {
    await assertSameOrigin();
    const address = clientAddressOf(await headers());
    await assertWithinLimits([["reset-address", { address }]]);
    await resetPasswordByLink(String(form.get("token") ?? ""), newPassword, address);
  } catch (error) {
    return formStateOf(error);
  }
  redirect("/login?notice=password-set");
}
