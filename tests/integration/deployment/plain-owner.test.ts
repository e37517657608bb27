import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, connect } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { insertEvents } from "@/db/queries/events/insert-events";
import { runMigrations } from "@/db/migrate";
import { makeCompany, newEvents } from "../../support/stored-events";

const shared = process.env.DATABASE_URL!;
let folder: string;
let embedded: Awaited<ReturnType<typeof startEmbeddedPostgres>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-owner-"));
  embedded = await startEmbeddedPostgres({ dataDir: path.join(folder, "data") });
});
afterAll(async () => {
  await closeDatabase();
  process.env.DATABASE_URL = shared;
  await embedded.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

it("a database user who is no superuser needs only the right to create roles", async () => {
  const sql = connect(embedded.url, { max: 1 });
  await sql.unsafe("create role portal login password 'portal' createrole");
  await sql.unsafe("create database portal owner portal");
  await sql.end();
  const url = new URL(embedded.url);
  Object.assign(url, { pathname: "/portal", username: "portal", password: "portal" });
  process.env.DATABASE_URL = url.href;
  await runMigrations(url.href);
  const companies = [await makeCompany("One"), await makeCompany("Two")];
  const logon = { type: "Logon", user: "anna", computer: "PC-1", at: Date.now() };
  const events = companies.flatMap((company) => newEvents(company, [logon]));
  expect((await insertEvents(events)).every((stored) => stored !== null)).toBe(true);
});
