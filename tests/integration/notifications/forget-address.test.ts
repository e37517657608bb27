import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { database, type Transaction } from "@/db/client";
import { lockChannelsOf } from "@/db/queries/global/route-notifications";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { operatorScope, portalScope } from "@/db/scope";
import { operatorContext } from "@/lib/services/context";
import { forgetAddressOf, forgetAddressWhereLost } from "@/lib/services/notifications/forget-address";
import { setUsersActive } from "@/lib/services/users/change-account";
import { eventually, makeChannel } from "../../support/notifying";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { makeUser } from "../../support/people";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

const context = operatorContext("command line");
/** In the order in which the router locks their channels; names are in another one. */
let companyIds: number[];

beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  const [first, second] = [await makeCompany("Zebra"), await makeCompany("Ant")];
  companyIds = [0, first.companyId, second.companyId];
  for (const scope of [portalScope(), first.scope, second.scope]) {
    await makeChannel({ scope }, { type: "mail", addresses: ["shared@example.com"] });
  }
});

const someone = (companies: readonly number[], globalRole: string) => ({
  userId: 0,
  email: "shared@example.com",
  globalRole,
  memberships: companies.map((companyId) => ({ companyId, companyName: "", role: "User" })),
});

it.each<[string, number, (tx: Transaction) => Promise<void>]>([
  ["a deleted GlobalAdmin", 0, (tx) => forgetAddressOf(tx, context, someone([], "GlobalAdmin"))],
  [
    "a GlobalAdmin who gets a lower role",
    0,
    (tx) => forgetAddressWhereLost(tx, context, someone([], "GlobalAdmin"), someone([], "User")),
  ],
  [
    "a deleted GlobalAdmin among companies",
    1,
    (tx) => forgetAddressOf(tx, context, someone([], "GlobalAdmin")),
  ],
  [
    "a deleted user",
    1,
    (tx) => forgetAddressOf(tx, context, someone([companyIds[2]!, companyIds[1]!], "User")),
  ],
])(
  "Forgetting the address of %s and routing wait for each other, never in turns",
  async (_, from, forget) => {
    const change = () => database().transaction(forget);
    const forgotten = await meanwhile(from, change, (router) =>
      lockChannelsOf(router, companyIds.slice(from + 1)),
    );
    expect(forgotten).toBeUndefined();
  },
);

it("Deactivating several users and routing wait for each other, never in turns", async () => {
  const people: number[] = [];
  // Who comes first is in the company that comes last.
  for (const companyId of companyIds.slice(1).toReversed()) {
    const person = await makeUser("User", [{ companyId, role: "CompanyAdmin" }]);
    const addresses = [`${person.username}@example.com`];
    await makeChannel({ scope: operatorScope(companyId) }, { type: "mail", addresses });
    people.push(person.id);
  }
  const change = () => setUsersActive(context, { userIds: people, isActive: false });
  const changed = await meanwhile(1, change, (router) => lockChannelsOf(router, companyIds.slice(2)));
  expect(changed).toEqual({ changed: 2 });
});

it("Forgetting an address and noting in the audit trail what was sent wait for each other, never in turns", async () => {
  const sent = { action: "notification.send", outcome: "success", targetType: "channel" } as const;
  const row = { ...context.audit, ...sent, companyId: companyIds[2]!, targetId: 1 };
  const forget = (tx: Transaction) => forgetAddressOf(tx, context, someone([], "GlobalAdmin"));
  const change = () => database().transaction(forget);
  const forgotten = await meanwhile(2, change, (sender) => insertAuditRow(sender, row));
  expect(forgotten).toBeUndefined();
});

/** Starts a change while another transaction holds the channels of a company, which goes on once the change waits for it. */
async function meanwhile(
  held: number,
  change: () => Promise<unknown>,
  goOn: (other: Transaction) => Promise<unknown>,
): Promise<unknown> {
  let changed: Promise<unknown> | undefined;
  await database().transaction(async (other) => {
    const [mine] = await other.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await lockChannelsOf(other, [companyIds[held]!]);
    changed = change();
    changed.catch(() => undefined); // told below
    await eventually("the change waits for the other", async () => {
      const waiting = await database().execute(
        sql`select from pg_stat_activity where ${mine!.pid} = any (pg_blocking_pids(pid))`,
      );
      return waiting.length > 0;
    });
    await goOn(other);
  });
  return changed;
}
