"use server";

import { revalidatePath } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf, parseForm, userAction } from "@/lib/server/actions";
import { requireUser, type SignedIn } from "@/lib/server/guards";
import { endOtherSessions, endOwnSession } from "@/lib/services/auth/sessions";
import { changePreferences, preferencesInput } from "@/lib/services/profile/change-preferences";
import { dismissAccountNotices, noticesToDismissInput } from "@/lib/services/users/account-notices";

export const dismissAccountNoticesAction = userAction(noticesToDismissInput, dismissAccountNotices);

async function ownAction(work: (user: SignedIn) => Promise<string>): Promise<FormResult> {
  const user = await requireUser();
  try {
    await assertSameOrigin();
    const message = await work(user);
    revalidatePath("/profile");
    return { status: "done", message };
  } catch (error) {
    unstable_rethrow(error);
    return formStateOf(error, undefined, user);
  }
}

export async function changePreferencesAction(_: FormResult, form: FormData): Promise<FormResult> {
  return ownAction(async ({ auditActor, session }) => {
    await changePreferences(auditActor, session, parseForm(preferencesInput, form));
    return "Saved.";
  });
}

export async function endOwnSessionAction(_: FormResult, form: FormData): Promise<FormResult> {
  const sessionId = String(form.get("sessionId") ?? "");
  return ownAction(async ({ auditActor, session }) => {
    await endOwnSession(auditActor, session.userId, sessionId);
    return "That session has ended.";
  });
}

export async function endOtherSessionsAction(): Promise<FormResult> {
  return ownAction(async ({ auditActor, session }) => {
    const ended = await endOtherSessions(auditActor, session.userId, session.sessionId);
    return ended === 1 ? "One other session has ended." : `${ended} other sessions have ended.`;
  });
}
