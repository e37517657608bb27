import type { RawSql } from "@/db/client";
import type { ServerProcess } from "../support/server-process";
import { API_KEY, onBenchServer } from "./bench-server";
import { limitFigure, perSecond, plainFigure, tableOf, type Figure } from "./figures";
import { fillEvents } from "./fill-events";
import type { LoadGenerator } from "./load-generator";
import type { LoadOutcome } from "./load-messages";
import { summarise } from "./load-run";

const CONNECTIONS = 64;
const ARRIVALS_PER_SECOND = 500;
/** How much slower the slowest hundredth may be while retention works. */
const LIMIT = 3;
const RETENTION_DAYS = 30;
/** Events are posted for a stretch at a time, until the deleting is over. */
const STRETCH_SECONDS = 10;

interface Sizes {
  /** Spread over a year, so eleven of twelve go. */
  oldRows: number;
  quietSeconds: number;
  warmUp: number;
}

const FULL: Sizes = { oldRows: 5_500_000, quietSeconds: 60, warmUp: 20_000 };
const QUICK: Sizes = { oldRows: 400_000, quietSeconds: 10, warmUp: 5_000 };

/**
 * Measures what agents feel of retention: the latency of single POSTs arriving at 500 a second, quiet and while the
 * server's own job deletes old events, and that nothing young is lost.
 */
export async function benchRetention(options: readonly string[]): Promise<void> {
  const isQuick = options.includes("--quick");
  const figures = await onBenchServer(({ server, load, sql }) =>
    new RetentionBench(server, load, sql, isQuick ? QUICK : FULL).run(),
  );
  console.log(`\n${tableOf(figures)}\n`);
  if (isQuick) console.log("Quick run: fewer rows than the target is meant for.\n");
}

class RetentionBench {
  #sent = 0;
  /** Young enough to stay, whenever the bench ends. */
  readonly #since = Date.now() - 6 * 3_600_000;
  readonly #keepFrom = new Date(Date.now() - (RETENTION_DAYS - 1) * 86_400_000);

  constructor(
    readonly server: ServerProcess,
    readonly load: LoadGenerator,
    readonly sql: RawSql,
    readonly sizes: Sizes,
  ) {}

  async run(): Promise<Figure[]> {
    const { sizes } = this;
    await this.#arrive(sizes.warmUp, ARRIVALS_PER_SECOND * 2);
    await fillEvents(this.sql, sizes.oldRows, (done) =>
      console.log(`filled ${done} of ${sizes.oldRows} rows`),
    );
    const kept = await this.#countKept();
    await this.sql.unsafe("vacuum analyze events");
    await this.sql`checkpoint`;
    await this.#jobRests();
    const quiet = await this.#arrive(sizes.quietSeconds * ARRIVALS_PER_SECOND);
    console.log(`quiet: p50 ${quiet.latency.p50.toFixed(1)} ms, p99 ${quiet.latency.p99.toFixed(1)} ms`);
    const before = await this.#count();
    const { seconds, stretches } = await this.#deleteUnderLoad();
    const deleted = before + this.#sentSince(stretches) - (await this.#count());
    await this.#assertNothingLost(kept);
    const deleting = summarise(stretches.flatMap(({ latencies }) => latencies));
    const worst = Math.max(...stretches.map(({ latency }) => latency.p99));
    return [
      limitFigure("p99 while deleting ÷ quiet", deleting.p99 / quiet.latency.p99, LIMIT, "times"),
      plainFigure(
        `  in the worst ${STRETCH_SECONDS} seconds ÷ quiet`,
        `${(worst / quiet.latency.p99).toFixed(2)} times`,
      ),
      plainFigure("  quiet: p50, p99, longest", spell(quiet.latency)),
      plainFigure("  deleting: p50, p99, longest", spell(deleting)),
      plainFigure("events deleted", `${deleted} in ${seconds.toFixed(0)} s, ${perSecond(deleted / seconds)}`),
      plainFigure("events inside the retention lost", "0"),
    ];
  }

  #sentSince(stretches: readonly LoadOutcome[]): number {
    return stretches.reduce((sum, { statuses }) => sum + (statuses["201"] ?? 0), 0);
  }

  /** The job of the server's start must be over, or it would be measured as quiet. */
  async #jobRests(): Promise<void> {
    for (;;) {
      const [row] = await this.sql<{ isOver: boolean }[]>`
        select last_finished_at >= last_started_at as "isOver" from jobs where name = 'retention'`;
      if (row?.isOver) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  /** Asks the server for its job and posts events until it is done. */
  async #deleteUnderLoad(): Promise<{ seconds: number; stretches: LoadOutcome[] }> {
    await this.sql`update app_auth_settings set event_retention_days = ${RETENTION_DAYS}`;
    await this.sql`update jobs set requested_at = now() where name = 'retention'`;
    const stretches: LoadOutcome[] = [];
    for (;;) {
      const outcome = await this.#arrive(STRETCH_SECONDS * ARRIVALS_PER_SECOND);
      const job = await this.#job();
      if (job.isBegun) {
        stretches.push(outcome);
        console.log(
          `deleting: p99 ${outcome.latency.p99.toFixed(1)} ms, longest ${outcome.latency.max.toFixed(0)} ms`,
        );
      }
      if (job.seconds !== null) return { seconds: job.seconds, stretches };
    }
  }

  async #job(): Promise<{ isBegun: boolean; seconds: number | null }> {
    const [row] = await this.sql<{ isBegun: boolean; seconds: string | null; error: string | null }[]>`
      select last_started_at >= requested_at as "isBegun", last_error as error,
        case when last_started_at >= requested_at and last_finished_at >= last_started_at
          then extract(epoch from last_finished_at - last_started_at) end as seconds
      from jobs where name = 'retention'`;
    if (row!.error) throw new Error(`The job failed: ${row!.error}`);
    return { isBegun: row!.isBegun, seconds: row!.seconds === null ? null : Number(row!.seconds) };
  }

  async #count(): Promise<number> {
    const [row] = await this.sql<{ count: string }[]>`select count(*) from events`;
    return Number(row!.count);
  }

  /** Filled events that are younger than any cut-off of this run. */
  async #countKept(): Promise<number> {
    const [row] = await this.sql<{ count: string }[]>`
      select count(*) from events where occurred_at >= ${this.#keepFrom}`;
    return Number(row!.count) - this.#sent;
  }

  async #assertNothingLost(kept: number): Promise<void> {
    const [row] = await this.sql<{ young: string; old: string; wrong: string }[]>`
      select count(*) filter (where occurred_at >= ${this.#keepFrom}) as young,
        count(*) filter (where occurred_at < now() - make_interval(days => ${RETENTION_DAYS + 2})) as old,
        (select coalesce(sum(count), 0) from event_counts) - count(*) as wrong
      from events`;
    const lost = kept + this.#sent - Number(row!.young);
    if (lost !== 0) throw new Error(`${lost} events inside the retention are missing.`);
    if (Number(row!.old) > 0) throw new Error(`${row!.old} events outside the retention are still there.`);
    if (Number(row!.wrong) !== 0) throw new Error(`The counts differ from the events by ${row!.wrong}.`);
  }

  /** @throws Error when any event was not answered as newly stored. */
  async #arrive(requests: number, arrivalsPerSecond = ARRIVALS_PER_SECOND): Promise<LoadOutcome> {
    const outcome = await this.load.run({
      port: this.server.port,
      apiKey: API_KEY,
      connections: CONNECTIONS,
      eventsPerRequest: 1,
      firstEvent: this.#sent,
      since: this.#since,
      requests,
      arrivalsPerSecond,
    });
    if (outcome.statuses["201"] !== requests) {
      throw new Error(`Expected ${requests} answers of 201, got ${JSON.stringify(outcome.statuses)}.`);
    }
    this.#sent += requests;
    return outcome;
  }
}

function spell({ p50, p99, max }: LoadOutcome["latency"]): string {
  return `${p50.toFixed(1)}, ${p99.toFixed(1)}, ${max.toFixed(1)} ms`;
}
