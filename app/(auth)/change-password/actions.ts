"use server";

import { redirect } from "next/navigation";
import { assertSameOrigin, formStateOf, type FormState } from "@/lib/server/actions";
import { requireUser } from "@/lib/server/guards";
import { changeOwnPassword } from "@/lib/services/auth/change-own-password";

/** Changes the signed-in user's password, then goes on to the portal. */
export async function changePasswordAction(_: FormState, form: FormData): Promise<FormState> {
  const { session, auditActor } = await requireUser({ mayOwe: "change-password" });
  const newPassword = String(form.get("newPassword") ?? "");
  if (newPassword !== String(form.get("repeatedPassword") ?? "")) {
    return { status: "error", fieldErrors: { repeatedPassword: "The two new passwords differ." } };
  }
  try {
    await assertSameOrigin();
    await changeOwnPassword(auditActor, session, {
      currentPassword: String(form.get("currentPassword") ?? ""),
      newPassword,
    });
  } catch (error) {
    return formStateOf(error);
  }
  redirect("/");
}
