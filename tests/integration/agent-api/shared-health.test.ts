import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, connectionPool, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { isDatabaseOutage } from "@/lib/errors";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { checkDatabaseTogether } from "@/lib/services/health/check-database";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

let company: CreatedCompany;
let mount: Mount;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await createCompany(operatorActor("command line"), { name: `Shared health ${randomUUID()}` });
  mount = await openNodeMount();
});
afterAll(() => mount.close());

const check = async () => {
  const headers = { "X-API-Key": company.key };
  return (await fetch(`${mount.url}/api/health`, { method: "POST", headers, body: "{}" })).status;
};

it("looks at the database once for all who ask while it is looked at, and anew after that", async () => {
  const first = checkDatabaseTogether();
  expect(checkDatabaseTogether()).toBe(first);
  await first;
  const next = checkDatabaseTogether();
  expect(next).not.toBe(first);
  await next;
});

it("answers many agents at once while pages hold all of their connections", async () => {
  expect(await check()).toBe(200);
  const size = connectionPool().options.max;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const held = Array.from({ length: size }, () => database().transaction(() => released));
  expect(await Promise.all(Array.from({ length: 50 }, check))).toEqual(Array.from({ length: 50 }, () => 200));
  release();
  await Promise.all(held);
});

it("forgets a look that failed", async () => {
  const url = process.env.DATABASE_URL;
  await closeDatabase();
  process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/nothing";
  try {
    const failed: unknown = await checkDatabaseTogether().then(
      () => null,
      (error: unknown) => error,
    );
    expect(isDatabaseOutage(failed)).toBe(true);
  } finally {
    await closeDatabase();
    process.env.DATABASE_URL = url;
  }
  await expect(checkDatabaseTogether()).resolves.toBeUndefined();
  await expect(database().execute(sql`select 1`)).resolves.toBeDefined();
});
