"use server";

import type { FormResult } from "@/lib/domain/form-result";
import { choosePassword } from "@/lib/server/auth/choose-password";

/** Sets the first password of an invited user. */
export async function acceptInvitationAction(_: FormResult, form: FormData): Promise<FormResult> {
  return choosePassword("invitation", form);
}
