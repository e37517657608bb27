"use server";

import { redirect } from "next/navigation";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { assertSameOrigin, formStateOf, type FormState } from "@/lib/server/actions";
import { signIn, SignInRefused } from "@/lib/server/auth/next-auth";

/** Signs in and returns to the page that was asked for. */
export async function signInAction(_: FormState, form: FormData): Promise<FormState> {
  const login = String(form.get("login") ?? "");
  const password = String(form.get("password") ?? "");
  if (!login.trim() || !password) {
    return {
      status: "error",
      fieldErrors: {
        ...(!login.trim() && { login: "Enter your username or e-mail address." }),
        ...(!password && { password: "Enter your password." }),
      },
      values: { login },
    };
  }
  try {
    await assertSameOrigin();
    await signIn("login", { login, password, remember: form.get("remember") ?? "", redirect: false });
  } catch (error) {
    if (error instanceof SignInRefused) return { status: "error", message: error.message, values: { login } };
    return formStateOf(error, { login });
  }
  redirect(safeReturnPath(String(form.get("next") ?? "")));
}
