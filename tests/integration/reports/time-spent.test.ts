import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { kindFromCode } from "@/lib/domain/events/kinds";
import { nameKey } from "@/lib/domain/events/wire";
import type { TimeSpentOptions } from "@/lib/domain/time-spent/time-spent-row";
import { forgetSettings } from "@/lib/services/settings/read-settings";
import { naiveTimeSpent, type ReferenceRow } from "@/tests/unit/domain/time-spent/naive-reference";
import { anyWeek } from "@/tests/unit/domain/time-spent/random-weeks";
import { toOptions, type NamedEvent } from "@/tests/unit/domain/time-spent/vector-support";
import vectors from "@/tests/vectors/time-spent.json";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { provideOwnDatabase } from "../../support/own-database";
import { postEvents, type PostedEvent } from "../../support/posted-events";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let agents: Mount;
let api: Mount;

beforeAll(async () => {
  process.env.RATE_LIMIT_ENABLED = "false";
  await database().transaction(ensureSettings);
  agents = await openNodeMount();
  api = await openReadApi();
});
afterAll(async () => {
  await Promise.all([agents.close(), api.close()]);
});

interface Opened {
  company: TestCompany;
  ingestKey: string;
  readKey: string;
}

async function openCompany(): Promise<Opened> {
  const company = await makeCompany(`Time ${randomUUID()}`);
  const [ingestKey, readKey] = await Promise.all([
    makeKey(company, { scopes: ["ingest"] }),
    makeKey(company),
  ]);
  return { company, ingestKey, readKey };
}

async function setLongestSession(hours: number): Promise<void> {
  await database().execute(sql`update app_auth_settings set longest_session_hours = ${hours}`);
  forgetSettings();
}

/** Asks the report at the options' "now". */
async function ask(
  { readKey }: Opened,
  options: TimeSpentOptions,
  more: Record<string, string> = {},
): Promise<Record<string, unknown>[]> {
  await setLongestSession(options.maxSessionHours);
  const params = new URLSearchParams({
    from: new Date(options.from).toISOString(),
    to: new Date(options.to).toISOString(),
    tz: options.timeZone,
    group_by: options.groupBy,
    split: options.splitAtMidnight ? "on" : "off",
    ...more,
  });
  if (options.now !== undefined) vi.useFakeTimers({ toFake: ["Date"], now: options.now });
  try {
    const response = await fetch(`${api.url}/api/v1/reports/time-spent?${params}`, {
      headers: { "X-API-Key": readKey },
    });
    const body = (await response.json()) as { rows: Record<string, unknown>[] };
    expect({ status: response.status, body }).toMatchObject({ status: 200 });
    return body.rows;
  } finally {
    vi.useRealTimers();
  }
}

function toPosted({ eventType, userName, computerName, occurredAt }: NamedEvent): PostedEvent {
  return { EventType: eventType, UserName: userName, ComputerName: computerName, Timestamp: occurredAt };
}

describe("the contract's worked cases, sent by agents and read through the API", () => {
  it.each(vectors)("$name", async ({ options, events, rows }) => {
    const opened = await openCompany();
    const posted = events.map(toPosted);
    await postEvents(agents.url, opened.ingestKey, [...posted, ...posted.toReversed()]);
    expect(await ask(opened, toOptions(options))).toEqual(rows);
  });
});

const KIND_SPELLING: Record<string, string> = {
  logon: "Sign-In",
  unlock: "4801",
  remote_connect: "RDP Connect",
  lock: "Locked",
  remote_disconnect: "SessionDisconnect",
  logoff: "LOGOFF",
  other: "Printer jam",
};
const ACCOUNTS = ["", "Zoë", "anna"];
const COMPUTERS: Record<number, string> = { 11: "ws-2", 12: "WS-10" };

function spell(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace(".000Z", "Z");
}

function toJson(row: ReferenceRow) {
  return {
    date: row.date,
    userName: ACCOUNTS[row.accountId]!,
    ...(row.computerId === null ? {} : { computerName: COMPUTERS[row.computerId]! }),
    activeSeconds: Math.round(row.activeMs / 1000),
    lockedSeconds: Math.round(row.lockedMs / 1000),
    uncertainSeconds: Math.round(row.uncertainMs / 1000),
    sessions: row.sessions,
    computers: row.computers,
    firstLogon: spell(row.firstLogon),
    lastLogoff: spell(row.lastLogoff),
  };
}

type JsonRow = ReturnType<typeof toJson>;

function inReportOrder(rows: JsonRow[]): JsonRow[] {
  const key = (row: JsonRow) => [nameKey(row.userName), nameKey(row.computerName ?? "")];
  return rows.toSorted((a, b) => {
    if (a.date !== b.date) return a.date < b.date ? 1 : -1;
    return key(a) < key(b) ? -1 : 1;
  });
}

describe("random weeks, sent in any order and more than once", () => {
  it("are told exactly as a slow second telling of the contract tells them", async () => {
    const weeks = anyWeek("any").chain(({ events, options }) =>
      fc.record({
        options: fc.constant({ ...options, maxSessionHours: Math.ceil(options.maxSessionHours) }),
        arrival: fc
          .shuffledSubarray(events, { minLength: events.length })
          .chain((shuffled) => fc.subarray(shuffled).map((again) => [...shuffled, ...again])),
      }),
    );
    await fc.assert(
      fc.asyncProperty(weeks, async ({ options, arrival }) => {
        const opened = await openCompany();
        const posted = arrival.map((event) => ({
          EventType: KIND_SPELLING[kindFromCode(event.kindCode)] ?? kindFromCode(event.kindCode),
          UserName: ACCOUNTS[event.accountId]!,
          ComputerName: COMPUTERS[event.computerId]!,
          Timestamp: new Date(event.at).toISOString(),
        }));
        await postEvents(agents.url, opened.ingestKey, posted);
        const first = new Map(
          arrival.map((event, index) => [JSON.stringify(posted[index]), event]).toReversed() as [
            string,
            (typeof arrival)[number],
          ][],
        );
        const places = new Map(
          posted.map((event, place) => [JSON.stringify(event), place] as const).toReversed(),
        );
        const stored = [...first].map(([key, event]) => ({ ...event, order: places.get(key)! }));
        const expected = inReportOrder(naiveTimeSpent(stored, options).map(toJson));
        expect(await ask(opened, options)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  }, 300_000);
});
