import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { users } from "@/db/schema/users";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

test("users whose names were spellings of one another keep working: the later one gets a number", async () => {
  const migration = await readFile("db/migrations/0009_login_key.sql", "utf8");
  const [, ...afterFunction] = migration.split("--> statement-breakpoint");
  await database().execute(sql`drop index users_username_key`);
  await database().execute(sql`drop index users_email_key`);
  await database().execute(
    sql`create unique index users_username_key on app_auth_users (lower(username collate "C"))`,
  );
  await database().execute(sql`create unique index users_email_key on app_auth_users (lower(email))`);
  const long = "x".repeat(63);
  const names = ["anna", "ａnna", "bob", `${long}k`, `${long}\u212a`];
  for (const [i, username] of names.entries()) {
    const email = i === 2 ? "ANNA@example.com" : i === 0 ? "ａnna@example.com" : `${i}@example.com`;
    await database().insert(users).values({ username, email, password: "none" });
  }
  for (const statement of afterFunction) await database().execute(sql.raw(statement));
  const rows = await database()
    .select({ id: users.id, username: users.username, email: users.email })
    .from(users);
  const [anna, wide, bob, longest, kelvin] = rows.sort((a, b) => a.id - b.id);
  expect(anna).toMatchObject({ username: "anna", email: "ａnna@example.com" });
  expect(wide!.username).toBe(`ａnna-${wide!.id}`);
  expect(bob).toMatchObject({ username: "bob", email: `ANNA@example.com.${bob!.id}.invalid` });
  expect(longest!.username).toBe(`${long}k`);
  expect(kelvin!.username).toBe(`${"x".repeat(52)}-${kelvin!.id}`);
  const again = database()
    .insert(users)
    .values({ username: "ANNA", email: "new@example.com", password: "none" });
  await expect(again).rejects.toMatchObject({ cause: { code: "23505" } });
});
