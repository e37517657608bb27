import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { closeDatabase, database } from "@/db/client";
import { pingDatabase } from "@/db/queries/global/database-facts";
import { insertEvents, type NewEvent } from "@/db/queries/events/insert-events";
import { ensureSettings } from "@/db/queries/global/first-start";
import { lookUp } from "@/db/look-up";
import { operatorScope } from "@/db/scope";
import { parseWireEvent } from "@/lib/domain/events/wire";
import { refreshEnv } from "@/lib/env";
import { isDatabaseOutage } from "@/lib/errors";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { forgetSettings } from "@/lib/services/settings/read-settings";
import { fingerprintOf } from "@/lib/services/events/fingerprint";
import { openNodeMount } from "../support/agent-mounts";
import { provideOwnDatabase } from "../support/own-database";
import { openDatabaseBridge, type TcpBridge } from "../support/tcp-bridge";

provideOwnDatabase();

let company: CreatedCompany;
let newcomer: CreatedCompany;
let siteId: number;
let bridge: TcpBridge;
let direct: string;

beforeEach(async () => {
  await database().transaction(ensureSettings);
  const make = () => createCompany(operatorActor("command line"), { name: `Silence ${randomUUID()}` });
  [company, newcomer] = [await make(), await make()];
  const [site] = await database().execute<{ id: number }>(
    sql`select id from sites where company_id = ${company.id}`,
  );
  siteId = site!.id;
  await closeDatabase();
  direct = process.env.DATABASE_URL!;
  const opened = await openDatabaseBridge(direct);
  bridge = opened.bridge;
  process.env.DATABASE_URL = opened.address;
  // As few as there are for look-ups: a portal whose pages have all of theirs open, at the cost of fewer questions.
  process.env.DATABASE_POOL_SIZE = "2";
  refreshEnv();
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

/** Opens all connections for look-ups, so that none is left that the stall doesn't touch. */
const openLookUps = () => Promise.all([pingDatabase(), pingDatabase(), pingDatabase()]);

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "answered",
    (error: unknown) => (isDatabaseOutage(error) ? "outage" : error),
  );

test("a commit that the database never answers fails as an outage, and the next is made on another connection", async () => {
  const commits = (milliseconds?: number) =>
    Array.from({ length: 3 }, () => insertEvents([newEvent()], milliseconds));
  await Promise.all(commits());
  bridge.stall();
  const late = newEvent();
  const asked = [...commits(500), insertEvents([late], 500)];
  expect(await Promise.all(asked.map(codeOf))).toEqual(Array(4).fill("outage"));
  bridge.passNew();
  const again = await insertEvents([late]);
  expect(again).toHaveLength(1);
  expect(await insertEvents([late])).toEqual([null]);
});

test("a look-up that the database never answers fails as an outage, with those beside it, and the next uses another connection", async () => {
  await openLookUps();
  bridge.stall();
  const ask = (milliseconds?: number) =>
    lookUp(async (db) => db.execute(sql`select 1 as one`), milliseconds).then((rows) => [...rows]);
  const [first, beside] = [ask(500), ask()];
  expect(await Promise.all([codeOf(first), codeOf(beside)])).toEqual(["outage", "outage"]);
  bridge.passNew();
  expect(await ask()).toEqual([{ one: 1 }]);
});

/** In one test, as each would wait for the fifteen seconds of a look-up. */
test("a health check and a key that the database never answers are answered 503, and work once new connections do", async () => {
  const mount = await openNodeMount();
  const check = () =>
    fetch(`${mount.url}/api/health`, { method: "POST", headers: { "X-API-Key": company.key }, body: "{}" });
  const post = async (key: string) => {
    const event = {
      EventType: "Logon",
      UserName: "a",
      ComputerName: "b",
      Timestamp: new Date().toISOString(),
    };
    const request = { method: "POST", headers: { "X-API-Key": key }, body: JSON.stringify(event) };
    return (await fetch(`${mount.url}/api/log_event`, request)).status;
  };
  await openLookUps();
  // Whose key is known when the database falls silent, unlike the other's.
  expect((await check()).status).toBe(200);
  bridge.stall();
  forgetSettings();
  const unknown = randomBytes(32).toString("hex");
  const [answer, ...statuses] = await Promise.all([check(), post(newcomer.key), post(unknown)]);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect(await answer.json()).toMatchObject({ status: "error", database: "disconnected" });
  expect(statuses).toEqual([503, 503]);
  bridge.passNew();
  expect((await check()).status).toBe(200);
  await expect.poll(() => post(newcomer.key)).toBe(201);
  await mount.close();
});
