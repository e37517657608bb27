import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { makeUser, type Person } from "./people";

const DAY = "interval '1 day'";

/** What of a user the lists of people can be filtered by, beyond roles; as an update of a new user sets it. */
const STATES = {
  active: "last_sign_in_at = now()",
  withCode: "mfa_enabled = true",
  mustSetUpCode: "mfa_required = true",
  inactive: "is_active = false, last_sign_in_at = now()",
  waiting: "is_active = false, is_self_registered = true",
  invited: `invited_until = now() + ${DAY}`,
  invitedInVain: `invited_until = now() - ${DAY}`,
  invitedAndInactive: `is_active = false, invited_until = now() + ${DAY}`,
} as const;

/** A member with the global role User in each state; a spreadsheet takes the username of the active one for a formula. */
export async function makePeopleOfAllStates(companyId: number): Promise<Record<keyof typeof STATES, Person>> {
  const people: [string, Person][] = [];
  for (const [state, change] of Object.entries(STATES)) {
    const person = await makeUser("User", [{ companyId, role: "User" }]);
    const username = `${state === "active" ? "=1+" : ""}${state}-${person.id}`;
    await database().execute(sql`
      update app_auth_users set username = ${username}, ${sql.raw(change)} where id = ${person.id}`);
    people.push([state, { ...person, username }]);
  }
  return Object.fromEntries(people) as Record<keyof typeof STATES, Person>;
}
