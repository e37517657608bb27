import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect, database, type RawSql } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { readStored } from "../../bench/soak-figures";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

let company: CreatedCompany;
let mount: Mount;
let sql: RawSql;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await createCompany(operatorActor("command line"), { name: `Soak check ${randomUUID()}` });
  mount = await openNodeMount();
  sql = connect(process.env.DATABASE_URL!, { max: 1 });
  for (const [computer, second, type] of SENT) await send(computer, second, type);
});
afterAll(async () => {
  await mount.close();
  await sql.end();
});

/** The last is a second event at the same moment, as no agent of the soak sends. */
const SENT = [
  ["SOAK-1", 1, "Logon"],
  ["SOAK-1", 2, "Lock"],
  ["SOAK-2", 1, "Logon"],
  ["SOAK-2", 1, "Lock"],
] as const;

async function send(ComputerName: string, second: number, EventType: string): Promise<void> {
  const Timestamp = `2026-01-05T08:00:0${second}Z`;
  const answer = await fetch(`${mount.url}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": company.key },
    body: JSON.stringify({ EventType, UserName: "soak", ComputerName, Timestamp }),
  });
  expect(answer.status).toBe(201);
}

const agents = (first: number, second: number) => [
  { computer: "SOAK-1", events: first },
  { computer: "SOAK-2", events: second },
];

it("finds nothing wrong where what was acknowledged is stored once", async () => {
  expect(await readStored(sql, [{ computer: "SOAK-1", events: 2 }])).toEqual({
    events: 4,
    lost: 0,
    doubled: 0,
    unknown: 0,
    miscounted: 0,
  });
});

it("finds an event that was acknowledged and is not stored, and one that is stored twice", async () => {
  expect(await readStored(sql, agents(3, 1))).toMatchObject({ lost: 1, doubled: 1, unknown: 0 });
  expect(await readStored(sql, [...agents(2, 1), { computer: "SOAK-3", events: 5 }])).toMatchObject({
    lost: 5,
  });
});

it("finds an event that nobody acknowledged, and counts that are not those of the events", async () => {
  await sql`update event_counts set count = count + 2 where company_id = ${company.id} and kind = 1`;
  expect(await readStored(sql, agents(1, 1))).toMatchObject({ lost: 0, unknown: 1, miscounted: 2 });
});
