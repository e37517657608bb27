import { onBenchServer, type BenchServer } from "./bench-server";
import { median, perSecond, plainFigure, ratioFigure, type Figure } from "./figures";
import { driverInserts, resetFloorTable } from "./floors";
import type { LoadOutcome } from "./load-messages";
import type { Spread } from "./sample-events";
import { ALL_ACCOUNTS, SpreadAgents, type KeyedSpread } from "./spread-agents";

const FLOOR_CLIENTS = 16;
const BATCH_EVENTS = 1000;
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
  readonly #agents: SpreadAgents;

  constructor(
    readonly bench: BenchServer,
    readonly sizes: CompaniesSizes,
  ) {
    this.#agents = new SpreadAgents(bench);
  }

  async run(): Promise<Figure[]> {
    const spreads = [
      await this.#agents.make(1),
      await this.#agents.make(1, ALL_ACCOUNTS),
      await this.#agents.make(64),
      await this.#agents.make(1000),
    ];
    for (const spread of spreads) await this.#agents.warmUp(spread);
    const rounds: Speeds[][] = [];
    for (let round = 1; round <= this.sizes.rounds; round++) {
      const speeds: Speeds[] = [];
      for (const spread of spreads) speeds.push(await this.#measure(spread, round));
      rounds.push(speeds);
    }
    await this.#agents.assertAllStored();
    return spreads.flatMap((spread, index) => {
      const middle = (pick: (speeds: Speeds) => number, at = index) =>
        median(rounds.map((speeds) => pick(speeds[at]!)));
      return figuresOf(spread, index, middle);
    });
  }

  async #measure(spread: KeyedSpread, round: number): Promise<Speeds> {
    const { sql, databaseUrl } = this.bench;
    const { singles: requests, batched: events } = this.sizes;
    await resetFloorTable(sql);
    await sql`checkpoint`;
    const floor = await driverInserts(databaseUrl, FLOOR_CLIENTS, requests / 2, spread);
    const { seconds, latency } = await this.#agents.post(spread, requests, 1);
    const batches = await this.#agents.post(spread, events / BATCH_EVENTS, BATCH_EVENTS);
    const speeds = { singles: requests / seconds, floor, batched: events / batches.seconds, latency };
    console.log(
      `${spread.companies} companies of ${spread.accounts} accounts, round ${round}: singles ${perSecond(speeds.singles)} (floor ${perSecond(floor)}; ` +
        `p50 ${latency.p50.toFixed(1)}, p99 ${latency.p99.toFixed(1)} ms), batched ${perSecond(speeds.batched)}`,
    );
    return speeds;
  }
}

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
