import type { RawSql } from "@/db/client";
import type { ServerProcess } from "../support/server-process";
import { benchAnnouncements, type AnnouncementSizes } from "./announcements-bench";
import { API_KEY, onBenchServer } from "./bench-server";
import { benchCompanies, type CompaniesSizes } from "./companies-bench";
import { limitFigure, median, perSecond, plainFigure, ratioFigure, tableOf, type Figure } from "./figures";
import { benchHealth } from "./health-bench";
import { fillEvents } from "./fill-events";
import { fillNotifications } from "./fill-notifications";
import { driverArrivals, driverInserts, multiRowInserts, pgbenchInserts, resetFloorTable } from "./floors";
import type { LoadGenerator } from "./load-generator";
import type { LoadOrder, LoadOutcome } from "./load-messages";

const FLOOR_CLIENTS = 16;
const SINGLE_CONNECTIONS = 64;
const BATCH_CONNECTIONS = 4;
const BATCH_EVENTS = 1000;
const ARRIVALS_PER_SECOND = 500;

interface Sizes {
  rounds: number;
  warmUp: number;
  singles: number;
  batched: number;
  arrivals: number;
  memoryEvents: number;
  fullTable: number;
  companies: CompaniesSizes;
  announcements: AnnouncementSizes;
  health: number;
}

const FULL: Sizes = {
  rounds: 5,
  warmUp: 20_000,
  singles: 40_000,
  batched: 100_000,
  arrivals: 15_000,
  memoryEvents: 1_000_000,
  fullTable: 5_000_000,
  companies: { rounds: 5, singles: 30_000, batched: 64_000 },
  announcements: { rounds: 7, singles: 20_000 },
  health: 100_000,
};
const QUICK: Sizes = {
  rounds: 3,
  warmUp: 5_000,
  singles: 15_000,
  batched: 40_000,
  arrivals: 2_500,
  memoryEvents: 200_000,
  fullTable: 500_000,
  companies: { rounds: 3, singles: 12_000, batched: 32_000 },
  announcements: { rounds: 3, singles: 8_000 },
  health: 20_000,
};

interface Speeds {
  singles: number;
  singlesFloor: number;
  /** pgbench's single-row inserts a second; null where it is not installed. */
  pgbench: number | null;
  batched: number;
  batchedFloor: number;
}

/**
 * Measures the agent API of the container entry against what PostgreSQL itself manages on this machine, and
 * prints both. fsync is on; floors and figures take turns, and the median of the rounds counts. Measured alone: with
 * `--companies` several companies at once, `--announcements` what announcing events costs, `--health` health checks.
 */
export async function benchIngest(options: readonly string[]): Promise<void> {
  const isQuick = options.includes("--quick");
  const sizes = isQuick ? QUICK : FULL;
  const only = options.includes("--announcements")
    ? benchAnnouncements(sizes.announcements)
    : options.includes("--health")
      ? benchHealth(sizes.health)
      : undefined;
  if (only) return console.log(`\n${tableOf(await only)}\n`);
  const alone = options.includes("--companies")
    ? []
    : await onBenchServer(({ server, load, sql, databaseUrl, folder }) =>
        new IngestBench(server, load, sql, databaseUrl, folder, sizes).run(),
      );
  const together = await benchCompanies(sizes.companies);
  console.log(`\n${tableOf([...alone, ...together])}\n`);
  if (isQuick) console.log("Quick run: smaller counts than the targets are meant for.\n");
}

class IngestBench {
  /** Number of the next event; each is sent once. */
  #nextEvent = 0;
  #sentEvents = 0;
  #filledEvents = 0;
  readonly #since = Date.now() - 6 * 3_600_000;

  constructor(
    readonly server: ServerProcess,
    readonly load: LoadGenerator,
    readonly sql: RawSql,
    readonly url: string,
    readonly folder: string,
    readonly sizes: Sizes,
  ) {}

  async run(): Promise<Figure[]> {
    const { sizes } = this;
    await this.#describeMachine();
    await fillNotifications(this.sql);
    await this.#warmUp();
    const empty = await this.#measureSpeeds("empty table");
    await resetFloorTable(this.sql);
    const arrivalsFloor = await driverArrivals(this.url, FLOOR_CLIENTS, sizes.arrivals, ARRIVALS_PER_SECOND);
    const arrivals = await this.#post({
      requests: sizes.arrivals,
      connections: SINGLE_CONNECTIONS,
      arrivalsPerSecond: ARRIVALS_PER_SECOND,
    });
    this.#say(
      `singles at ${ARRIVALS_PER_SECOND}/s: p50 ${arrivals.latency.p50.toFixed(1)} ms, p99 ${arrivals.latency.p99.toFixed(1)} ms`,
    );
    const memory = await this.#measureMemory();
    await this.#fill();
    const full = await this.#measureSpeeds(`${(sizes.fullTable / 1e6).toFixed(1)} million rows`);
    await this.#assertAllStored();
    return [
      ratioFigure(
        `single POSTs, ${SINGLE_CONNECTIONS} connections ÷ single-row inserts from Node, ${FLOOR_CLIENTS} clients`,
        empty.singles,
        empty.singlesFloor,
        1.0,
      ),
      pgbenchFigure(empty),
      ratioFigure(`batched events ÷ multi-row inserts from Node`, empty.batched, empty.batchedFloor, 0.6),
      limitFigure(`p99 of single POSTs at ${ARRIVALS_PER_SECOND} events/s`, arrivals.latency.p99, 50, "ms"),
      plainFigure(
        "  p50 and longest",
        `${arrivals.latency.p50.toFixed(1)} and ${arrivals.latency.max.toFixed(1)} ms`,
      ),
      plainFigure(
        "  p50, p99 and longest of single-row inserts from Node at the same rate, just before",
        `${arrivalsFloor.p50.toFixed(1)}, ${arrivalsFloor.p99.toFixed(1)} and ${arrivalsFloor.max.toFixed(1)} ms`,
      ),
      ...memory,
      ratioFigure(
        `single POSTs: ${sizes.fullTable / 1e6} million rows ÷ empty`,
        full.singles,
        empty.singles,
        0.8,
      ),
      ratioFigure(
        `batched events: ${sizes.fullTable / 1e6} million rows ÷ empty`,
        full.batched,
        empty.batched,
        0.8,
      ),
      plainFigure(
        "  the floors meanwhile, later ÷ earlier",
        `${(full.singlesFloor / empty.singlesFloor).toFixed(2)} and ${(full.batchedFloor / empty.batchedFloor).toFixed(2)}`,
      ),
    ];
  }

  async #describeMachine(): Promise<void> {
    const [row] = await this.sql<{ version: string; fsync: string; commit: string }[]>`
      select current_setting('server_version') as version, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit`;
    this.#say(
      `PostgreSQL ${row!.version}, fsync=${row!.fsync}, synchronous_commit=${row!.commit}; Node ${process.versions.node}`,
    );
  }

  /** Also fetches a page, so that Next's share of the memory is there from the start. */
  async #warmUp(): Promise<void> {
    await fetch(`http://127.0.0.1:${this.server.port}/login`).then((page) => page.text());
    await this.#post({ requests: this.sizes.warmUp, connections: SINGLE_CONNECTIONS });
    await this.#post({
      requests: this.sizes.warmUp / BATCH_EVENTS,
      connections: BATCH_CONNECTIONS,
      eventsPerRequest: BATCH_EVENTS,
    });
  }

  async #measureSpeeds(name: string): Promise<Speeds> {
    const rounds: Speeds[] = [];
    for (let round = 1; round <= this.sizes.rounds; round++) {
      await resetFloorTable(this.sql);
      await this.sql`checkpoint`;
      const singlesRows = this.sizes.singles / 2;
      const singlesFloor = await driverInserts(this.url, FLOOR_CLIENTS, singlesRows);
      const pgbench = await pgbenchInserts(this.url, this.folder, FLOOR_CLIENTS, singlesRows);
      const singles = await this.#speed({ requests: this.sizes.singles, connections: SINGLE_CONNECTIONS });
      await resetFloorTable(this.sql);
      await this.sql`checkpoint`;
      const batchedFloor = await multiRowInserts(this.url, 1, this.sizes.batched);
      const batched = await this.#speed({
        requests: this.sizes.batched / BATCH_EVENTS,
        connections: BATCH_CONNECTIONS,
        eventsPerRequest: BATCH_EVENTS,
      });
      rounds.push({
        singles,
        singlesFloor,
        pgbench,
        batched,
        batchedFloor,
      });
      this.#say(
        `${name}, round ${round}: singles ${perSecond(singles)} (floor ${perSecond(singlesFloor)}, pgbench ${pgbench === null ? "missing" : perSecond(pgbench)}), ` +
          `batched ${perSecond(batched)} (floor ${perSecond(batchedFloor)})`,
      );
    }
    const middle = (pick: (speeds: Speeds) => number) => median(rounds.map(pick));
    return {
      singles: middle((round) => round.singles),
      singlesFloor: middle((round) => round.singlesFloor),
      pgbench: rounds.some((round) => round.pgbench === null) ? null : middle((round) => round.pgbench!),
      batched: middle((round) => round.batched),
      batchedFloor: middle((round) => round.batchedFloor),
    };
  }

  async #measureMemory(): Promise<Figure[]> {
    const left = this.sizes.memoryEvents - this.#sentEvents;
    if (left > 0) {
      await this.#post({
        requests: Math.ceil(left / BATCH_EVENTS),
        connections: BATCH_CONNECTIONS,
        eventsPerRequest: BATCH_EVENTS,
      });
    }
    const resident = await this.server.residentBytes();
    if (!resident) return [plainFigure("resident memory", "unknown on this system")];
    const mebibytes = (bytes: number) => bytes / 1024 / 1024;
    const events = new Intl.NumberFormat("en-GB").format(this.#sentEvents);
    return [
      limitFigure(
        `resident memory of the server after ${events} events`,
        mebibytes(resident.now),
        350,
        "MiB",
      ),
      plainFigure("  most it ever held", `${mebibytes(resident.peak).toFixed(0)} MiB`),
    ];
  }

  async #fill(): Promise<void> {
    const left = this.sizes.fullTable - this.#sentEvents;
    await fillEvents(this.sql, left, (done) => this.#say(`filled ${done} of ${left} rows`));
    this.#filledEvents = left;
    await this.sql.unsafe("vacuum analyze events");
    await this.sql.unsafe("vacuum analyze event_counts");
  }

  async #assertAllStored(): Promise<void> {
    const [row] = await this.sql<{ count: string }[]>`select count(*) from events where company_id = 1`;
    const expected = this.#filledEvents + this.#sentEvents;
    if (Number(row!.count) !== expected) {
      throw new Error(`${row!.count} events are stored where ${expected} should be.`);
    }
  }

  async #speed(order: Partial<LoadOrder> & { requests: number; connections: number }): Promise<number> {
    const { seconds } = await this.#post(order);
    return (order.requests * (order.eventsPerRequest ?? 1)) / seconds;
  }

  /** @throws Error when any answer was not the expected one: a refused event must not count as speed. */
  async #post(order: Partial<LoadOrder> & { requests: number; connections: number }): Promise<LoadOutcome> {
    const eventsPerRequest = order.eventsPerRequest ?? 1;
    const firstEvent = this.#nextEvent;
    this.#nextEvent += order.requests * eventsPerRequest;
    const outcome = await this.load.run({
      port: this.server.port,
      apiKey: API_KEY,
      eventsPerRequest,
      firstEvent,
      since: this.#since,
      ...order,
    });
    const expected = eventsPerRequest === 1 ? "201" : "200";
    if (outcome.statuses[expected] !== order.requests) {
      throw new Error(
        `Expected ${order.requests} answers of ${expected}, got ${JSON.stringify(outcome.statuses)}.`,
      );
    }
    this.#sentEvents += order.requests * eventsPerRequest;
    return outcome;
  }

  #say(text: string): void {
    console.log(text);
  }
}

function pgbenchFigure({ singles, pgbench }: Speeds): Figure {
  const name = "  ÷ single-row inserts by pgbench, a client in C";
  return pgbench === null
    ? plainFigure(name, "pgbench is not installed")
    : ratioFigure(name, singles, pgbench, 1.0);
}
