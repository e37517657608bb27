"use server";

import { headers } from "next/headers";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf } from "@/lib/server/actions";
import { clientAddressOf } from "@/lib/server/client-address";
import { unsubscribe } from "@/lib/services/notifications/unsubscribe";

/** Takes the link's address out of its channel. */
export async function unsubscribeAction(_: FormResult, form: FormData): Promise<FormResult> {
  try {
    await assertSameOrigin();
    await unsubscribe(String(form.get("token") ?? ""), clientAddressOf(await headers()));
  } catch (error) {
    return formStateOf(error);
  }
  return { status: "done", message: "Done. Nothing more of this channel is sent to this address." };
}
