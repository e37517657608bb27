import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureSettings } from "@/db/queries/global/first-start";
import { database } from "@/db/client";
import { stopListening } from "@/db/notifications";
import { operatorScope } from "@/db/scope";
import type { LiveMessage } from "@/lib/domain/events/live-event";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { listenToEvents } from "@/lib/services/events/live-feed";
import { provideOwnDatabase } from "../support/own-database";
import { bundleServerWithoutPages, startServerProcess, type ServerProcess } from "../support/server-process";

provideOwnDatabase();

let folder: string;
let server: ServerProcess;
let watched: CreatedCompany;
let other: CreatedCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  watched = await createCompany(operatorActor("command line"), { name: "Watched" });
  other = await createCompany(operatorActor("command line"), { name: "Other" });
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-live-"));
  server = await startServerProcess(await bundleServerWithoutPages(), {
    DATABASE_URL: process.env.DATABASE_URL!,
    AUTH_SECRET: process.env.AUTH_SECRET!,
    DATA_DIR: folder,
    LOG_LEVEL: "warn",
  });
});
afterAll(async () => {
  await server?.end("SIGTERM");
  await stopListening();
  await rm(folder, { recursive: true, force: true });
});

async function post(company: CreatedCompany, UserName: string): Promise<void> {
  const event = { EventType: "Logon", UserName, ComputerName: "PC-1", Timestamp: new Date().toISOString() };
  const response = await fetch(`http://127.0.0.1:${server.port}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": company.key },
    body: JSON.stringify(event),
  });
  expect(response.status).toBe(201);
}

it("tells this process of an event that another server stored, and of its company only", async () => {
  const messages: LiveMessage[] = [];
  const stop = listenToEvents(operatorScope(watched.id), (message) => messages.push(message));
  await expect
    .poll(
      async () => {
        await post(other, "unseen");
        await post(watched, "seen");
        return messages.length;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBeGreaterThan(0);
  stop();
  expect(messages.flatMap((message) => message.rows).map((row) => row.userName)).toContain("seen");
  expect(messages.every((message) => message.companyId === watched.id)).toBe(true);
});
