"use server";

import { redirect } from "next/navigation";
import { endSession } from "@/lib/services/auth/sessions";
import { assertSameOrigin } from "../actions";
import { currentUser } from "../guards";
import { signOut } from "./next-auth";

/** Ends the session in the database and removes its cookie. */
export async function signOutAction(): Promise<void> {
  await assertSameOrigin();
  const user = await currentUser();
  if (user) await endSession(user.auditActor, user.session.userId, user.session.sessionId);
  await signOut({ redirect: false });
  redirect("/login");
}
