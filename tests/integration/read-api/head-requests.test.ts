import { readdirSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { ENGLISH_READER } from "@/lib/english";
import "@/lib/export/spool";
import type { SpoolRoom } from "@/lib/export/spool-room";
import { processState } from "@/lib/process-state";
import { countOpenStreams } from "@/lib/server/event-stream";
import { placeInReportQueue } from "@/lib/services/reports/report-queue";
import { TABLES } from "@/lib/services/tables/registry";
import { neededOf } from "../../support/ask-table";
import { provideOwnDatabase } from "../../support/own-database";
import { makeUser } from "../../support/people";
import { signedInAs } from "../../support/signed-in";
import { idOf, makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const session = vi.hoisted(() => ({ user: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => {
  const guards = await original<typeof import("@/lib/server/guards")>();
  return { ...guards, currentUser: async () => session.user };
});
vi.mock("@/lib/server/texts/words", async (original) => ({
  ...(await original<object>()),
  getReader: async () => ENGLISH_READER,
  getWords: async () => (text: { key: string }) => text.key,
}));
vi.mock("next-intl/server", async (original) => ({
  ...(await original<object>()),
  getTranslations: async () => (key: string) => key,
}));

// The trail must get no row, of whichever company.
provideOwnDatabase();

type Route = (request: NextRequest, route: { params: Promise<object> }) => Promise<Response>;
interface Asked {
  file: string;
  params: Record<string, string>;
  query: Record<string, string>;
}

const root = path.resolve(import.meta.dirname, "../../..");
/** Next's own answers of signing in, which take no handler of ours. */
const FOREIGN = "app/api/auth/[...nextauth]/route.ts";
const files = readdirSync(path.join(root, "app"), { recursive: true, encoding: "utf8" })
  .map((name) => path.posix.join("app", name.replaceAll("\\", "/")))
  .filter((name) => name.endsWith("/route.ts") && name !== FOREIGN);

let company: TestCompany;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  company = await makeCompany("Head");
  await storeEvents(company, [
    { type: "Logon", user: "anna", computer: "PC-1", at: Date.now() - 60_000 },
    { type: "4625", user: "anna", computer: "PC-1", at: Date.now() - 30_000 },
  ]);
  session.user = await signedInAs(await makeUser("GlobalAdmin"));
});

/** What an answer that isn't read leaves behind. */
async function leftBehind() {
  // The queue is made at its first use, the room for spool files when its module is loaded.
  placeInReportQueue("nobody", "no-ticket");
  const { counts } = processState<{ counts: { running: number; waiting: number } }>("report-queue", missing);
  const [audit] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from audit_log`);
  const spooled = processState<SpoolRoom>("spool", missing).size;
  return { ...counts, spooled, streams: countOpenStreams(), audited: audit!.count };
}
const missing = () => {
  throw new Error("There is no such state.");
};

const asked: Asked[] = files.flatMap((file) => {
  const tables = file.includes("[report]") ? TABLES.filter(({ isPaged }) => !isPaged) : [null];
  return tables.flatMap((table) =>
    ["csv", "xlsx", "json"].map((format) => ({
      file,
      params: { ...(table && { report: table.name }) },
      query: { format },
    })),
  );
});

const left: AbortController[] = [];
afterEach(() => left.splice(0).forEach((controller) => controller.abort()));

async function ask({ file, params, query }: Asked, method: "GET" | "HEAD"): Promise<Response | null> {
  const handlers = (await import(path.join(root, file))) as { GET?: Route; HEAD?: Route };
  const handler = (method === "HEAD" && handlers.HEAD) || handlers.GET;
  if (!handler) return null;
  const leave = new AbortController();
  left.push(leave);
  const table = TABLES.find(({ name }) => name === params.report);
  const address = new URLSearchParams({
    company: String(company.companyId),
    ...(table && (await neededOf(table, company))),
    ...(file.includes("privacy") && { account: String(await idOf("accounts", company, "anna")) }),
    ...query,
  });
  const request = new NextRequest(`http://localhost/?${address}`, { method, signal: leave.signal });
  const names = { company: String(company.companyId), alertId: "1", ...params };
  return handler(request, { params: Promise.resolve(names) });
}

describe("HEAD, which Next answers with GET without reading the body, leaves nothing behind", () => {
  it.each(asked)("$file $params $query", async (one) => {
    const before = await leftBehind();
    const answer = await ask(one, "HEAD");
    expect(answer === null || answer.status < 500).toBe(true);
    expect(await leftBehind()).toEqual(before);
  });
});

it("GET leaves a place, a spool file, a stream and a row in the trail until it is read, so that this test can fail", async () => {
  const at = (file: string, format: string): Asked => ({ file, params: {}, query: { format } });
  const before = await leftBehind();
  await ask(at("app/api/v1/events/route.ts", "csv"), "GET");
  expect(await leftBehind()).toEqual({ ...before, running: 1, audited: before.audited + 1 });
  await ask(at("app/(portal)/admin/users/export/route.ts", "xlsx"), "GET");
  expect(await leftBehind()).toMatchObject({ spooled: 1 });
  await ask(at("app/api/events/stream/route.ts", "json"), "GET");
  expect(await leftBehind()).toMatchObject({ streams: 1 });
  for (const controller of left.splice(0)) controller.abort();
  await expect
    .poll(leftBehind)
    .toMatchObject({ running: 0, waiting: 0, spooled: before.spooled, streams: before.streams });
});
