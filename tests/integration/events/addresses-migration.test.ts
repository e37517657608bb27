import { readFile } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect, database } from "@/db/client";
import { localIpSql, publicIpSql } from "@/db/queries/events/address-sql";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents } from "../../support/stored-events";

provideOwnDatabase();

const AT = Date.UTC(2026, 4, 4, 8);

async function statementsOf(file: string): Promise<string[]> {
  return (await readFile(`db/migrations/${file}`, "utf8")).split("--> statement-breakpoint");
}

test("events of an older release keep their addresses, and are stored while a report keeps the migration waiting", async () => {
  const company = await makeCompany("Older addresses");
  await storeEvents(company, [{ type: "Logon", user: "anna", computer: "PC-1", at: AT }]);
  const view = (await statementsOf("0032_usual_event_types.sql")).at(-1)!;
  for (const statement of [
    "drop view api_logs",
    "alter table events drop column local_ipv4, drop column public_ipv4",
    view,
    `update events set local_ip = '10.0.0.8', public_ip = '203.0.113.7' where company_id = ${company.companyId}`,
  ]) {
    await database().execute(sql.raw(statement));
  }
  const store = (n: number) =>
    database().execute(sql`
      insert into events (company_id, site_id, account_id, computer_id, kind, occurred_at, fingerprint)
      select company_id, site_id, account_id, computer_id, kind, occurred_at + ${n} * interval '1 second', gen_random_uuid()
      from events where company_id = ${company.companyId} order by occurred_at limit 1`);

  const other = connect(process.env.DATABASE_URL!, { max: 2 });
  let tellReading = () => {};
  const isReading = new Promise<void>((resolve) => (tellReading = resolve));
  let endReport = () => {};
  const report = other.begin(async (tx) => {
    await tx`select count(*) from events`;
    tellReading();
    await new Promise<void>((resolve) => (endReport = resolve));
  });
  await isReading;
  const migration = other.begin(async (tx) => {
    for (const statement of await statementsOf("0036_narrow_addresses.sql")) await tx.unsafe(statement);
  });
  const isWaiting = async () => {
    const [row] = await database().execute<{ waiting: boolean }>(sql`
      select exists (select from pg_locks where relation = 'events'::regclass and mode = 'AccessExclusiveLock'
        and not granted) as waiting`);
    return row!.waiting;
  };
  // While the report reads on, each is stored behind an attempt of the migration, between it and the next.
  const ATTEMPTS = 2;
  for (let n = 1; n <= ATTEMPTS; n += 1) {
    await eventually("the migration waits for the report", isWaiting);
    await store(n);
  }
  endReport();
  await Promise.all([report, migration]);
  await other.end();

  const [event] = await database().execute(sql`
    select ${localIpSql} as "localIp", ${publicIpSql} as "publicIp" from events e
    where e.company_id = ${company.companyId} order by e.occurred_at limit 1`);
  expect(event).toEqual({ localIp: "10.0.0.8", publicIp: "203.0.113.7" });
  const logs = await database().execute<{ ip: string | null }>(sql`
    select local_ip as ip from api_logs where company_id = ${company.companyId} order by "timestamp"`);
  expect(logs.length).toBe(ATTEMPTS + 1);
  expect(logs[0]!.ip).toBe("10.0.0.8");
});
