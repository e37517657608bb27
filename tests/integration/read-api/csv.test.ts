import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { Mount } from "../../support/agent-mounts";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { failingReport, sampleReport, slowReport, type SampleRow } from "../../support/sample-report";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const AT = Date.parse("2026-07-01T08:00:00Z");
const row = (name: string, more: Partial<SampleRow> = {}): SampleRow => ({
  name,
  count: 3,
  seconds: 90_061,
  at: AT,
  date: "2026-07-01",
  isNew: true,
  ...more,
});
const TRICKY = [
  "=1+1",
  "+44",
  "-5",
  "@cmd",
  "\tx",
  "\rx",
  'say "hi", you',
  "two\r\nlines",
  "Çelik 山田 🙂",
  "'quoted",
];
const ROWS = [
  ...TRICKY.map((name) => row(name)),
  row("none", { count: null, seconds: null, at: null, date: null, isNew: null }),
];

let api: Mount;
let company: TestCompany;
let key: string;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany('CSV, "Ltd"');
  key = await makeKey(company);
  api = await openReadApi({
    sample: sampleReport(ROWS, 3),
    slow: slowReport(row("first")),
    failing: failingReport(row("first")),
  });
});
afterAll(async () => {
  await api.close();
  await closeDatabase();
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${api.url}/${path}`, { ...init, headers: { "X-API-Key": key } });

async function records(path: string): Promise<string[][]> {
  const response = await ask(path);
  expect(response.status).toBe(200);
  return parse(await response.text(), { bom: true, record_delimiter: "\r\n", relax_quotes: false });
}

it("writes every cell of the JSON, harmless as a formula, in the report's zone", async () => {
  const [headers, ...lines] = await records("sample?format=csv&tz=Europe/Madrid");
  const json = (await (await ask("sample?tz=Europe/Madrid")).json()) as { rows: Record<string, unknown>[] };
  expect(headers).toEqual(["Name", "Count", "Spent", "Spent (seconds)", "At", "Date", "New"]);
  expect(json.rows).toHaveLength(ROWS.length);
  json.rows.forEach((values, at) => {
    const name = String(values.name);
    const isFormula = /^[=+\-@\t\r]/.test(name);
    const isEmpty = values.count === null;
    expect(lines[at]).toEqual([
      isFormula ? `'${name}` : name,
      isEmpty ? "" : "3",
      isEmpty ? "" : "25:01:01",
      isEmpty ? "" : String(values.seconds),
      isEmpty ? "" : "2026-07-01T10:00:00+02:00",
      values.date ?? "",
      isEmpty ? "" : "yes",
    ]);
  });
  for (const cell of lines.flat()) expect(/^[=+@\t\r-]/.test(cell)).toBe(false);
});

it("spells instants and leaves nothing but undefined out of the JSON", async () => {
  const { rows } = (await (await ask("sample")).json()) as { rows: object[] };
  expect(rows[0]).toEqual({ ...row("=1+1"), at: "2026-07-01T08:00:00Z", extra: "=1+1!" });
});

it("gives the columns that are asked for, in their order, also those that are optional", async () => {
  const [headers, first] = await records("sample?format=csv&columns=extra,count,name");
  expect(headers).toEqual(["Extra", "Count", "Name"]);
  expect(first).toEqual(["'=1+1!", "3", "'=1+1"]);
  const json = (await (await ask("sample?columns=count,name")).json()) as { rows: object[] };
  expect(Object.keys(json.rows[0]!)).toEqual(["count", "name"]);
});

it("begins with a byte-order mark unless it is turned off", async () => {
  const bytes = async (query: string) =>
    new Uint8Array(await (await ask(`sample?format=csv${query}`)).arrayBuffer());
  expect((await bytes("")).slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  expect(String.fromCharCode(...(await bytes("&bom=off")).slice(0, 4))).toBe("Name");
});

it("names the file by report, company and days", async () => {
  const response = await ask("sample?format=csv&from=2026-07-01&to=2026-07-03");
  const header = response.headers.get("content-disposition")!;
  await response.body?.cancel();
  const name = company.name.replaceAll(/[\s"]+/g, "-");
  expect(header).toContain(
    `filename*=UTF-8''${encodeURIComponent(`sample_${name}_2026-07-01_2026-07-03.csv`)}`,
  );
});

it("notes the export with report, format and filters before the file begins", async () => {
  await records("sample?format=csv&range=today");
  const [entry] = await database().execute<{ action: string; actor_name: string; after: object }>(sql`
    select action, actor_name, after from audit_log where company_id = ${company.companyId} and target_id = 'sample'
    order by seq desc limit 1`);
  expect(entry).toMatchObject({
    action: "report.export",
    actor_name: expect.stringMatching(/^API key \d+$/),
    after: { report: "sample", format: "csv", filters: "format=csv&range=today" },
  });
});

it("breaks the connection off when the rows break off", async () => {
  const response = await ask("failing?format=csv");
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow(/terminated/);
});

async function slowStatements(): Promise<number> {
  const [found] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity where datname = current_database()
      and state = 'active' and query like '%slow report%' and pid <> pg_backend_pid()`);
  return found!.count;
}

it("stops the statement when the client goes away", async () => {
  const gone = new AbortController();
  const response = await ask("slow?format=csv", { signal: gone.signal });
  await expect.poll(slowStatements).toBe(1);
  gone.abort();
  await expect(response.text()).rejects.toThrow(/abort/);
  await expect.poll(slowStatements).toBe(0);
});

describe("events", () => {
  beforeAll(async () => {
    const sent = Array.from({ length: 2_345 }, (_, at) => ({
      type: at % 3 === 0 ? "Logon" : "Lock",
      user: `person ${at % 40}`,
      computer: `PC-${at % 7}`,
      at: AT + at * 1_000 + (at % 5),
    }));
    await storeEvents(company, sent);
  });

  const RANGE = "from=2026-07-01&to=2026-07-01&tz=UTC";
  type Page = { rows: { id: number; occurredAt: string; userName: string }[]; next: string | null };

  async function pages(query: string): Promise<Page["rows"]> {
    const rows: Page["rows"] = [];
    for (let next: string | null = ""; next !== null;) {
      const after: string = next === "" ? "" : `&after=${next}`;
      const page = (await (await ask(`api/v1/events?${query}&limit=1000${after}`)).json()) as Page;
      rows.push(...page.rows);
      next = page.next;
    }
    return rows;
  }

  it.each(["", "&kind=logon", "&q=person%203&sort=account", "&sort=time"])(
    "exports all that its pages show, in their order (%s)",
    async (filter) => {
      const rows = await pages(RANGE + filter);
      const [, ...lines] = await records(
        `api/v1/events?${RANGE}${filter}&format=csv&columns=id,userName,occurredAt`,
      );
      expect(rows.length).toBeGreaterThan(300);
      expect(lines).toEqual(
        rows.map(({ id, userName, occurredAt }) => [String(id), userName, occurredAt.replace("Z", "+00:00")]),
      );
    },
  );
});
