import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { choosePasswordByLink, type LinkPurpose } from "@/lib/services/passwords/password-link";
import { assertSameOrigin, formStateOf } from "../actions";
import { clientAddressOf } from "../client-address";
import { withLink } from "./with-link";

/** The new password of a form, and what the form is told when its repetition differs. */
export async function readNewPassword(
  form: FormData,
): Promise<{ newPassword: string; refusal?: FormResult }> {
  const newPassword = String(form.get("newPassword") ?? "");
  if (newPassword === String(form.get("repeatedPassword") ?? "")) return { newPassword };
  const t = await getTranslations("newPassword");
  return { newPassword, refusal: { status: "error", fieldErrors: { repeatedPassword: t("differ") } } };
}

/** Sets a password by the link of a mail, then leads to the sign-in page. */
export async function choosePassword(purpose: LinkPurpose, form: FormData): Promise<FormResult> {
  const { newPassword, refusal } = await readNewPassword(form);
  if (refusal) return refusal;
  try {
    await assertSameOrigin();
    const given = await headers();
    const address = clientAddressOf(given);
    const from = { address, userAgent: given.get("user-agent") };
    await withLink(address, () =>
      choosePasswordByLink(purpose, String(form.get("token") ?? ""), newPassword, from),
    );
  } catch (error) {
    return formStateOf(error);
  }
  redirect("/login?notice=password-set");
}
