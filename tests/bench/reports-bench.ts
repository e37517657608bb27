import { randomBytes } from "node:crypto";
import { closeDatabase, type RawSql } from "@/db/client";
import { refreshPresence } from "@/db/queries/events/refresh-derived";
import { operatorScope, writeWithin } from "@/db/scope";
import { ianaZone } from "@/lib/domain/zones";
import { refreshEnv } from "@/lib/env";
import { readDashboard } from "@/lib/services/dashboard/read-dashboard";
import { makeKey } from "../support/read-keys";
import type { ServerProcess } from "../support/server-process";
import { API_KEY, onBenchServer, type BenchServer } from "./bench-server";
import { copyMilliseconds } from "./copy-floor";
import {
  besideCount,
  limitFigure,
  median,
  memoryFigure,
  perSecond,
  plainFigure,
  tableOf,
  type Figure,
} from "./figures";
import { fillReports, type FilledReports } from "./fill-reports";
import { greedyReader } from "./greedy-reader";
import type { LoadGenerator } from "./load-generator";
import { measuredGet, type MeasuredAnswer } from "./measured-get";
import { memoryGrowth } from "./memory-watch";
import { timeSpentFigures } from "./time-spent-figures";

const DAY_MS = 86_400_000;
const COMPANY = 1;
const DAYS = 30;
const ZONE = "Europe/London";
const ARRIVALS_PER_SECOND = 200;
const AGENT_CONNECTIONS = 64;
/** The first administrator's; not the built-in one, so that the sign-in asks for no change. */
const PASSWORD = "Quiet-Harbour-47-lamps";
const XLSX_ROWS = 100_000;
const CSV_ROUNDS = 3;

interface Sizes {
  accounts: number;
  historyDays: number;
  otherCompanies: number;
  rounds: number;
  loadSeconds: number;
}

/** 16.5 million events in all, 12.4 million of them the large company's, 1.02 million in its last 30 days. */
const FULL: Sizes = { accounts: 1_000, historyDays: 365, otherCompanies: 4, rounds: 5, loadSeconds: 30 };
const QUICK: Sizes = { accounts: 100, historyDays: 365, otherCompanies: 4, rounds: 5, loadSeconds: 10 };
const MONTH: Sizes = { ...FULL, historyDays: 40 };

/**
 * Measures the reports of the container entry over HTTP on a table of 16 million events, one company with 1,000
 * accounts, a year of events, and a million in 30 days among them: time, memory, and what agents feel meanwhile.
 *
 * Beside each time stands a plain `count(*)` over the rows it is about, taken in the same round. `--month` fills 40 days
 * and measures only Time Spent of 30 of them.
 */
export async function benchReports(options: readonly string[]): Promise<void> {
  const isQuick = options.includes("--quick");
  const isMonth = options.includes("--month");
  process.env.AUTH_SECRET = randomBytes(33).toString("base64");
  const environment = {
    AUTH_SECRET: process.env.AUTH_SECRET,
    RATE_LIMIT_ENABLED: "false",
    INITIAL_ADMIN_PASSWORD: PASSWORD,
  };
  const figures = await onBenchServer(async (bench) => {
    process.env.DATABASE_URL = bench.databaseUrl;
    refreshEnv();
    try {
      if (isMonth) return await new ReportsBench(bench, MONTH).runMonth();
      return await new ReportsBench(bench, isQuick ? QUICK : FULL).run();
    } finally {
      await closeDatabase();
    }
  }, environment);
  console.log(`\n${tableOf(figures)}\n`);
  if (isQuick) console.log("Quick run: a tenth of the rows that the targets are meant for.\n");
}

class ReportsBench {
  readonly load: LoadGenerator;
  readonly sql: RawSql;
  #readKey = "";
  #filled: FilledReports = { rows: 0, rowsInRange: 0, from: 0 };
  readonly #until = Math.floor(Date.now() / DAY_MS) * DAY_MS;

  constructor(
    readonly bench: BenchServer,
    readonly sizes: Sizes,
  ) {
    this.load = bench.load;
    this.sql = bench.sql;
  }

  get server(): ServerProcess {
    return this.bench.server;
  }

  async run(): Promise<Figure[]> {
    await this.bench.restartAround(() => this.#fill());
    await this.#warmUp();
    return [
      ...(await this.#timeSpent()),
      ...(await this.#monthChart()),
      ...(await this.#whoWasOn()),
      ...(await this.#csv()),
      ...(await this.#xlsx()),
      ...(await this.#agentsMeanwhile()),
      ...(await this.#greedyReader()),
    ];
  }

  async runMonth(): Promise<Figure[]> {
    await this.bench.restartAround(() => this.#fill());
    await this.#warmUp();
    return this.#timeSpent(false);
  }

  async #fill(): Promise<void> {
    const { accounts, historyDays, otherCompanies } = this.sizes;
    const startedAt = performance.now();
    const size = { companyId: COMPANY, accounts, historyDays, days: DAYS, otherCompanies };
    this.#filled = await fillReports(this.sql, { ...size, until: this.#until }, (rows) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
      console.log(`${(rows / 1e6).toFixed(1)} million events after ${seconds} s`);
    });
    const [site] = await this.sql<
      { id: number }[]
    >`select min(id) as id from sites where company_id = ${COMPANY}`;
    const scope = operatorScope(COMPANY);
    // Who was on begins with the accounts that presence knows on a computer.
    await writeWithin(scope, (tx) => refreshPresence(tx, scope));
    await this.sql.unsafe("vacuum analyze presence");
    const company = { companyId: COMPANY, name: "", scope, siteIds: [site!.id] };
    this.#readKey = await makeKey(company);
    console.log(
      `${this.#filled.rows.toLocaleString("en")} events in all, ${this.#filled.rowsInRange.toLocaleString("en")} in the company's ${DAYS} days`,
    );
  }

  /** Fetches a page and a day's report, so that what is loaded only once is not measured. */
  async #warmUp(): Promise<void> {
    await fetch(`http://127.0.0.1:${this.server.port}/login`).then((page) => page.text());
    await this.#get(`/api/v1/reports/time-spent?${this.#range(1)}`);
    await this.#get(`/api/v1/events?format=csv&${this.#range(0.01)}`);
  }

  #get(address: string): Promise<MeasuredAnswer> {
    return measuredGet(this.server.port, address, this.#readKey);
  }

  /** The last so many days of the filled time as parameters. */
  #range(days: number): string {
    const ends = { from: this.#until - days * DAY_MS, to: this.#until };
    return String(
      new URLSearchParams({
        from: new Date(ends.from).toISOString(),
        to: new Date(ends.to).toISOString(),
        tz: ZONE,
      }),
    );
  }

  async #count(days: number): Promise<number> {
    const from = new Date(this.#until - days * DAY_MS).toISOString();
    const to = new Date(this.#until).toISOString();
    const startedAt = performance.now();
    await this.sql`
      select count(*) from events where company_id = ${COMPANY} and occurred_at >= ${from} and occurred_at < ${to}`;
    return performance.now() - startedAt;
  }

  /** The middle of the rounds after one that warms the caches, and of the plain counts between them. */
  async #measure(days: number, work: () => Promise<MeasuredAnswer>, rounds = this.sizes.rounds) {
    const answers: MeasuredAnswer[] = [];
    const counts: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const count = await this.#count(days);
      const answer = await work();
      if (round === 0) continue;
      counts.push(count);
      answers.push(answer);
    }
    return {
      count: median(counts),
      firstByte: median(answers.map((answer) => answer.firstByte)),
      complete: median(answers.map((answer) => answer.complete)),
      bytes: answers[0]!.bytes,
    };
  }

  #timeSpent(withYear = true): Promise<Figure[]> {
    return timeSpentFigures({
      withYear,
      server: this.server,
      sql: this.sql,
      rows: this.#filled.rows,
      addressOf: (days) => `/api/v1/reports/time-spent?${this.#range(days)}`,
      get: (address) => this.#get(address),
      measure: (days, work, rounds) => this.#measure(days, work, rounds),
    });
  }

  async #monthChart(): Promise<Figure[]> {
    const taken = await this.#measure(DAYS, async () => {
      const startedAt = performance.now();
      await readDashboard(operatorScope(COMPANY), ianaZone(ZONE), "30d", this.#until - 1);
      const complete = performance.now() - startedAt;
      return { firstByte: complete, complete, bytes: 0 };
    });
    return [besideCount("dashboard with the month chart", taken.complete, taken.count, 200)];
  }

  /**
   * The busiest account and the busiest computer of the large company (one that many share) at the noon of the middle
   * day, so that nothing of it lies at an end of the table; then a month's concurrent sessions.
   */
  async #whoWasOn(): Promise<Figure[]> {
    const at = this.#until - (DAYS / 2) * DAY_MS + DAY_MS / 2;
    const around = { from: new Date(at - DAY_MS).toISOString(), to: new Date(at).toISOString() };
    const busiest = async (column: "account_id" | "computer_id") => {
      const [row] = await this.sql<{ id: number }[]>`
        select ${this.sql(column)} as id from events where company_id = ${COMPANY} and occurred_at >= ${around.from}
          and occurred_at < ${around.to} group by 1 order by count(*) desc limit 1`;
      return row!.id;
    };
    const moment = `at=${new Date(at).toISOString()}&tz=${ZONE}`;
    const report = "/api/v1/reports/who-was-on";
    const [account, computer] = [await busiest("account_id"), await busiest("computer_id")];
    const byAccount = await this.#measure(2, () => this.#get(`${report}?account=${account}&${moment}`));
    const byComputer = await this.#measure(2, () => this.#get(`${report}?computer=${computer}&${moment}`));
    const list = `/api/v1/reports/concurrent-sessions?${this.#range(DAYS)}`;
    const concurrent = await this.#measure(DAYS, () => this.#get(list));
    return [
      besideCount("who was on: an account", byAccount.complete, byAccount.count, 100),
      besideCount("  a shared computer", byComputer.complete, byComputer.count, 100),
      besideCount("concurrent sessions, 30 days: complete", concurrent.complete, concurrent.count, null),
    ];
  }

  /** Rounds of a plain COPY and the file, one after the other, as the machine's pace may change meanwhile. */
  async #csv(): Promise<Figure[]> {
    const address = `/api/v1/events?format=csv&${this.#range(DAYS)}`;
    const range = { companyId: COMPANY, from: this.#until - DAYS * DAY_MS, to: this.#until };
    const answers: MeasuredAnswer[] = [];
    const floors: number[] = [];
    const growth = await memoryGrowth(this.server, async () => {
      for (let round = 0; round < CSV_ROUNDS; round += 1) {
        floors.push(await copyMilliseconds(process.env.DATABASE_URL!, range));
        answers.push(await this.#get(address));
      }
    });
    const [floor, complete] = [median(floors), median(answers.map((answer) => answer.complete))];
    const firstByte = median(answers.map((answer) => answer.firstByte));
    const rate = this.#filled.rowsInRange / (complete / 1000);
    return [
      limitFigure("CSV of the 30 days' events: first byte", firstByte, 1_000, "ms"),
      {
        name: "  complete, beside a plain COPY",
        value: `${complete.toFixed(0)} ms`,
        floor: `${floor.toFixed(0)} ms`,
        ratio: (complete / floor).toFixed(2),
        target: "≤ 3.0",
        isMet: complete <= 3 * floor,
      },
      {
        name: "  rows",
        value: perSecond(rate),
        floor: perSecond(this.#filled.rowsInRange / (floor / 1000)),
        ratio: "",
        target: `≥ ${perSecond(150_000)}`,
        isMet: rate >= 150_000,
      },
      plainFigure("  file", `${(answers[0]!.bytes / 1e6).toFixed(0)} MB`),
      ...memoryFigure("  memory above rest", growth, 100),
    ];
  }

  async #xlsx(): Promise<Figure[]> {
    const days = Math.min(DAYS, (DAYS * XLSX_ROWS) / this.#filled.rowsInRange);
    const count = await this.#count(days);
    let answer: MeasuredAnswer | undefined;
    const growth = await memoryGrowth(this.server, async () => {
      answer = await this.#get(`/api/v1/events?format=xlsx&${this.#range(days)}`);
    });
    const rows = Math.round((this.#filled.rowsInRange * days) / DAYS).toLocaleString("en");
    return [
      besideCount(`xlsx of about ${rows} events`, answer!.complete, count, 4_000),
      plainFigure("  file", `${(answer!.bytes / 1e6).toFixed(1)} MB`),
      ...memoryFigure("  memory above rest", growth, null),
    ];
  }

  async #greedyReader(): Promise<Figure[]> {
    const [other] = await this.sql<{ id: number }[]>`select max(id) as id from app_auth_companies`;
    const { server, load } = this;
    const pages = ["dashboard", "events", "computers"].map((page) => `/${other!.id}/${page}`);
    const order = this.#agents();
    const firstEvent = 2 * order.requests;
    return greedyReader({
      server,
      load,
      readKey: this.#readKey,
      report: `/api/v1/reports/time-spent?${this.#range(DAYS)}`,
      order: { ...order, firstEvent, since: Date.now() - 6 * 3_600_000 },
      password: PASSWORD,
      pages,
    });
  }

  #agents() {
    return {
      port: this.server.port,
      apiKey: API_KEY,
      requests: ARRIVALS_PER_SECOND * this.sizes.loadSeconds,
      connections: AGENT_CONNECTIONS,
      eventsPerRequest: 1,
      arrivalsPerSecond: ARRIVALS_PER_SECOND,
    };
  }

  /** Two people run the 30 days' report and one exports a million events, over and over, while agents post. */
  async #agentsMeanwhile(): Promise<Figure[]> {
    const order = this.#agents();
    const since = Date.now() - 6 * 3_600_000;
    const alone = await this.load.run({ ...order, firstEvent: 0, since });
    let isOver = false;
    const taken: number[] = [];
    const repeat = async (address: string, note: boolean) => {
      while (!isOver) {
        const { complete } = await this.#get(address);
        if (note) taken.push(complete);
      }
    };
    const report = `/api/v1/reports/time-spent?${this.#range(DAYS)}`;
    const readers = [
      repeat(report, true),
      repeat(report, true),
      repeat(`/api/v1/events?format=csv&${this.#range(DAYS)}`, false),
    ];
    const meanwhile = await this.load.run({ ...order, firstEvent: order.requests, since });
    isOver = true;
    await Promise.all(readers);
    for (const outcome of [alone, meanwhile]) {
      if (outcome.statuses["201"] !== order.requests) throw new Error(JSON.stringify(outcome.statuses));
    }
    return [
      limitFigure(
        `p99 of agents' POSTs at ${ARRIVALS_PER_SECOND}/s, two reports and an export meanwhile`,
        meanwhile.latency.p99,
        100,
        "ms",
      ),
      plainFigure(
        "  p50 and longest",
        `${meanwhile.latency.p50.toFixed(1)} and ${meanwhile.latency.max.toFixed(0)} ms`,
      ),
      plainFigure("  p99 with nobody else", `${alone.latency.p99.toFixed(1)} ms`),
      plainFigure("  the reports meanwhile", `${median(taken).toFixed(0)} ms each, ${taken.length} of them`),
    ];
  }
}
