import type { RawSql } from "@/db/client";
import { onBenchServer, type BenchServer } from "./bench-server";
import { median, perSecond, plainFigure, ratioFigure, type Figure } from "./figures";
import { driverInserts, resetFloorTable } from "./floors";
import type { LoadOutcome } from "./load-messages";
import { ACCOUNT_COUNT, type Spread } from "./sample-events";

const FLOOR_CLIENTS = 16;
const CONNECTIONS = 64;
const BATCH_CONNECTIONS = 4;
const BATCH_EVENTS = 1000;
/** How many accounts there are at most in all: a thousand companies are small ones. */
const ALL_ACCOUNTS = 20_000;
const TARGET = 0.85;

export interface CompaniesSizes {
  rounds: number;
  singles: number;
  batched: number;
}

interface Speeds {
  singles: number;
  floor: number;
  batched: number;
  latency: LoadOutcome["latency"];
}

/**
 * Measures single POSTs and batches of agents of 1, 64 and 1,000 companies, who take turns, on a server of its own, and
 * of one company with as many accounts as the many have together: a company costs something, and so does an account.
 * The numbers of companies take turns too, each beside its floor, and the median of the rounds counts.
 */
export function benchCompanies(sizes: CompaniesSizes): Promise<Figure[]> {
  return onBenchServer((bench) => new CompaniesBench(bench, sizes).run());
}

class CompaniesBench {
  #nextEvent = 0;
  readonly #since = Date.now() - 6 * 3_600_000;

  constructor(
    readonly bench: BenchServer,
    readonly sizes: CompaniesSizes,
  ) {}

  async run(): Promise<Figure[]> {
    const spreads = [
      await this.#makeCompanies(1),
      await this.#makeCompanies(1, ALL_ACCOUNTS),
      await this.#makeCompanies(64),
      await this.#makeCompanies(1000),
    ];
    for (const spread of spreads) await this.#warmUp(spread);
    const rounds: Speeds[][] = [];
    for (let round = 1; round <= this.sizes.rounds; round++) {
      const speeds: Speeds[] = [];
      for (const spread of spreads) speeds.push(await this.#measure(spread, round));
      rounds.push(speeds);
    }
    await this.#assertAllStored();
    return spreads.flatMap((spread, index) => {
      const middle = (pick: (speeds: Speeds) => number, at = index) =>
        median(rounds.map((speeds) => pick(speeds[at]!)));
      return figuresOf(spread, index, middle);
    });
  }

  async #makeCompanies(
    companies: number,
    most = Math.min(ACCOUNT_COUNT, ALL_ACCOUNTS / companies),
  ): Promise<KeyedSpread> {
    const accounts = 2 * Math.floor(most / 2);
    return { companies, accounts, apiKeys: await makeCompanies(this.bench.sql, companies, accounts) };
  }

  /** Names every account once, as the agents of a day before have. */
  async #warmUp(spread: KeyedSpread): Promise<void> {
    const perRequest = Math.min(spread.accounts, ACCOUNT_COUNT);
    await this.#post(spread, (spread.companies * spread.accounts) / perRequest, perRequest);
    await this.#post(spread, Math.max(spread.companies, 2_000), 1);
  }

  async #measure(spread: KeyedSpread, round: number): Promise<Speeds> {
    const { sql, databaseUrl } = this.bench;
    const { singles: requests, batched: events } = this.sizes;
    await resetFloorTable(sql);
    await sql`checkpoint`;
    const floor = await driverInserts(databaseUrl, FLOOR_CLIENTS, requests / 2, spread);
    const { seconds, latency } = await this.#post(spread, requests, 1);
    const batches = await this.#post(spread, events / BATCH_EVENTS, BATCH_EVENTS);
    const speeds = { singles: requests / seconds, floor, batched: events / batches.seconds, latency };
    console.log(
      `${spread.companies} companies of ${spread.accounts} accounts, round ${round}: singles ${perSecond(speeds.singles)} (floor ${perSecond(floor)}; ` +
        `p50 ${latency.p50.toFixed(1)}, p99 ${latency.p99.toFixed(1)} ms), batched ${perSecond(speeds.batched)}`,
    );
    return speeds;
  }

  /** @throws Error when any answer was not the expected one: a refused event must not count as speed. */
  async #post(spread: KeyedSpread, requests: number, eventsPerRequest: number): Promise<LoadOutcome> {
    const firstEvent = this.#nextEvent;
    // Every company's last turn may not come to an end; its numbers are then left out.
    this.#nextEvent += Math.ceil(requests / spread.companies) * spread.companies * eventsPerRequest;
    const outcome = await this.bench.load.run({
      port: this.bench.server.port,
      apiKey: "",
      spread,
      requests,
      connections: eventsPerRequest === 1 ? CONNECTIONS : BATCH_CONNECTIONS,
      eventsPerRequest,
      firstEvent,
      since: this.#since,
    });
    const expected = eventsPerRequest === 1 ? "201" : "200";
    if (outcome.statuses[expected] !== requests) {
      throw new Error(
        `Expected ${requests} answers of ${expected}, got ${JSON.stringify(outcome.statuses)}.`,
      );
    }
    this.#sentEvents += requests * eventsPerRequest;
    return outcome;
  }

  #sentEvents = 0;

  async #assertAllStored(): Promise<void> {
    const [row] = await this.bench.sql<{ events: string; counted: string }[]>`
      select count(*) as events, (select sum(count) from event_counts) as counted from events`;
    const { events, counted } = row!;
    if (Number(events) !== this.#sentEvents || Number(counted) !== this.#sentEvents) {
      throw new Error(
        `${events} events are stored and ${counted} counted where ${this.#sentEvents} should be.`,
      );
    }
  }
}

type KeyedSpread = Spread & { apiKeys: string[] };

type Middle = (pick: (speeds: Speeds) => number, at?: number) => number;

/** Of the spreads, those that others are compared with: one company of few accounts, and one of as many as all. */
const ONE = 0;
const ONE_OF_MANY_ACCOUNTS = 1;

function figuresOf({ companies, accounts }: Spread, index: number, middle: Middle): Figure[] {
  const count = companies.toLocaleString("en");
  const latency = `${middle((speeds) => speeds.latency.p50).toFixed(1)} and ${middle((speeds) => speeds.latency.p99).toFixed(1)} ms`;
  const whose =
    companies === 1 ? `1 company of ${accounts.toLocaleString("en")} accounts` : `${count} companies`;
  const first = [
    ratioFigure(
      `single POSTs of ${whose} ÷ single-row inserts from Node of as many`,
      middle((speeds) => speeds.singles),
      middle((speeds) => speeds.floor),
      TARGET,
    ),
    plainFigure("  p50 and p99", latency),
  ];
  if (index === ONE) return first;
  const against = (name: string, pick: (speeds: Speeds) => number, other: number) =>
    ratioFigure(
      `  ${name}`,
      middle((speeds) => pick(speeds)),
      middle((speeds) => pick(speeds), other),
      TARGET,
    );
  const figures = [...first, against("÷ single POSTs of one company", ({ singles }) => singles, ONE)];
  if (index === ONE_OF_MANY_ACCOUNTS) return figures;
  return [
    ...figures,
    against("÷ those of one company of as many accounts", ({ singles }) => singles, ONE_OF_MANY_ACCOUNTS),
    against("batched events ÷ those of one company", ({ batched }) => batched, ONE),
  ];
}

/** Makes companies with one site each and gives the keys of their agents. */
async function makeCompanies(sql: RawSql, count: number, accounts: number): Promise<string[]> {
  const rows = await sql<{ key: string }[]>`
    with made as (
      insert into app_auth_companies (name) select 'Bench ' || ${count}::int || ' of ' || ${accounts}::int || '/' || n from generate_series(1, ${count}::int) n
      returning id
    ), known as (
      insert into tenants select id from made
    ), placed as (
      insert into sites (company_id, name) select id, 'HO' from made returning company_id, id
    ), keyed as (
      select company_id, id, encode(sha256(convert_to('bench ' || company_id, 'UTF8')), 'hex') as key from placed
    ), stored as (
      insert into app_auth_api_keys (company_id, site_id, key_digest, key_encrypted)
      select company_id, id, sha256(convert_to(key, 'UTF8')), '' from keyed
    )
    select key from keyed order by company_id`;
  return rows.map(({ key }) => key);
}
