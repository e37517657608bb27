import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { closeDatabase, connect, type RawSql } from "@/db/client";
import { operatorScope, readWithin } from "@/db/scope";
import { listEventsToAsk } from "@/db/queries/detections/follow-events";
import { ASKED_KINDS, learnFrom } from "@/lib/domain/detections/engine";
import type { Memories } from "@/lib/domain/detections/memories";
import { settingsOf } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";
import { refreshEnv } from "@/lib/env";
import { operatorContext } from "@/lib/services/context";
import { backtestAllRules, type Backtest } from "@/lib/services/detections/backtest-rule";
import { seenEvent } from "@/lib/services/detections/seen-event";
import { makeKey } from "../support/read-keys";
import { CONTEXT } from "../support/seen-events";
import type { ServerProcess } from "../support/server-process";
import { API_KEY, onBenchServer } from "./bench-server";
import { limitFigure, median, plainFigure, tableOf, type Figure } from "./figures";
import { fillReports } from "./fill-reports";
import type { LoadGenerator } from "./load-generator";
import type { LoadOutcome } from "./load-messages";

const DAY_MS = 86_400_000;
const COMPANY = 1;
const ZONE = ianaZone("Europe/London");
const ARRIVALS_PER_SECOND = 500;
const CONNECTIONS = 64;
const MEBIBYTE = 1024 * 1024;
const LEARN_AT_ONCE = 20_000;
/** Rules rest between the batches of a backlog, so that learning from millions of events takes its time. */
const LEARNING_SECONDS = 3_600;

/** What the heap holds once everything unneeded is gone. */
function heap(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}

interface Sizes {
  accounts: number;
  historyDays: number;
  rounds: number;
  loadSeconds: number;
  probes: number;
}

/** 3.06 million events of 1,000 people in 90 days, 1.02 million of them in the last 30. */
const FULL: Sizes = { accounts: 1_000, historyDays: 90, rounds: 3, loadSeconds: 20, probes: 15 };
const QUICK: Sizes = { accounts: 100, historyDays: 90, rounds: 1, loadSeconds: 8, probes: 5 };

/**
 * Measures the rules of the container entry: how long an alert takes to be readable while events arrive, what agents feel
 * of the rules, how long a backtest takes, and how much memory what was learned takes.
 */
export async function benchDetections(options: readonly string[]): Promise<void> {
  const isQuick = options.includes("--quick");
  const secret = "a secret of the bench, and of nothing else";
  process.env.AUTH_SECRET = secret;
  const figures = await onBenchServer(
    async ({ server, load, sql, databaseUrl }) => {
      process.env.DATABASE_URL = databaseUrl;
      refreshEnv();
      try {
        return await new DetectionsBench(server, load, sql, databaseUrl, isQuick ? QUICK : FULL).run();
      } finally {
        await closeDatabase();
      }
    },
    { AUTH_SECRET: secret, RATE_LIMIT_ENABLED: "false" },
  );
  console.log(`\n${tableOf(figures)}\n`);
  if (isQuick) console.log("Quick run: a tenth of the rows that the targets are meant for.\n");
}

class DetectionsBench {
  #readKey = "";
  /** Number of the next event; each is sent once. */
  #nextEvent = 0;
  readonly #since = Date.now() - 3_600_000;
  readonly #until = Math.floor(Date.now() / DAY_MS) * DAY_MS;

  constructor(
    readonly server: ServerProcess,
    readonly load: LoadGenerator,
    readonly sql: RawSql,
    readonly url: string,
    readonly sizes: Sizes,
  ) {}

  async run(): Promise<Figure[]> {
    await this.#fill();
    await this.#load(2);
    return [
      ...(await this.#agents()),
      ...(await this.#latency()),
      ...(await this.#backtest()),
      ...(await this.#memory()),
    ];
  }

  async #fill(): Promise<void> {
    const { accounts, historyDays } = this.sizes;
    const size = { companyId: COMPANY, accounts, historyDays, days: 30, otherCompanies: 0 };
    const { rows } = await fillReports(this.sql, { ...size, until: this.#until }, () => undefined);
    const [site] = await this.sql<
      { id: number }[]
    >`select min(id) as id from sites where company_id = ${COMPANY}`;
    const company = { companyId: COMPANY, name: "", scope: operatorScope(COMPANY), siteIds: [site!.id] };
    this.#readKey = await makeKey(company);
    console.log(`${rows.toLocaleString("en")} events of ${accounts.toLocaleString("en")} people`);
    // Habits are learned from what is filled in before anything is measured.
    await this.#load(1);
    const begunAt = performance.now();
    await this.#caughtUp(LEARNING_SECONDS);
    console.log(`learned from them within ${((performance.now() - begunAt) / 1_000).toFixed(0)} s`);
  }

  async #load(seconds: number): Promise<LoadOutcome> {
    const requests = ARRIVALS_PER_SECOND * seconds;
    const order = {
      port: this.server.port,
      apiKey: API_KEY,
      requests,
      connections: CONNECTIONS,
      eventsPerRequest: 1,
    };
    const place = { firstEvent: this.#nextEvent, since: this.#since, arrivalsPerSecond: ARRIVALS_PER_SECOND };
    this.#nextEvent += requests;
    const outcome = await this.load.run({ ...order, ...place });
    const refused = Object.keys(outcome.statuses).filter((status) => status !== "201");
    if (refused.length > 0) throw new Error(`Events were answered with ${refused.join(", ")}.`);
    return outcome;
  }

  /** Waits until the rules have looked at everything stored by now. */
  async #caughtUp(seconds: number): Promise<void> {
    const [newest] = await this.sql<{ id: number }[]>`select coalesce(max(id), 0)::float8 as id from events`;
    for (const until = Date.now() + seconds * 1_000; Date.now() < until; await delay(200)) {
      const [row] = await this.sql<{ done: boolean }[]>`
        select through_id >= ${newest!.id} as done from detection_cursors where company_id = ${COMPANY}`;
      if (row?.done) return;
    }
    throw new Error(`The rules were not done within ${seconds} seconds.`);
  }

  /** The same load with the rules held back and with them at work, in turns. */
  async #agents(): Promise<Figure[]> {
    const [without, withRules]: [number[], number[]] = [[], []];
    for (let round = 0; round < this.sizes.rounds; round += 1) {
      const holder = connect(this.url, { max: 1 });
      await holder.begin(async (tx) => {
        // No server finds that events are settled while the clock is locked.
        await tx`select from detection_clock for update`;
        without.push((await this.#load(this.sizes.loadSeconds)).latency.p99);
      });
      await holder.end();
      await this.#caughtUp(120);
      withRules.push((await this.#load(this.sizes.loadSeconds)).latency.p99);
      await this.#caughtUp(120);
      console.log(
        `p99 without ${without.at(-1)!.toFixed(1)} ms, with rules ${withRules.at(-1)!.toFixed(1)} ms`,
      );
    }
    const ratio = median(withRules) / median(without);
    return [
      {
        name: `agents' p99 at ${ARRIVALS_PER_SECOND} events/s with rules ÷ without`,
        value: `${median(withRules).toFixed(1)} ms`,
        floor: `${median(without).toFixed(1)} ms`,
        ratio: ratio.toFixed(2),
        target: "≤ 1.20",
        isMet: ratio <= 1.2,
      },
    ];
  }

  /** From the answer to the event that completes an alert until a reader has it. */
  async #latency(): Promise<Figure[]> {
    const seconds = this.sizes.probes + 4;
    const loading = this.#load(seconds);
    const waits: number[] = [];
    for (let probe = 0; probe < this.sizes.probes; probe += 1) {
      waits.push(await this.#probe(`guessed-${probe}-${this.#since}`));
      await delay(200);
    }
    await loading;
    console.log(`alerts readable after ${waits.map((wait) => wait.toFixed(1)).join(", ")} s`);
    return [
      limitFigure("event to readable alert, longest", Math.max(...waits), 5, "s"),
      plainFigure("  the middle one", `${median(waits).toFixed(1)} s`),
    ];
  }

  /** Seconds until five refusals of an account are an alert over the API. */
  async #probe(user: string): Promise<number> {
    const events = Array.from({ length: 5 }, (_, number) => ({
      EventType: "LogonFailed",
      UserName: user,
      ComputerName: "PC-PROBE",
      Timestamp: new Date(Date.now() - (5 - number) * 1_000).toISOString(),
      SubStatus: "0xC000006A",
    }));
    const base = `http://127.0.0.1:${this.server.port}`;
    const sent = await fetch(`${base}/api/log_events`, {
      method: "POST",
      headers: { "X-API-Key": API_KEY },
      body: JSON.stringify({ events }),
    });
    if (!sent.ok) throw new Error(`The probe was answered with ${sent.status}.`);
    const since = performance.now();
    for (;;) {
      const answer = await fetch(`${base}/api/v1/alerts?subject=${user}`, {
        headers: { "X-API-Key": this.#readKey },
      });
      const { rows } = (await answer.json()) as { rows: unknown[] };
      if (rows.length > 0) return (performance.now() - since) / 1_000;
      if (performance.now() - since > 60_000) throw new Error("The probe made no alert within a minute.");
      await delay(100);
    }
  }

  async #backtest(): Promise<Figure[]> {
    const context = { ...operatorContext("command line"), scope: operatorScope(COMPANY) };
    const ask = { days: 30, zone: ZONE, now: Date.now(), reader: "bench" } as const;
    const startedAt = performance.now();
    const backtests: Backtest[] = await backtestAllRules(context, ask);
    const seconds = (performance.now() - startedAt) / 1_000;
    const alerts = backtests.reduce((sum, { total }) => sum + total, 0);
    const left = backtests.filter(({ past }) => past.endedBy !== null || past.isOverfull);
    if (left.length > 0) throw new Error("The backtest left something out.");
    return [
      limitFigure(`backtest of ${backtests.length} rules over 30 days`, seconds, 60, "s"),
      plainFigure("  events looked at, with those learned from", backtests[0]!.events.toLocaleString("en")),
      plainFigure("  alerts found", alerts.toLocaleString("en")),
    ];
  }

  /** The heap that holds what 90 days have taught. */
  async #memory(): Promise<Figure[]> {
    const scope = operatorScope(COMPANY);
    const memories: Memories = new Map();
    const asked = { settings: settingsOf([]), exceptions: [], context: { ...CONTEXT, zone: ZONE } };
    const before = heap();
    let throughId = 0;
    for (;;) {
      const range = { throughId, targetId: throughId + LEARN_AT_ONCE };
      const rows = await readWithin(scope, (tx) =>
        listEventsToAsk(tx, scope, range, ASKED_KINDS, LEARN_AT_ONCE),
      );
      learnFrom(rows.map(seenEvent), memories, asked);
      throughId = range.targetId;
      const [newest] = await this.sql<{ id: number }[]>`select max(id)::float8 as id from events`;
      if (throughId >= newest!.id) break;
    }
    const held = (heap() - before) / MEBIBYTE;
    const stored = [...memories.values()].reduce<number>(
      (sum, memory) => sum + JSON.stringify(memory).length,
      0,
    );
    return [
      limitFigure(
        `heap of ${this.sizes.historyDays} days' learning of ${this.sizes.accounts} accounts`,
        held,
        100,
        "MiB",
      ),
      plainFigure("  as stored", `${(stored / MEBIBYTE).toFixed(1)} MiB`),
    ];
  }
}
