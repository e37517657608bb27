import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { insertSession } from "@/db/queries/users/sessions";
import { operatorActor } from "@/lib/services/audit/actor";
import { runRetention } from "@/lib/services/retention/run-retention";
import { provideOwnDatabase } from "../../support/own-database";
import { makeUser } from "../../support/people";

provideOwnDatabase();

const never = new AbortController().signal;

/** A session of the user by what its user agent is, and when it was over or is going to be, in days from now. */
async function open(userId: number, userAgent: string, expiresInDays: number, revokedInDays?: number) {
  const id = await database().transaction((tx) =>
    insertSession(tx, {
      userId,
      sessionVersion: 1,
      expiresAt: new Date(Date.now() + expiresInDays * 86_400_000),
      isRemembered: false,
      address: "192.0.2.7",
      userAgent,
    }),
  );
  if (revokedInDays === undefined) return;
  await database().execute(
    sql`update user_sessions set revoked_at = now() + make_interval(days => ${revokedInDays}) where id = ${id}`,
  );
}

test("sessions go thirty days after their end, also of people who never sign in again", async () => {
  const { id: userId } = await makeUser("User");
  await open(userId, "over long ago", -31);
  await open(userId, "over lately", -29);
  await open(userId, "ended long ago", 60, -31);
  await open(userId, "ended lately", 60, -29);
  await open(userId, "signed in", 1);
  await database().execute(sql`update app_auth_users set is_active = false where id = ${userId}`);
  await runRetention(operatorActor("scheduled job"), never);
  const left = await database().execute<{ name: string }>(
    sql`select user_agent as name from user_sessions where user_id = ${userId} order by name`,
  );
  expect(left.map(({ name }) => name)).toEqual(["ended lately", "over lately", "signed in"]);
});

test("however many there are, one run deletes them all", async () => {
  const { id: userId } = await makeUser("User");
  await database().execute(sql`
    insert into user_sessions (user_id, session_version, expires_at, address)
    select ${userId}, 1, now() - interval '1 year', '192.0.2.8' from generate_series(1, 1201)`);
  await runRetention(operatorActor("scheduled job"), never);
  const [row] = await database().execute<{ count: number }>(
    sql`select count(*)::int as count from user_sessions where user_id = ${userId}`,
  );
  expect(row!.count).toBe(0);
});
