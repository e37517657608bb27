import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { closeDatabase, connect, database, type RawSql } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { accessForUser, narrowScope, readWithin, type CompanyScope } from "@/db/scope";
import { refreshEnv } from "@/lib/env";
import type { CompanyView } from "@/lib/server/guards";
import { readListInQueue } from "@/lib/server/report-page";
import { readSession } from "@/lib/services/auth/sessions";
import { runList } from "@/lib/services/reports/list-queue";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { gatedList, type SampleRow } from "../../support/sample-report";
import { makeUser } from "../../support/people";
import { signedInAs } from "../../support/signed-in";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const LOCK = 815_022;
const ROW: SampleRow = { name: "row", count: 1, seconds: 1, at: 0, date: "2026-07-01", isNew: true };

let api: Awaited<ReturnType<typeof openReadApi>>;
let holder: RawSql;
let one: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  // Long enough for a busy machine: none of these tests is about time.
  Object.assign(process.env, {
    DATABASE_POOL_SIZE: "10",
    REPORT_STATEMENT_SECONDS: "300",
    REPORT_WAIT_SECONDS: "300",
    RATE_LIMIT_ENABLED: "false",
  });
  refreshEnv();
  await database().transaction(ensureSettings);
  one = await makeCompany("One");
  other = await makeCompany("Other");
  api = await openReadApi({ gated: gatedList(ROW, LOCK) });
  holder = connect(inject("databaseUrl"), { max: 1 });
});
afterAll(async () => {
  await holder?.end();
  await api?.close();
  await closeDatabase();
});
beforeEach(async () => void (await holder`select pg_advisory_lock(${LOCK})`));
afterEach(async () => void (await holder`select pg_advisory_unlock_all()`));

const ask = (path: string, key: string) => fetch(`${api.url}/${path}`, { headers: { "X-API-Key": key } });
const openGate = () => holder`select pg_advisory_unlock(${LOCK})`;

async function listsAtGate(): Promise<number> {
  const rows = await holder`
    select from pg_stat_activity where datname = current_database()
      and query like '%gated list%' and pid <> pg_backend_pid() and wait_event = 'advisory'`;
  return rows.length;
}

const statusesOf = async (answers: readonly Promise<Response>[]) => {
  const all = await Promise.all(answers);
  await Promise.all(all.map((answer) => answer.text()));
  return [...new Set(all.map(({ status }) => status))];
};

describe("while one reader, and then one company, holds all lists that it may", () => {
  it("sessions are looked up, and other companies read theirs", async () => {
    const person = await makeUser("User", [{ companyId: other.companyId, role: "User" }]);
    const { sessionId } = (await signedInAs(person)).session;
    const stranger = await makeKey(other);
    const [own, ...keys] = await Promise.all(Array.from({ length: 4 }, () => makeKey(one)));
    const greedy = Array.from({ length: 10 }, () => ask("gated", own!));
    await expect.poll(listsAtGate).toBe(2);
    expect((await readSession(sessionId))?.userId).toBe(person.id);

    const colleagues = keys.flatMap((key) => Array.from({ length: 10 }, () => ask("gated", key)));
    await expect.poll(listsAtGate).toBe(3);
    expect((await readSession(sessionId))?.userId).toBe(person.id);
    expect(await statusesOf([ask("api/v1/accounts", stranger)])).toEqual([200]);

    const others = ask("gated", stranger);
    await expect.poll(listsAtGate).toBe(4);
    expect((await readSession(sessionId))?.userId).toBe(person.id);
    expect((await accessForUser(person.id))?.companies).toHaveLength(1);
    await openGate();
    expect(await statusesOf([...greedy, ...colleagues, others])).toEqual([200]);
  });

  it("what is too much of one reader is refused, and nothing of another", async () => {
    const [greedy, colleague] = [await makeKey(one), await makeKey(one)];
    const settled: Response[] = [];
    const answers = Array.from({ length: 60 }, () =>
      ask("gated", greedy).then((answer) => {
        settled.push(answer);
        return answer;
      }),
    );
    await expect.poll(() => settled.length).toBe(8);
    expect(new Set(settled.map(({ status }) => status))).toEqual(new Set([429]));
    expect(Number(settled[0]!.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await settled[0]!.json()).toMatchObject({ message: expect.stringContaining("Too many lists") });
    expect(await statusesOf([ask("api/v1/accounts", colleague)])).toEqual([200]);
    await openGate();
    const all = await Promise.all(answers);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(52);
    await Promise.all(all.filter(({ bodyUsed }) => !bodyUsed).map((answer) => answer.text()));
  });
});

describe("a screen of a list", () => {
  it("says that it has no place, and keeps one until all of it is read", async () => {
    const view = { scope: one.scope, session: { userId: 91 } } as unknown as CompanyView;
    const asker = { reader: "user 91", scope: one.scope };
    let endRest = (): void => undefined;
    const rest = new Promise<void>((resolve) => (endRest = resolve));
    const first = [1, 2].map(() =>
      readListInQueue(
        view,
        async () => ({ rows: 1 }),
        () => rest,
      ),
    );
    expect(await Promise.all(first)).toEqual([{ rows: 1 }, { rows: 1 }]);
    const read: number[] = [];
    const waiting = Array.from({ length: 50 }, (_, n) => runList(asker, async () => void read.push(n)));
    expect(await readListInQueue(view, async () => ({ rows: 2 }))).toMatchObject({
      refusal: { title: "reports.refusedListBusy", isBusy: true },
    });
    expect(read).toEqual([]);
    endRest();
    await Promise.all(waiting);
    expect(await readListInQueue(view, async () => ({ rows: 3 }))).toEqual({ rows: 3 });
  });
});

describe("a statement that a person or a key waits for", () => {
  const limitOf = async (scope: CompanyScope) => {
    const [row] = await readWithin(scope, (tx) =>
      tx.execute<{ limit: string }>(sql`select current_setting('statement_timeout') as limit`),
    );
    return row!.limit;
  };

  it("has the time of a report's over the connections of pages, too, and the program's own has more", async () => {
    const person = await makeUser("User", [{ companyId: one.companyId, role: "User" }]);
    const { scope } = (await accessForUser(person.id))!;
    expect(await limitOf(scope)).toBe("5min");
    expect(await limitOf(narrowScope(scope, one.companyId)!)).toBe("5min");
    expect(await limitOf(one.scope)).toBe("0");
    expect(await limitOf(scope)).toBe("5min");
  });

  it("ends a list in words", async () => {
    const slow = runList({ reader: "user 92", scope: one.scope }, () =>
      readWithin(one.scope, async (tx) => {
        await tx.execute(sql`set local statement_timeout = 50`);
        await tx.execute(sql`select pg_sleep(60)`);
      }),
    );
    await expect(slow).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("takes too long"),
    });
  });
});
