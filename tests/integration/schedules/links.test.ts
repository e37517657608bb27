import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { RANGE_PRESETS } from "@/lib/domain/events/event-range";
import { parseEventsRequest } from "@/lib/domain/events/filters";
import { REPORT_PRESETS } from "@/lib/domain/reports/report-range";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";
import { ianaZone, type IanaZone } from "@/lib/domain/zones";
import { ENGLISH_READER } from "@/lib/english";
import { refreshEnv } from "@/lib/env";
import { makeReport } from "@/lib/services/schedules/make-report";
import { TABLES } from "@/lib/services/tables/registry";
import type { TableSource } from "@/lib/services/tables/table-source";
import { setSettings } from "../../support/aged-records";
import { neededOf, PORTAL_ADMINISTRATOR } from "../../support/ask-table";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const BERLIN = ianaZone("Europe/Berlin");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Friday, the first day of a month in Berlin. */
const DUE = Date.parse("2026-05-01T06:00:00Z");
const signal = new AbortController().signal;

let company: TestCompany;
let signedIn: TestCompany;
const subjectOf = ({ hasRange }: TableSource) => (hasRange ? company : signedIn);

beforeAll(async () => {
  process.env.PUBLIC_URL = "https://portal.example";
  refreshEnv();
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Linked");
  const { companyId } = company;
  // Sessions on every day, before the due time and after it, each of an account and a computer of its own.
  const events = Array.from({ length: 75 }, (_, n): SentEvent[] => {
    const at = DUE - 70 * DAY + n * DAY;
    const who = { user: `u${n}`, computer: `pc${n}` };
    return [
      { type: "4625", ...who, at: at - 3 * HOUR },
      { type: "Logon", ...who, at: at - 2 * HOUR },
      { type: "Logon", user: who.user, computer: `${who.computer} b`, at: at - 2 * HOUR },
      { type: "Logoff", ...who, at: at - HOUR },
      { type: "Logoff", user: who.user, computer: `${who.computer} b`, at: at - HOUR },
    ];
  }).flat();
  await storeEvents(company, events);
  // Someone who is on at the due time, and no longer when the link is opened.
  signedIn = await makeCompany("Signed in");
  const late = { user: "late", computer: "pc late" };
  await storeEvents(signedIn, [
    { type: "Logon", ...late, at: DUE - HOUR },
    { type: "Logoff", ...late, at: DUE + HOUR },
  ]);
  for (const table of ["account", "computer"]) {
    await database().execute(sql`
      update ${sql.raw(`${table}s`)} t set first_seen_at = e.first, last_seen_at = e.last
      from (select ${sql.raw(`${table}_id`)} as id, min(occurred_at) as first, max(occurred_at) as last
        from events where company_id = ${companyId} group by 1) e
      where t.company_id = ${companyId} and t.id = e.id`);
  }
  await database().execute(sql`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, first_at, since_at, last_at, count,
      threshold, window_minutes, event_ids, account_ids, computer_ids, account_id, created_at)
    select company_id, 'password-guessing', 'account:' || account_id, id, 'high', occurred_at, occurred_at,
      occurred_at, 1, 5, 10, '{1}', '{}', '{}', account_id, occurred_at
    from events where company_id = ${companyId} and kind = 11`);
});
afterAll(() => {
  delete process.env.PUBLIC_URL;
  refreshEnv();
});

/** Where the mail of a report that is too large leads. */
async function linkOf(source: TableSource, query: string): Promise<URL> {
  const { companyId, name, scope } = subjectOf(source);
  const made = await makeReport({
    authority: {
      actor: PORTAL_ADMINISTRATOR,
      scope,
      view: { table: source.name, query, columns: [] } as never,
    },
    company: { id: companyId, name },
    words: ENGLISH_READER,
    zone: BERLIN,
    range: "view",
    format: "csv",
    dueAt: DUE,
    mostBytes: 0,
    signal,
  });
  if (made.content.kind !== "link") throw new Error(`The report was ${made.content.kind}.`);
  return new URL(made.content.url!);
}

/**
 * Of lists of what there is now, the range says only which rows there are; an end of a session is known later. A month is
 * compared with the one before it, which its days alone don't say.
 */
const NAMES: Readonly<Record<string, string>> = {
  accounts: "userName",
  computers: "computerName",
  "who-was-on": "userName",
};

async function rowsOf(source: TableSource, query: URLSearchParams, now: number, viewZone: IanaZone) {
  const ask = { scope: subjectOf(source).scope, params: query, viewZone, now, signal };
  const table = source.open({ ...ask, actor: PORTAL_ADMINISTRATOR, companyNames: null });
  const only = NAMES[source.name];
  const shown = table.columns.map(({ id }) =>
    only === undefined ? !id.startsWith("previous") : id === only,
  );
  const rows: unknown[] = [];
  for await (const batch of table.batches()) {
    for (const cells of batch) rows.push(cells.filter((_, at) => shown[at]));
  }
  return rows;
}

const linked = TABLES.filter(({ screen, hasRange, query }) => screen && (hasRange || "at" in query.shape));
const asked = linked.flatMap((source) => {
  const presets = source.name === "events" ? RANGE_PRESETS : REPORT_PRESETS;
  const queries = source.hasRange ? presets.map((range) => `range=${range}`) : [""];
  return queries.map((query) => [source.name, query, source] as const);
});

describe("the link of a report that is too large, opened days later and in another zone, leads to its rows:", () => {
  it.each(asked)("%s %s", async (name, query, source) => {
    const needed = await neededOf(source, subjectOf(source));
    const view = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(query)), ...needed });
    const link = await linkOf(source, view.toString());
    const raw = Object.fromEntries(link.searchParams);
    const { ignored } = name === "events" ? parseEventsRequest(raw) : readScreenQuery(source.query, raw);
    expect(ignored).toEqual([]);
    const sent = await rowsOf(source, view, DUE, BERLIN);
    const opened = await rowsOf(source, link.searchParams, DUE + 2 * DAY, ianaZone("Asia/Tokyo"));
    expect(opened).toEqual(sent);
    expect(sent.flat().filter((cell) => cell !== null)).not.toEqual([]);
  });
});
