import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { database, type Transaction } from "@/db/client";
import { lockChannelsOf } from "@/db/queries/global/route-notifications";
import { portalScope } from "@/db/scope";
import { operatorContext } from "@/lib/services/context";
import { forgetAddressOf, forgetAddressWhereLost } from "@/lib/services/notifications/forget-address";
import { eventually, makeChannel } from "../../support/notifying";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
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
    let forgotten: Promise<void> | undefined;
    await database().transaction(async (router) => {
      const [mine] = await router.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await lockChannelsOf(router, [companyIds[from]!]);
      forgotten = database().transaction(forget);
      forgotten.catch(() => undefined); // told below
      await eventually("the address waits for the router", async () => {
        const waiting = await database().execute(
          sql`select from pg_stat_activity where ${mine!.pid} = any (pg_blocking_pids(pid))`,
        );
        return waiting.length > 0;
      });
      await lockChannelsOf(router, companyIds.slice(from + 1));
    });
    expect(await forgotten).toBeUndefined();
  },
);
