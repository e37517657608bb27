import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { flushStoredErrors } from "@/lib/services/errors/store-error";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { isLeftOut } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

let mount: Mount;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  mount = await openNodeMount();
});
afterAll(() => mount.close());
afterEach(() => {
  vi.useRealTimers();
});

const makeCompany = (): Promise<CreatedCompany> =>
  createCompany(operatorActor("command line"), { name: `Held up ${randomUUID()}` });

const newEvent = () => ({
  EventType: "Logon",
  UserName: `user-${randomUUID()}`,
  ComputerName: "PC-1",
  Timestamp: new Date().toISOString(),
});

async function send({ key }: CreatedCompany, path: string, body: object) {
  const headers = { "X-API-Key": key };
  const answer = await fetch(`${mount.url}/api/${path}`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  return { status: answer.status, retryAfter: answer.headers.get("retry-after"), json: await answer.json() };
}

const heldUp = {
  status: 503,
  retryAfter: "30",
  json: { status: "error", message: "The database can't store this at present. Try again later" },
};

/** How often an error with the words was reported. */
async function countReports(words: string): Promise<number> {
  await flushStoredErrors();
  const [row] = await database().execute<{ count: number }>(sql`
    select coalesce(sum(count), 0)::int as count from api_error_logs
    where logger_name = 'agent-api' and message like ${`%${words}%`}`);
  return row!.count;
}

it.skipIf(isLeftOut("the test sets a trigger on events")).each([
  ["disk is full", "53100"],
  ["memory is full", "53200"],
])(
  "a database whose %s takes nothing and loses nothing, which whoever runs the portal is told",
  async (words, code) => {
    const [one, other] = [await makeCompany(), await makeCompany()];
    const events = [newEvent(), newEvent()];
    await database().execute(
      sql.raw(`create function no_room() returns trigger language plpgsql as
      $$ begin raise exception '${words}' using errcode = '${code}'; end $$;
      create trigger no_room before insert on events for each row execute function no_room()`),
    );
    // The second for which a company is refused without another commit does not end.
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      expect(await send(one, "log_event", events[0]!)).toEqual(heldUp);
      expect(await send(other, "log_events", { events })).toEqual(heldUp);
      const more = await Promise.all(Array.from({ length: 20 }, () => send(one, "log_event", newEvent())));
      expect(more).toEqual(more.map(() => heldUp));
    } finally {
      await database().execute(sql.raw("drop trigger no_room on events; drop function no_room"));
    }
    vi.useRealTimers();
    expect(await countReports(words)).toBe(2);
    const again = async (company: CreatedCompany) => {
      for (;;) {
        const { status, json } = await send(company, "log_events", { events });
        if (status !== 503) return json;
        await delay(50);
      }
    };
    expect(await again(one)).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(await again(other)).toMatchObject({ accepted: 2, duplicates: 0 });
  },
);

it.skipIf(isLeftOut("what waits for a lock waits on the workers"))(
  "a commit that waits for a lock beyond its time is answered 503",
  async () => {
    const company = await makeCompany();
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const holding = database().transaction(async (tx) => {
      await tx.execute(sql`lock table events in share row exclusive mode`);
      const answer = send(company, "log_event", newEvent());
      // What its limit of half a minute does, only sooner.
      let stopped = 0;
      while (stopped === 0) {
        const rows = await database().execute(sql`
        select pg_cancel_backend(pid) from pg_stat_activity where datname = current_database()
          and application_name = 'winauthmon ingest' and wait_event_type = 'Lock'`);
        stopped = rows.length;
      }
      expect(await answer).toEqual(heldUp);
      await released;
    });
    release();
    await holding;
  },
);
