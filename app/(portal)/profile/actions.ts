"use server";

import { revalidatePath } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { FormResult } from "@/lib/domain/form-result";
import { assertSameOrigin, formStateOf, parseForm, userAction } from "@/lib/server/actions";
import { requireUser, type SignedIn } from "@/lib/server/guards";
import { endOtherSessions, endOwnSession } from "@/lib/services/auth/sessions";
import { changePreferences, preferencesInput } from "@/lib/services/profile/change-preferences";
import { dismissAccountNotices, noticesToDismissInput } from "@/lib/services/users/account-notices";

export const dismissAccountNoticesAction = userAction(noticesToDismissInput, dismissAccountNotices);

type ProfileTexts = Awaited<ReturnType<typeof getTranslations<"profile">>>;

async function ownAction(work: (user: SignedIn, t: ProfileTexts) => Promise<string>): Promise<FormResult> {
  const user = await requireUser();
  try {
    await assertSameOrigin();
    const message = await work(user, await getTranslations("profile"));
    revalidatePath("/profile");
    return { status: "done", message };
  } catch (error) {
    unstable_rethrow(error);
    return formStateOf(error, undefined, user);
  }
}

export async function changePreferencesAction(_: FormResult, form: FormData): Promise<FormResult> {
  return ownAction(async ({ auditActor, session }, t) => {
    await changePreferences(auditActor, session, parseForm(preferencesInput, form));
    return t("saved");
  });
}

export async function endOwnSessionAction(_: FormResult, form: FormData): Promise<FormResult> {
  const sessionId = String(form.get("sessionId") ?? "");
  return ownAction(async ({ auditActor, session }, t) => {
    await endOwnSession(auditActor, session.userId, sessionId);
    return t("sessionEnded");
  });
}

export async function endOtherSessionsAction(): Promise<FormResult> {
  return ownAction(async ({ auditActor, session }, t) => {
    const count = await endOtherSessions(auditActor, session.userId, session.sessionId);
    return t("othersEnded", { count });
  });
}
