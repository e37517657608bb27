import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, connect, database, type RawSql } from "@/db/client";
import { runMigrations } from "@/db/migrate";
import { closeReplicas, listReplicas, lookAtReplicas } from "@/db/replicas";
import { laggingScope, operatorScope, readWithin, reportScope, type CompanyScope } from "@/db/scope";
import { refreshEnv } from "@/lib/env";
import { metrics } from "@/lib/metrics";
import { eventually } from "../../support/notifying";
import { makeCompany, type TestCompany } from "../../support/stored-events";
import { openReplicatedPostgres, type ReplicatedPostgres } from "../../support/streaming-replica";

let servers: ReplicatedPostgres;
let company: TestCompany;
/** To the replica, past the program. */
let replica: RawSql;
const before = process.env.DATABASE_URL;

function setEnv(given: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  refreshEnv();
}

beforeAll(async () => {
  servers = await openReplicatedPostgres();
  setEnv({
    DATABASE_URL: servers.primaryUrl,
    DATABASE_READ_URL: servers.replicaUrl,
    METRICS_TOKEN: "a-token-of-this-suite",
  });
  await runMigrations(servers.primaryUrl);
  company = await makeCompany("Replicated");
  replica = connect(servers.replicaUrl, { max: 1 });
});
afterAll(async () => {
  await replica?.end();
  await closeReplicas();
  await closeDatabase();
  setEnv({
    DATABASE_URL: before,
    DATABASE_READ_URL: undefined,
    DATABASE_READ_LAG_SECONDS: undefined,
    METRICS_TOKEN: undefined,
  });
  await servers?.stop();
});

async function stateBecomes(state: string): Promise<void> {
  await eventually(`the replica is ${state}`, async () => {
    await lookAtReplicas();
    return listReplicas()[0]!.state === state;
  });
}

/** Which server answers, and the company's name there. */
async function read(scope: CompanyScope): Promise<{ from: "replica" | "primary"; name: string }> {
  return readWithin(scope, async (tx) => {
    const [row] = await tx.execute<{ isReplica: boolean; name: string }>(sql`
      select pg_is_in_recovery() as "isReplica", name from app_auth_companies where id = ${company.companyId}`);
    return { from: row!.isReplica ? "replica" : "primary", name: row!.name };
  });
}

/** Near it may be before it has followed up to what was changed last. */
async function replicaHolds(name: string): Promise<void> {
  await eventually(`the replica is read, and holds ${name}`, async () => {
    await lookAtReplicas();
    const seen = await read(report());
    return seen.from === "replica" && seen.name === name;
  });
}

const rename = (name: string) =>
  database().execute(sql`update app_auth_companies set name = ${name} where id = ${company.companyId}`);

const report = () => reportScope(operatorScope(company.companyId));
const changedNow = () => ({ ...report(), changedAt: Date.now() }) as CompanyScope;

describe("a replica", () => {
  beforeEach(() => stateBecomes("near"));

  it("answers reports and lists of the past, and nothing else", async () => {
    const own = operatorScope(company.companyId);
    expect((await read(report())).from).toBe("replica");
    expect((await read(laggingScope(own))).from).toBe("replica");
    expect((await read(own)).from).toBe("primary");
    expect(listReplicas()).toMatchObject([
      { state: "near", reads: expect.any(Number), lagMs: expect.any(Number) },
    ]);
  });

  it("keeps companies apart as the primary does", async () => {
    const other = await makeCompany("Other");
    const scope = reportScope(operatorScope(other.companyId));
    // The replica has the other companies already, and this one when it has followed so far.
    await eventually("the replica has the company's site, and no other company's", async () => {
      await lookAtReplicas();
      const [seen] = await readWithin(scope, (tx) =>
        tx.execute<{ isReplica: boolean; ids: number[] | null }>(sql`
          select pg_is_in_recovery() as "isReplica", array_agg(distinct company_id) as ids from sites`),
      );
      const ids = seen!.ids ?? [];
      expect(ids.filter((id) => id !== other.companyId)).toEqual([]);
      return seen!.isReplica && ids.length === 1;
    });
  });

  it("is passed over by somebody who has just changed something, until it holds that", async () => {
    await rename("Renamed");
    const mine = changedNow();
    expect(await read(mine)).toEqual({ from: "primary", name: "Renamed" });
    await eventually("the replica holds the change", async () => {
      await lookAtReplicas();
      return (await read(mine)).from === "replica";
    });
    expect(await read(mine)).toEqual({ from: "replica", name: "Renamed" });
  });

  it("that falls behind is not read until it has caught up", async () => {
    setEnv({ DATABASE_READ_LAG_SECONDS: "1" });
    await replica`select pg_wal_replay_pause()`;
    await rename("Ahead");
    await stateBecomes("behind");
    expect(await read(report())).toEqual({ from: "primary", name: "Ahead" });
    await replica`select pg_wal_replay_resume()`;
    setEnv({ DATABASE_READ_LAG_SECONDS: undefined });
    await replicaHolds("Ahead");
  });

  it("that dies is replaced by the primary at once, and read again after its return", async () => {
    await servers.stopReplica();
    expect((await read(report())).from).toBe("primary");
    const [away] = listReplicas();
    expect(away).toMatchObject({ state: "away", lagMs: null });
    expect(await metrics()!.registry.getSingleMetricAsString("winauthmon_replica_lag_seconds")).toContain(
      `{replica="${away!.name}"} +Inf`,
    );
    await rename("Meanwhile");
    await servers.startReplica();
    await replicaHolds("Meanwhile");
  });

  it("is stopped with what it reads when nobody waits for it any more", async () => {
    const abort = new AbortController();
    const slow = readWithin(report(), (tx) => tx.execute(sql`select pg_sleep(60)`), abort.signal);
    await eventually("it sleeps there", async () => {
      const rows = await connectedSleepers();
      return rows === 1;
    });
    abort.abort();
    await expect(slow).rejects.toMatchObject({ cause: { code: "57014" } });
    await eventually("it is stopped", async () => (await connectedSleepers()) === 0);
  });
});

async function connectedSleepers(): Promise<number> {
  const own = connect(servers.replicaUrl, { max: 1 });
  const rows =
    await own`select 1 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`;
  await own.end();
  return rows.length;
}

it("an address that is no replica is never read", async () => {
  setEnv({ DATABASE_READ_URL: servers.primaryUrl });
  await lookAtReplicas();
  expect(listReplicas()).toMatchObject([{ state: "not a replica" }]);
  expect((await read(report())).from).toBe("primary");
  setEnv({ DATABASE_READ_URL: servers.replicaUrl });
});
