import { database } from "@/db/client";
import { insertSession } from "@/db/queries/users/sessions";
import type { SignedIn } from "@/lib/server/guards";
import { readAccess } from "@/lib/services/access/read-access";
import { readSession } from "@/lib/services/auth/sessions";
import type { Person } from "./people";

/** The person with a new session of an hour, as `currentUser` gives a request's user. */
export async function signedInAs({ id, username }: Person): Promise<SignedIn> {
  const sessionId = await database().transaction((tx) =>
    insertSession(tx, {
      userId: id,
      sessionVersion: 0,
      expiresAt: new Date(Date.now() + 3_600_000),
      isRemembered: false,
      address: "192.0.2.1",
      userAgent: null,
    }),
  );
  const [session, access] = [await readSession(sessionId), await readAccess(id)];
  if (!session || !access) throw new Error(`${username} can't be signed in`);
  return { session, access, auditActor: { actorUserId: id, actorName: username, address: "192.0.2.1" } };
}
