"use server";

import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { clientAddressOf } from "@/lib/server/client-address";
import { unsubscribe } from "@/lib/services/mail/unsubscribe";

/** Ends what the link is about for its address. */
export async function unsubscribeAction(_: FormResult, form: FormData): Promise<FormResult> {
  try {
    await assertSameOrigin();
    await unsubscribe(String(form.get("token") ?? ""), clientAddressOf(await headers()));
  } catch (error) {
    return formStateOf(error);
  }
  return { status: "done", message: (await getTranslations("unsubscribe"))("done") };
}
