"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { takePassword } from "@/lib/server/auth/sign-in-steps";

/** Checks the password, then goes on to the second step or to the page that was asked for. */
export async function signInAction(_: FormResult, form: FormData): Promise<FormResult> {
  const login = String(form.get("login") ?? "");
  const password = String(form.get("password") ?? "");
  if (!login.trim() || !password) {
    const t = await getTranslations("signIn");
    return {
      status: "error",
      fieldErrors: {
        ...(!login.trim() && { login: t("loginMissing") }),
        ...(!password && { password: t("passwordMissing") }),
      },
      values: { login },
    };
  }
  const returnPath = safeReturnPath(String(form.get("next") ?? ""));
  let step: "done" | "second-step";
  try {
    await assertSameOrigin();
    step = await takePassword(login, password, form.get("remember") === "on");
  } catch (error) {
    return formStateOf(error, { login });
  }
  redirect(step === "done" ? returnPath : `/mfa?${new URLSearchParams({ next: returnPath })}`);
}
