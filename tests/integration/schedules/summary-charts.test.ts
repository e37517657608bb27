import { afterAll, beforeAll, expect, it } from "vitest";
import { ianaZone } from "@/lib/domain/zones";
import { ENGLISH_READER } from "@/lib/english";
import { refreshEnv } from "@/lib/env";
import { makeReport } from "@/lib/services/schedules/make-report";
import { setSettings } from "../../support/aged-records";
import { PORTAL_ADMINISTRATOR } from "../../support/ask-table";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DUE = Date.parse("2026-05-01T06:00:00Z");
/** More than the rows of each summary below, and fewer than its chart is made of. */
const MOST_ROWS = 8;

let company: TestCompany;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Summed up");
  const events = [1, 2, 3, 4, 5].flatMap((days): SentEvent[] =>
    ["anna", "bert", "cleo"].flatMap((user) => {
      const who = { user, computer: `pc of ${user}` };
      const at = DUE - days * DAY;
      return [
        { type: "4625", ...who, at: at - HOUR },
        { type: "Logon", ...who, at },
        { type: "Logoff", ...who, at: at + HOUR },
      ];
    }),
  );
  await storeEvents(company, events);
});
afterAll(() => allowRows(undefined));

function allowRows(most: number | undefined): void {
  if (most === undefined) delete process.env.REPORT_MOST_ROWS;
  else process.env.REPORT_MOST_ROWS = String(most);
  refreshEnv();
}

async function summaryOf(table: string, query: string) {
  const { companyId, name, scope } = company;
  const { content } = await makeReport({
    authority: { actor: PORTAL_ADMINISTRATOR, scope, view: { table, query, columns: [] } as never },
    company: { id: companyId, name },
    words: ENGLISH_READER,
    zone: ianaZone("UTC"),
    range: "view",
    format: "summary",
    dueAt: DUE,
    mostBytes: 1_000_000,
    signal: new AbortController().signal,
  });
  if (content.kind !== "summary") throw new Error(`The report was a ${content.kind}.`);
  return { rows: content.rowCount, hasPicture: content.picture !== null };
}

it.each([
  ["time-spent", "range=30d&per=range"],
  ["failures", "range=30d"],
  ["logons", "range=30d"],
])("a summary of %s is made without its chart, where the chart alone is too large", async (table, query) => {
  allowRows(undefined);
  expect(await summaryOf(table, query)).toEqual({ rows: 3, hasPicture: true });
  allowRows(MOST_ROWS);
  expect((await summaryOf(table, query)).rows).toBe(3);
});

it.each(["time-spent", "failures"])("of %s, such a summary has no picture", async (table) => {
  allowRows(MOST_ROWS);
  expect(await summaryOf(table, "range=30d&per=range")).toEqual({ rows: 3, hasPicture: false });
});

it("a summary whose own rows are too many is refused", async () => {
  allowRows(MOST_ROWS);
  await expect(summaryOf("time-spent", "range=30d&per=day")).rejects.toMatchObject({ code: "invalid" });
});
