import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { MOST_LISTED } from "@/lib/domain/time-spent/day-evidence";
import { resolveReportRange } from "@/lib/domain/reports/report-range";
import { ianaZone, type LocalDate } from "@/lib/domain/zones";
import { readScreenAsk } from "@/lib/server/report-screen";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { readTimeSpentDay } from "@/lib/services/reports/time-spent-day";
import { readTimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import type { Mount } from "../../support/agent-mounts";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import {
  idOf,
  makeCompany,
  scopeOver,
  storeEvents,
  type SentEvent,
  type TestCompany,
} from "../../support/stored-events";

const UTC = ianaZone("UTC");
const DAY = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const NOW = DAY + 40 * 24 * HOUR;
const RANGE = { from: "2026-01-05", to: "2026-01-07" };

let own: TestCompany;
let other: TestCompany;
let api: Mount;
let readKey: string;

function at(day: number, hour: number): number {
  return DAY + day * 24 * HOUR + hour * HOUR;
}

function event(type: string, user: string, computer: string, day: number, hour: number, site = 0): SentEvent {
  return { type, user, computer, at: at(day, hour), site };
}

const OWN_EVENTS = [
  event("Logon", "anna", "PC-1", 0, 8),
  event("Logon", "Bert", "PC-1", 0, 9),
  event("Sleep", "SYSTEM", "PC-1", 0, 10),
  event("Unlock", "anna", "PC-1", 0, 12),
  event("Logon", "anna", "RDS", 0, 11, 1),
  event("Shutdown", "Bert", "RDS", 0, 14, 1),
  event("Logoff", "anna", "PC-1", 0, 15),
  event("Logon", "anna", "PC-1", 1, 22),
  event("Logoff", "anna", "PC-1", 2, 2),
  event("Logon", "Čeněk", "PC-2", 2, 8),
  event("Startup", "SYSTEM", "PC-2", 2, 9),
];
/** Leaves the computer locked over two days. */
const LONG_PAUSE = [
  event("Logon", "dora", "PC-3", 36, 8),
  event("Lock", "dora", "PC-3", 36, 17),
  event("Unlock", "dora", "PC-3", 39, 9),
  event("Logoff", "dora", "PC-3", 39, 12),
];

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Time own", 2);
  other = await makeCompany("Time other");
  await storeEvents(own, [...OWN_EVENTS, ...LONG_PAUSE]);
  // Which site a computer belongs to is noted beside the events, some seconds later, by the server.
  await database().execute(
    `update computers c set site_id = (select min(site_id) from events e where e.company_id = c.company_id and e.computer_id = c.id) where company_id = ${own.companyId}`,
  );
  await storeEvents(other, [event("Logon", "anna", "PC-1", 0, 1), event("Logoff", "anna", "PC-1", 0, 4)]);
  readKey = await makeKey(own);
  api = await openReadApi();
});
afterAll(async () => {
  await api.close();
  await closeDatabase();
});

/** `date user [computer] active/locked/uncertain`, hours. */
async function ask(params: Record<string, string> = {}, companies: readonly TestCompany[] = [own]) {
  const query = timeSpentQuery.parse({ ...RANGE, ...params });
  const range = { from: at(0, 0), to: at(3, 0) };
  const rows = await readTimeSpent(scopeOver(companies), { query, range, zone: UTC, now: NOW });
  return rows.map((row) => {
    const hours = [row.activeSeconds, row.lockedSeconds, row.uncertainSeconds].map((s) => s / 3600).join("/");
    const names = [
      row.userName,
      row.computerName,
      companies.length > 1 ? row.companyName.slice(0, -13) : null,
    ];
    return [row.date?.slice(8) ?? `${row.days}d`, ...names.filter((name) => name !== null), hours].join(" ");
  });
}

describe("the rows of Time Spent", () => {
  it("are the engine's, the sleep and shutdown of a computer among them", async () => {
    expect(await ask()).toEqual([
      "07 anna 2/0/0",
      "07 Čeněk 0/0/1",
      "06 anna 2/0/0",
      "05 anna 6/1/0",
      "05 Bert 1/0/0",
    ]);
  });

  it("keep their numbers when an account or a search holds the list to some", async () => {
    const anna = ["07 anna 2/0/0", "06 anna 2/0/0", "05 anna 6/1/0"];
    expect(await ask({ account: await idOf("accounts", own, "anna") })).toEqual(anna);
    expect(await ask({ q: "NNA" })).toEqual(anna);
    expect(await ask({ q: "čeNĚ" })).toEqual(["07 Čeněk 0/0/1"]);
    expect(await ask({ q: "%" })).toEqual([]);
    expect(await ask({ q: "rds", group_by: "user_computer" })).toEqual(["05 anna RDS 3/0/0"]);
    expect(await ask({ q: "rds" })).toEqual([]);
  });

  it("are of one computer, or of a site's computers, when asked for those", async () => {
    expect(await ask({ computer: await idOf("computers", own, "RDS") })).toEqual(["05 anna 3/0/0"]);
    expect(await ask({ computer: await idOf("computers", own, "PC-1"), to: "2026-01-05" })).toContain(
      "05 anna 5/2/0",
    );
    expect(await ask({ site: String(own.siteIds[1]) })).toEqual(["05 anna 3/0/0"]);
    expect(await ask({ site: String(other.siteIds[0]) })).toEqual([]);
    expect(await ask({ computer: await idOf("computers", other, "PC-1") })).toEqual([]);
    expect(await ask({ account: await idOf("accounts", other, "anna") })).toEqual([]);
  });

  it("leave sessions over midnight out when the split is off", async () => {
    expect(await ask({ split: "off", q: "anna" })).toEqual([
      "07 anna 0/0/0",
      "06 anna 0/0/0",
      "05 anna 6/1/0",
    ]);
  });

  it("of several companies stand together, ties by account and then company", async () => {
    expect(await ask({ q: "anna" }, [own, other])).toEqual([
      "07 anna Time own 2/0/0",
      "06 anna Time own 2/0/0",
      "05 anna Time other 3/0/0",
      "05 anna Time own 6/1/0",
    ]);
  });

  it("come sorted by any column and as totals of the range", async () => {
    expect((await ask({ sort: "-activeSeconds" }))[0]).toBe("05 anna 6/1/0");
    expect((await ask({ sort: "-uncertainSeconds" }))[0]).toBe("07 Čeněk 0/0/1");
    expect(await ask({ per: "range" })).toEqual(["3d anna 10/1/0", "1d Bert 1/0/0", "1d Čeněk 0/0/1"]);
  });
});

describe("the screen", () => {
  const SEARCHES = [
    "",
    "group_by=user_computer",
    "q=anna&sort=userName",
    "per=range&sort=-activeSeconds",
    "split=off&per=range&group_by=user_computer",
  ];

  async function openScreen(params: Record<string, string>) {
    const { ask, ignored } = readScreenAsk(timeSpentQuery, params, "UTC", NOW);
    return { ...(await readTimeSpentScreen(own.scope, ask, params.page ?? "")), ignored };
  }

  it.each(SEARCHES)("shows the API's numbers for the same address: %s", async (search) => {
    const params = new URLSearchParams({
      ...RANGE,
      tz: "America/New_York",
      ...Object.fromEntries(new URLSearchParams(search)),
    });
    const screen = await openScreen(Object.fromEntries(params));
    const response = await fetch(`${api.url}/api/v1/reports/time-spent?${params}`, {
      headers: { "X-API-Key": readKey },
    });
    const { rows } = (await response.json()) as { rows: Record<string, unknown>[] };
    const instant = (value: number | null) => value && new Date(value).toISOString().replace(".000Z", "Z");
    const shown = screen.rows.map((row) => ({
      ...(row.date !== null ? { date: row.date } : { days: row.days }),
      userName: row.userName,
      ...(row.computerName !== null && { computerName: row.computerName }),
      activeSeconds: row.activeSeconds,
      lockedSeconds: row.lockedSeconds,
      uncertainSeconds: row.uncertainSeconds,
      sessions: row.sessions,
      computers: row.computers,
      firstLogon: instant(row.firstLogon),
      lastLogoff: instant(row.lastLogoff),
    }));
    expect(shown).toEqual(rows);
    expect(screen.rowCount).toBe(rows.length);
    const total = rows.reduce((sum, row) => sum + Number(row.activeSeconds), 0);
    expect(screen.totals.activeSeconds).toBe(total);
    expect(screen.days.reduce((sum, day) => sum + day.activeSeconds, 0)).toBe(total);
    expect(screen.top.reduce((sum, account) => sum + account.activeSeconds, 0)).toBe(total);
  });

  it("pages within what there is and names what it does not understand", async () => {
    const screen = await openScreen({ ...RANGE, page: "99", site: "x" });
    expect(screen).toMatchObject({ page: 1, pageCount: 1, ignored: ["site"], hasEvents: true });
    const backwards = await openScreen({ from: "2026-02-01", to: "2026-01-01" });
    expect(backwards.ignored).toEqual(["from", "to"]);
  });
});

describe("the day of an account", () => {
  const open = async (date: string, params: Record<string, string>, name = "anna") =>
    readTimeSpentDay(
      own.scope,
      { accountId: Number(await idOf("accounts", own, name)), date, params },
      UTC,
      NOW,
    );

  it("adds up to the list's row, with the events that made it", async () => {
    const day = await open("2026-01-05", RANGE);
    const hours = (kind: string) =>
      day.united.reduce((sum, span) => sum + (span.kind === kind ? span.to - span.from : 0), 0) / HOUR;
    expect([hours("active"), hours("locked"), hours("uncertain")]).toEqual([6, 1, 0]);
    expect(day.row).toMatchObject({ activeSeconds: 6 * 3600, lockedSeconds: 3600, computers: 2 });
    expect(day.computerRows.map((row) => [row.computerName, row.activeSeconds / 3600])).toEqual([
      ["PC-1", 5],
      ["RDS", 3],
    ]);
    const kinds = new Map(day.events.map(({ id, kind }) => [id, kind]));
    expect(
      day.stretches.map(({ kind, openedBy, closedBy }) => [kind, kinds.get(openedBy), kinds.get(closedBy!)]),
    ).toEqual([
      ["active", "logon", "sleep"],
      ["locked", "sleep", "unlock"],
      ["active", "logon", "shutdown"],
      ["active", "unlock", "logoff"],
    ]);
    expect(day.events.map((row) => row.userName)).not.toContain("Čeněk");
    expect(day.events.filter((row) => row.userName === "Bert").map((row) => row.kind)).toEqual(["shutdown"]);
  });

  it("shows a night's other half by its events of the day before, and tells what the split leaves out", async () => {
    const night = await open("2026-01-07", RANGE);
    expect(night.row?.activeSeconds).toBe(2 * 3600);
    expect(night.events.map(({ kind, occurredAt }) => [kind, occurredAt])).toEqual([
      ["logon", at(1, 22)],
      ["logoff", at(2, 2)],
    ]);
    const off = await open("2026-01-07", { ...RANGE, split: "off" });
    expect(off).toMatchObject({ leftOut: 1, united: [], row: { activeSeconds: 0 } });
  });

  it("is that day alone when the list's range does not hold it", async () => {
    const day = await open("2026-01-05", { from: "2026-01-06", to: "2026-01-07" });
    expect(day).toMatchObject({ from: at(0, 0), to: at(1, 0), row: { activeSeconds: 6 * 3600 } });
  });

  it("tells alone of a session that goes on whether it ended in time", async () => {
    const company = await makeCompany("Nights");
    const session = (user: string, from: number, to: number) => [
      { type: "Logon", user, computer: "PC-1", at: at(0, from) },
      { type: "Logoff", user, computer: "PC-1", at: at(0, to) },
    ];
    await storeEvents(company, [...session("short", 20, 26), ...session("long", 9, 24 * 4)]);
    const alone = { from: "2026-01-20", to: "2026-01-21" };
    const told = async (name: string) => {
      const accountId = Number(await idOf("accounts", company, name));
      const asked = { accountId, date: "2026-01-05" as LocalDate, params: alone };
      const { stretches, row } = await readTimeSpentDay(company.scope, asked, UTC, NOW);
      return {
        stretches: stretches.map(({ kind, from, to }) => [kind, (from - DAY) / HOUR, (to - DAY) / HOUR]),
        active: row!.activeSeconds / 3600,
      };
    };
    expect(await told("short")).toEqual({ stretches: [["active", 20, 24]], active: 4 });
    expect(await told("long")).toEqual({ stretches: [["uncertain", 9, 24]], active: 0 });
  });

  it("lists the first of thousands of stretches, with the events that made each, and counts all", async () => {
    const company = await makeCompany("Programs");
    await storeEvents(
      company,
      Array.from({ length: 1200 }, (_, n) => [
        { type: "Logon", user: "svc", computer: `PC-${n % 3}`, at: at(0, 8) + 20_000 * n },
        { type: "Logoff", user: "svc", computer: `PC-${n % 3}`, at: at(0, 8) + 20_000 * n + 10_000 },
      ]).flat(),
    );
    const accountId = Number(await idOf("accounts", company, "svc"));
    const asked = { accountId, date: "2026-01-05" as LocalDate, params: RANGE };
    const day = await readTimeSpentDay(company.scope, asked, UTC, NOW);
    expect(day.row).toMatchObject({ sessions: 1200, activeSeconds: 12_000, computers: 3 });
    expect([day.stretches.length, day.moments.length]).toEqual([1200, 2400]);
    expect(day.computers.map(({ name }) => name)).toEqual(["PC-0", "PC-1", "PC-2"]);
    const read = new Set(day.events.map(({ id }) => id));
    for (const { openedBy, closedBy } of day.stretches.slice(0, MOST_LISTED)) {
      expect([read.has(openedBy), read.has(closedBy!)]).toEqual([true, true]);
    }
    const firstOf = (events: readonly { id: number }[]) => events.slice(0, MOST_LISTED).map(({ id }) => id);
    expect(firstOf(day.events)).toEqual(firstOf(day.moments));
    expect(read.size).toBeLessThanOrEqual(3 * MOST_LISTED);
  });

  it("counts like the usual list when its address names no range", async () => {
    const days = [-4, -3, -2, -1].map((day) => new Date(NOW + day * 24 * HOUR).toISOString().slice(0, 10));
    const query = timeSpentQuery.parse({});
    const range = resolveReportRange(query, NOW, UTC)!;
    const rows = await readTimeSpent(own.scope, { query, range, zone: UTC, now: NOW });
    for (const date of days) {
      const { row } = await open(date, {}, "dora");
      const listed = rows.find((one) => one.userName === "dora" && one.date === date);
      expect([date, row?.activeSeconds, row?.lockedSeconds]).toEqual([
        date,
        listed?.activeSeconds,
        listed?.lockedSeconds,
      ]);
    }
    expect(rows.find(({ userName, date }) => userName === "dora" && date === days[2])?.lockedSeconds).toBe(
      24 * 3600,
    );
  });

  it("is not there for another company's account", async () => {
    const accountId = Number(await idOf("accounts", other, "anna"));
    await expect(
      readTimeSpentDay(own.scope, { accountId, date: "2026-01-05", params: {} }, UTC, NOW),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
