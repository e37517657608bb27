"use server";

import type { FormResult } from "@/lib/domain/form-result";
import { choosePassword } from "@/lib/server/auth/choose-password";

/** Sets a new password by the link that the user requested. */
export async function resetPasswordAction(_: FormResult, form: FormData): Promise<FormResult> {
  return choosePassword("password-reset", form);
}
