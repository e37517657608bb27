import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database, type Transaction } from "@/db/client";
import { lockCursor } from "@/db/queries/detections/follow-events";
import { writeMemories } from "@/db/queries/detections/memories";
import { writeWithin } from "@/db/scope";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { commentLocked, lockAll } from "@/lib/services/detections/change-alerts";
import { tellAlerts } from "@/lib/services/detections/tell-alerts";
import { eraseAccount } from "@/lib/services/privacy/persons";
import { tellLockouts } from "@/lib/services/watch/tell-lockouts";
import { setSettings } from "../../support/aged-records";
import { followStored } from "../../support/detecting";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { idOf, makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { toldIn } from "../../support/told";

provideOwnDatabase();

let company: TestCompany;
beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Raced");
});

async function untilWaiting(count: number): Promise<void> {
  const waiting = sql`
    select from pg_stat_activity where datname = current_database() and state = 'active'
      and wait_event_type in ('Lock', 'Extension')`; // a coordinator of Citus waits for its nodes
  await expect.poll(() => database().execute(waiting)).toHaveLength(count);
}

/** An account with a lockout just now. */
async function lockedOut(name: string): Promise<number> {
  await storeEvents(company, [{ type: "lockout", user: name, computer: "PC-1", at: Date.now() - 1_000 }]);
  return Number(await idOf("accounts", company, name));
}

function draftOf(accountId: number): AlertDraft & { id: number } {
  const at = Date.now() - 1_000;
  return {
    id: 1,
    rule: "first-time-on-computer",
    subjectKey: `account:${accountId}`,
    key: 1,
    severity: "low",
    accountId,
    address: null,
    computerId: null,
    siteId: null,
    firstAt: at,
    sinceAt: at,
    lastAt: at,
    count: 1,
    threshold: 1,
    windowMinutes: 1,
    eventIds: [],
    accountIds: [accountId],
    computerIds: [],
    codes: [],
    compared: {},
    isLate: false,
  };
}

it.each([
  ["an alert", "Racing.Alert", (tx: Transaction, id: number) => tellAlerts(tx, company.scope, [draftOf(id)])],
  [
    "a lockout",
    "Racing.Lockout",
    async (tx: Transaction) => {
      const since = new Date(Date.now() - 60_000);
      await tellLockouts(tx, company.scope, since, since);
    },
  ],
])("leaves no name in the notification of %s that is being written", async (_, name, tell) => {
  const id = await lockedOut(name);
  let both: Promise<unknown> | undefined;
  await database().transaction(async (tx) => {
    // `tell` has read the name by then, and has not written it.
    await tx.execute(sql`lock table notifications in share mode`);
    const told = writeWithin(company.scope, (other) => tell(other, id));
    await untilWaiting(1);
    const erased = eraseAccount(operatorIn(company), { accountId: id, confirmedName: name });
    await untilWaiting(2);
    both = Promise.all([told, erased]);
  });
  await both;
  const told = (await toldIn(company.companyId)).filter(({ params }) =>
    JSON.stringify(params).includes(`"id":${id},`),
  );
  expect(told).toHaveLength(1);
  expect(told[0]!.params).toMatchObject({ account: { id, name: `Erased account ${id}` } });
});

it("leaves nothing remembered of the account by rules that are being asked about its events", async () => {
  const id = await lockedOut("Racing.Memory");
  await followStored();
  const memory = { rule: "password-guessed", subjectKey: `account:${id}`, memory: { kept: true } };
  let erased: Promise<unknown> | undefined;
  await writeWithin(company.scope, async (tx) => {
    expect(await lockCursor(tx, company.scope)).not.toBeNull();
    erased = eraseAccount(operatorIn(company), { accountId: id, confirmedName: "Racing.Memory" });
    await untilWaiting(1);
    await writeMemories(tx, company.scope, [memory]);
  });
  await erased;
  const kept = await database().execute(
    sql`select from detection_states where subject_key = ${memory.subjectKey}`,
  );
  expect(kept).toHaveLength(0);
});

it("leaves no name in a comment that is being written below an alert of the account", async () => {
  const name = "Racing.Comment";
  const accountId = await lockedOut(name);
  const [row] = await database().execute<{ id: number }>(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, account_id, first_at, since_at, last_at, count, threshold,
      window_minutes, event_ids, account_ids, computer_ids, codes, is_late)
    values (${company.companyId}, 'repeated-lockouts', ${`account:${accountId}`}, 1, 'low', ${accountId}, now(), now(), now(), 1, 1, 1,
      '{}', '{}', '{}', '{}', false) returning id`);
  const context = operatorIn(company);
  let erased: Promise<unknown> | undefined;
  await writeWithin(company.scope, async (tx) => {
    const alerts = await lockAll(tx, context, [row!.id]);
    erased = eraseAccount(context, { accountId, confirmedName: name });
    await untilWaiting(1);
    await commentLocked(tx, context, alerts, `${name} was on leave`);
  });
  await erased;
  const comments = await database().execute(
    sql`select comment from alert_history where company_id = ${company.companyId} and alert_id = ${row!.id}`,
  );
  expect([...comments]).toEqual([{ comment: `Erased account ${accountId} was on leave` }]);
});
