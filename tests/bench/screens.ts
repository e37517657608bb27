import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, connectionPool, type RawSql } from "@/db/client";
import { operatorScope, type CompanyScope } from "@/db/scope";
import { encodePosition } from "@/lib/domain/events/event-cursor";
import { inEnglish } from "@/lib/english";
import type { RawParams } from "@/lib/domain/events/filters";
import { ianaZone } from "@/lib/domain/zones";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { readEventsScreen } from "@/lib/services/events/read-events-screen";
import { openInstallation } from "@/lib/services/install/open-installation";
import { median, plainFigure, tableOf, type Figure } from "./figures";
import { fillCompany } from "./fill-company";

const UTC = ianaZone("UTC");
const LIMIT_MILLISECONDS = 300;
const DAYS = 30;
const UNTIL = Date.UTC(2026, 5, 30, 15);
const RUNS = 7;
const SMALL_COMPANIES = 20;
const LOCK_READINGS = 30;
/** The second lock may cost the events page so much. */
const MOST_FOR_SECOND_LOCK = 1.15;

interface Filled {
  sql: RawSql;
  /** The company with nearly all events. */
  big: CompanyScope;
  /** That one and the small ones. */
  all: CompanyScope;
  sites: { id: number }[];
  /** An account with a lockout, one of a few dozen. */
  rareAccount: { id: number; name: string };
}

interface Case {
  name: string;
  params: RawParams;
  isAll?: boolean;
}

/**
 * Measures what the server does for the Events screen and the dashboard before it draws them: page, count and sites,
 * through the services and row-level security, on a table filled to 5 million events in one company.
 *
 * Beside each figure stands a plain `count(*)` over the same range in the same run, the least a screen that looks
 * at every event would take.
 */
export async function run(options: readonly string[]): Promise<void> {
  const rows = options.includes("--quick") ? 500_000 : 5_000_000;
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-bench-"));
  process.env.DATA_DIR = path.join(folder, "data");
  process.env.LOG_LEVEL ??= "warn";
  delete process.env.DATABASE_URL;
  const installation = await openInstallation("server");
  try {
    const filled = await fill(rows);
    const floor = await countEverything(filled);
    const figures = [
      ...(await measureAll(filled, floor)),
      await secondLock(filled),
      plainFigure("plain count(*) over the range", spell(floor)),
    ];
    console.log(`\n${tableOf(figures)}\n`);
    if (rows < 5_000_000) console.log("Quick run: fewer rows than the targets are meant for.\n");
    if (figures.some((figure) => figure.isMet === false)) process.exitCode = 1;
  } finally {
    await installation.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function fill(rows: number): Promise<Filled> {
  const sql = connect(process.env.DATABASE_URL!, { max: 1 });
  const common = { days: DAYS, until: UNTIL };
  const size = { accounts: 100_000, activeAccounts: 4_000, computers: 20_000, sites: 20 };
  const startedAt = performance.now();
  const { companyId } = await fillCompany(sql, { name: "Large", rows, ...size, ...common }, (done) => {
    if (done % 1_000_000 === 0) console.log(`${done / 1e6} million rows after ${seconds(startedAt)} s`);
  });
  const ids = [companyId];
  for (let number = 1; number <= SMALL_COMPANIES; number += 1) {
    const small = { accounts: 300, activeAccounts: 150, computers: 200, sites: 3 };
    ids.push(
      (await fillCompany(sql, { name: `Small ${number}`, rows: 20_000, ...small, ...common })).companyId,
    );
  }
  await sql`vacuum analyze`;
  const sites = await sql<{ id: number }[]>`select id from sites where company_id = ${companyId} order by id`;
  const [rareAccount] = await sql<{ id: number; name: string }[]>`
    select a.id, a.name from events e join accounts a on a.company_id = e.company_id and a.id = e.account_id
    where e.company_id = ${companyId} and e.kind = 12 order by e.occurred_at limit 1`;
  await sql.end();
  const big = operatorScope(companyId);
  return { sql: connectionPool(), big, all: { ...big, companyIds: ids }, sites, rareAccount: rareAccount! };
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}

function casesOf({ sites, rareAccount }: Filled, deepPage: string): Case[] {
  const range = "30d";
  const busySite = String(sites[0]!.id);
  const quietSite = String(sites.at(-1)!.id);
  const search = rareAccount.name.toLowerCase();
  return [
    { name: "first page", params: { range } },
    { name: "first page of 1,000", params: { range, size: "1000" } },
    { name: "the thousandth page", params: { range, after: deepPage } },
    { name: "oldest first", params: { range, sort: "time" } },
    { name: "a common kind (a third of all)", params: { range, kind: "lock" } },
    { name: "a rare kind (1 in 100,000)", params: { range, kind: "lockout" } },
    { name: "several kinds", params: { range, kind: "logon,logon_failed,lockout" } },
    { name: "the busiest site", params: { range, site: busySite } },
    { name: "a quiet site", params: { range, site: quietSite } },
    { name: "a common kind at a quiet site", params: { range, kind: "lock", site: quietSite } },
    { name: "a rare kind at a quiet site", params: { range, kind: "shutdown", site: quietSite } },
    { name: "search of one account", params: { range, q: search } },
    { name: "search of a common letter", params: { range, q: "a" } },
    { name: "search of one name in 25", params: { range, q: "anna" } },
    { name: "search without a match", params: { range, q: "nobody has this" } },
    { name: "search and a rare kind", params: { range, q: "a", kind: "lockout" } },
    { name: "one account", params: { range, account: String(rareAccount.id) } },
    { name: "by account", params: { range, sort: "account" } },
    { name: "by account, a rare kind", params: { range, sort: "account", kind: "lockout" } },
    { name: "by account, failures", params: { range, sort: "account", kind: "logon_failed" } },
    { name: "by computer, backwards", params: { range, sort: "-computer" } },
    { name: "all companies, first page", params: { range }, isAll: true },
    { name: "all companies, search", params: { range, q: "anna" }, isAll: true },
    { name: "all companies, by account", params: { range, sort: "account" }, isAll: true },
  ];
}

async function measureAll(filled: Filled, floor: number): Promise<Figure[]> {
  const deepPage = await findDeepPage(filled);
  const figures: Figure[] = [];
  for (const { name, params, isAll } of casesOf(filled, deepPage)) {
    const scope = isAll ? filled.all : filled.big;
    const taken = await timed(async () => {
      const screen = await readEventsScreen(scope, params, UTC, UNTIL);
      await screen.count;
      if (!screen.page || screen.ignored.length > 0)
        throw new Error(
          `${name}: ${screen.problem ? inEnglish(screen.problem.wording.message) : screen.ignored.join()}`,
        );
    });
    figures.push(figureOf(`events: ${name}`, taken, floor));
  }
  const dashboard = await timed(async () => void (await readDashboard(filled.big, UTC, "30d", UNTIL)));
  return [...figures, figureOf("dashboard, 30 days", dashboard, floor)];
}

/**
 * What row-level security costs the first page of events: the same readings with and without it, in turns.
 *
 * The policies are switched off for a moment on the bench's own database; the first lock, the scope, stays.
 */
async function secondLock({ sql, big }: Filled): Promise<Figure> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c where c.relrowsecurity and c.relkind in ('r', 'p')`;
  const turn = (way: "enable" | "disable") =>
    sql.begin(async (tx) => {
      for (const { name } of tables) await tx.unsafe(`alter table ${name} ${way} row level security`);
    });
  const readings = async () => {
    const startedAt = performance.now();
    for (let number = 0; number < LOCK_READINGS; number += 1) {
      const screen = await readEventsScreen(big, { range: "30d" }, UTC, UNTIL);
      await screen.count;
    }
    return (performance.now() - startedAt) / LOCK_READINGS;
  };
  const taken: { locked: number; open: number }[] = [];
  await readings();
  for (let round = 0; round < RUNS; round += 1) {
    const locked = await readings();
    await turn("disable");
    try {
      taken.push({ locked, open: await readings() });
    } finally {
      await turn("enable");
    }
  }
  const [locked, open] = [median(taken.map((one) => one.locked)), median(taken.map((one) => one.open))];
  return {
    name: "events: first page, with row-level security ÷ without",
    value: spell(locked),
    floor: spell(open),
    ratio: (locked / open).toFixed(3),
    target: `≤ ${MOST_FOR_SECOND_LOCK}`,
    isMet: locked / open <= MOST_FOR_SECOND_LOCK,
  };
}

/** The middle of some runs after a first one that warms the caches, milliseconds. */
async function timed(work: () => Promise<void>): Promise<number> {
  const taken: number[] = [];
  for (let attempt = 0; attempt <= RUNS; attempt += 1) {
    const startedAt = performance.now();
    await work();
    if (attempt > 0) taken.push(performance.now() - startedAt);
  }
  return median(taken);
}

function spell(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 100 ? 1 : 0)} ms`;
}

function figureOf(name: string, value: number, floor: number): Figure {
  return {
    name,
    value: spell(value),
    floor: spell(floor),
    ratio: (value / floor).toFixed(3),
    target: `< ${LIMIT_MILLISECONDS} ms`,
    isMet: value < LIMIT_MILLISECONDS,
  };
}

async function countEverything({ sql, big }: Filled): Promise<number> {
  const from = new Date(UNTIL - DAYS * 86_400_000).toISOString();
  return timed(async () => {
    await sql`select count(*) from events where company_id = ${big.companyIds[0]!} and occurred_at >= ${from}`;
  });
}

/** The cursor behind the last row of page 999, found the slow way. */
async function findDeepPage({ sql, big }: Filled): Promise<string> {
  const companyId = big.companyIds[0]!;
  const [row] = await sql<{ ms: string; id: string }[]>`
    select extract(epoch from occurred_at) * 1000 as ms, id from events where company_id = ${companyId}
    order by occurred_at desc, id desc offset ${999 * 100 - 1} limit 1`;
  const order = { by: "time", isDescending: true } as const;
  return encodePosition({ order, companyId, groupId: 0, occurredAt: Number(row!.ms), id: Number(row!.id) });
}
