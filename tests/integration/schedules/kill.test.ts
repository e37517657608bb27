import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { setSettings } from "../../support/aged-records";
import { provideMail } from "../../support/mailing";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeColleague, runsOf, scheduleView, setDue } from "../../support/scheduling";
import {
  bundleServerWithoutPages,
  startServerProcess,
  type ServerProcess,
} from "../../support/server-process";
import { makeCompany } from "../../support/stored-events";

/** How many of the mails have arrived when a server is killed. */
const KILLED_AFTER = [0, 1, 3];

provideOwnDatabase();
const mailing = provideMail();

let program: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-schedules-"));
  program = await bundleServerWithoutPages();
  await setSettings({ timeZone: "UTC" });
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

function start(): Promise<ServerProcess> {
  return startServerProcess(program, {
    DATABASE_URL: process.env.DATABASE_URL!,
    AUTH_SECRET: process.env.AUTH_SECRET!,
    SMTP_URL: mailing.server.url,
    MAIL_FROM: "winauthmon@example.com",
    DATA_DIR: path.join(folder, "data"),
    BCRYPT_COST: "4",
    LOG_LEVEL: "error",
  });
}

it("a server killed while it sends loses no recipient, and repeats at most one mail under its own id", async () => {
  const company = await makeCompany("Killed");
  const admin = await makeColleague(company, "CompanyAdmin");
  const others = await Promise.all(Array.from({ length: 7 }, () => makeColleague(company)));
  const members = [admin, ...others];
  const memberIds = members.map(({ person }) => String(person.id));
  const { scheduleId, name } = await scheduleView(admin, { memberIds });
  const mails = () =>
    mailing.server.received.filter(({ mail }) => mail.subject === `${company.name}: ${name}`);
  await setDue(scheduleId, new Date(Date.now() - 60_000).toISOString());
  for (const count of KILLED_AFTER) {
    const server = await start();
    await eventually(`the report is claimed and ${count} mails have come`, async () => {
      const [run] = await runsOf(scheduleId);
      return run?.recipients != null && mails().length >= count;
    });
    await server.end("SIGKILL");
    // As when its lease has run out.
    await database().execute(sql`update queue_entries set leased_until = now() where queue = 'schedules'`);
  }
  const server = await start();
  await eventually("the report is sent", async () => (await runsOf(scheduleId))[0]?.state === "sent");
  await server.end("SIGTERM");
  const runs = await runsOf(scheduleId);
  expect(runs).toHaveLength(1);
  const expected = new Map(
    runs[0]!.recipients!.map(({ address, messageId }) => [address, `<${messageId}@example.com>`]),
  );
  const received = mails().map(({ to, mail }) => [to[0], mail.messageId]);
  expect(new Set(received.map(([to]) => to))).toEqual(new Set(members.map(({ address }) => address)));
  expect(received.every(([to, messageId]) => messageId === expected.get(to!))).toBe(true);
  expect(received.length).toBeLessThanOrEqual(members.length + KILLED_AFTER.length);
});
