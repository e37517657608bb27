import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { closeDatabase, database } from "@/db/client";
import { insertEvents, type NewEvent } from "@/db/queries/events/insert-events";
import { ensureSettings } from "@/db/queries/global/first-start";
import { operatorScope } from "@/db/scope";
import { parseWireEvent } from "@/lib/domain/events/wire";
import { isDatabaseOutage } from "@/lib/errors";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { fingerprintOf } from "@/lib/services/events/fingerprint";
import { openNodeMount } from "../support/agent-mounts";
import { provideOwnDatabase } from "../support/own-database";
import { openDatabaseBridge, type TcpBridge } from "../support/tcp-bridge";

provideOwnDatabase();

let company: CreatedCompany;
let siteId: number;
let bridge: TcpBridge;
let direct: string;

beforeEach(async () => {
  await database().transaction(ensureSettings);
  company = await createCompany(operatorActor("command line"), { name: `Silence ${randomUUID()}` });
  const [site] = await database().execute<{ id: number }>(
    sql`select id from sites where company_id = ${company.id}`,
  );
  siteId = site!.id;
  await closeDatabase();
  direct = process.env.DATABASE_URL!;
  const opened = await openDatabaseBridge(direct);
  bridge = opened.bridge;
  process.env.DATABASE_URL = opened.address;
});
afterEach(async () => {
  await bridge.cut();
  await closeDatabase();
  process.env.DATABASE_URL = direct;
});

function newEvent(): NewEvent {
  const sent = {
    EventType: "Logon",
    UserName: `user-${randomUUID()}`,
    ComputerName: "PC-1",
    Timestamp: new Date().toISOString(),
  };
  const read = parseWireEvent(sent, Date.now());
  if (!read.ok) throw new Error("The event is not one.");
  const { event } = read;
  return { scope: operatorScope(company.id), siteId, event, fingerprint: fingerprintOf(event) };
}

test("a commit that the database never answers fails as an outage, and the next is made on another connection", async () => {
  await insertEvents([newEvent()]);
  bridge.stall();
  const late = newEvent();
  const failed = await insertEvents([late], 500).then(
    () => null,
    (error: unknown) => error,
  );
  expect(isDatabaseOutage(failed)).toBe(true);
  await bridge.cut();
  await bridge.open();
  const again = await insertEvents([late]);
  expect(again).toHaveLength(1);
  expect(await insertEvents([late])).toEqual([null]);
});

test("a health check that the database never answers is answered 503", async () => {
  const mount = await openNodeMount();
  const check = () =>
    fetch(`${mount.url}/api/health`, { method: "POST", headers: { "X-API-Key": company.key }, body: "{}" });
  expect((await check()).status).toBe(200);
  bridge.stall();
  const answer = await check();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await answer.json()).toMatchObject({ status: "error", database: "disconnected" });
  await bridge.cut();
  await bridge.open();
  await expect.poll(async () => (await check()).status).toBe(200);
  await mount.close();
});
