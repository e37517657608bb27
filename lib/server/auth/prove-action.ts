"use server";

import { getTranslations } from "next-intl/server";
import { isAppError } from "@/lib/errors";
import { proveIdentity, type Proof } from "@/lib/services/auth/prove-identity";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "../actions";
import { currentUser } from "../guards";
import { guess } from "../rate-limit/limiter";

const isWrong = (error: unknown) => isAppError(error) && error.code === "invalid";

/** Takes the password or a code again. Wrong ones are counted with those of the own password, or of the second step. */
export async function proveAction(_: FormResult, form: FormData): Promise<FormResult> {
  const code = textOf(form, "code");
  const password = textOf(form, "password");
  if (!code && !password) {
    const fieldErrors: Record<string, string> = form.has("code")
      ? { code: (await getTranslations("secondFactor"))("codeMissing") }
      : { password: (await getTranslations("signIn"))("passwordMissing") };
    return { status: "error", fieldErrors };
  }
  const user = await currentUser();
  if (!user) return { status: "error", message: (await getTranslations("errors"))("signedOut") };
  const proof: Proof = code ? { code } : { password };
  try {
    await assertSameOrigin();
    const limit = code ? "mfa-code" : "own-password";
    await guess([[limit, { userId: user.session.userId }]], isWrong, () =>
      proveIdentity(user.auditActor, user.session, proof),
    );
    return { status: "done" };
  } catch (error) {
    return formStateOf(error, undefined, user);
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.slice(0, 1_000) : "";
}
