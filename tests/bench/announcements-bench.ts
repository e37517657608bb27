import { connect } from "@/db/client";
import { API_KEY, onBenchServer, type BenchServer } from "./bench-server";
import { median, perSecond, ratioFigure, type Figure } from "./figures";

const CONNECTIONS = 64;
const LISTENERS = 64;
/** What announcing may cost: 5 %. */
const TARGET = 0.95;

export interface AnnouncementSizes {
  rounds: number;
  singles: number;
}

/** How events are announced while one round of agents posts. */
type Way = "none" | "as it is" | "64 listeners more" | "in every commit";
const WAYS: readonly Way[] = ["none", "as it is", "64 listeners more", "in every commit"];

/**
 * Measures what telling other servers of stored events costs: single POSTs over 64 connections with NOTIFY made to do
 * nothing, as it is, with 64 connections that LISTEN beside the server's own, and with a NOTIFY in every commit of
 * events, which takes PostgreSQL's one lock for it. The ways take turns, and the median of the rounds counts.
 */
export function benchAnnouncements(sizes: AnnouncementSizes): Promise<Figure[]> {
  return onBenchServer((bench) => new AnnouncementsBench(bench, sizes).run());
}

class AnnouncementsBench {
  #nextEvent = 0;
  readonly #since = Date.now() - 6 * 3_600_000;

  constructor(
    readonly bench: BenchServer,
    readonly sizes: AnnouncementSizes,
  ) {}

  async run(): Promise<Figure[]> {
    await this.#post(this.sizes.singles);
    const speeds = new Map<Way, number[]>(WAYS.map((way) => [way, []]));
    for (let round = 1; round <= this.sizes.rounds; round += 1) {
      // Each round begins with another one, as the machine's pace may change within a round.
      for (const way of [...WAYS.slice(round % WAYS.length), ...WAYS.slice(0, round % WAYS.length)]) {
        speeds.get(way)!.push(await this.#measure(way));
      }
      const told = WAYS.map((way) => `${way} ${perSecond(speeds.get(way)!.at(-1)!)}`);
      console.log(`announcements, round ${round}: ${told.join(", ")}`);
    }
    const without = median(speeds.get("none")!);
    return WAYS.slice(1).map((way) => {
      const name = `single POSTs, ${CONNECTIONS} connections, announced ${NAMES[way]} ÷ not announced`;
      const figure = ratioFigure(name, median(speeds.get(way)!), without, TARGET);
      return way === "in every commit" ? { ...figure, target: "", isMet: null } : figure;
    });
  }

  async #measure(way: Way): Promise<number> {
    const undo = await this.#prepare(way);
    try {
      await this.bench.sql`checkpoint`;
      return await this.#post(this.sizes.singles);
    } finally {
      await undo();
    }
  }

  async #prepare(way: Way): Promise<() => Promise<unknown>> {
    const { sql, databaseUrl } = this.bench;
    if (way === "none") {
      await sql.unsafe(notifySql("language sql", "select"));
      return () => sql.unsafe(notifySql("language internal", "pg_notify"));
    }
    if (way === "in every commit") {
      await sql.unsafe(EVERY_COMMIT);
      return () => sql.unsafe("drop trigger bench_announce on events; drop function bench_announce()");
    }
    if (way === "as it is") return async () => undefined;
    const listeners = Array.from({ length: LISTENERS }, () =>
      connect(databaseUrl, { max: 1, idle_timeout: 0 }),
    );
    await Promise.all(listeners.map((listener) => listener.listen("winauthmon_events", () => undefined)));
    return () => Promise.all(listeners.map((listener) => listener.end()));
  }

  /** Events a second. @throws Error when any answer was not the expected one. */
  async #post(requests: number): Promise<number> {
    const firstEvent = this.#nextEvent;
    this.#nextEvent += requests;
    const { server, load } = this.bench;
    const order = { requests, connections: CONNECTIONS, eventsPerRequest: 1, firstEvent, since: this.#since };
    const { statuses, seconds } = await load.run({ port: server.port, apiKey: API_KEY, ...order });
    if (statuses["201"] !== requests)
      throw new Error(`Expected ${requests} times 201: ${JSON.stringify(statuses)}`);
    return requests / seconds;
  }
}

const NAMES: Record<Way, string> = {
  none: "not at all",
  "as it is": "ten times a second",
  "64 listeners more": `the same to ${LISTENERS} more connections`,
  "in every commit": "in every commit",
};

/** Only in the bench's own database; the server, which asks for pg_notify by name, runs unchanged. */
function notifySql(language: string, body: string): string {
  return `create or replace function pg_catalog.pg_notify(text, text) returns void ${language} strict volatile
    parallel restricted as '${body}'`;
}

const EVERY_COMMIT = `
  create function bench_announce() returns trigger language plpgsql as $$
  begin
    perform pg_notify('winauthmon_events', '[]');
    return null;
  end $$;
  create trigger bench_announce after insert on events for each statement execute function bench_announce()`;
