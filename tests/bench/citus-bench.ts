import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { connect } from "@/db/client";
import { createDatabase, createPlainDatabase, dropDatabase, withDatabase } from "../support/database-nodes";
import { startBenchServer } from "./bench-server";
import { median, perSecond, ratioFigure, tableOf, type Figure } from "./figures";
import { LoadGenerator } from "./load-generator";
import { SpreadAgents, type KeyedSpread } from "./spread-agents";

const BATCH_EVENTS = 1_000;
/** Twice the cores that all workers have together, as docs/citus.md advises: they share those of one machine. */
const SHARDS = String(2 * availableParallelism());

interface Sizes {
  rounds: number;
  singles: number;
  batched: number;
}

const FULL: Sizes = { rounds: 5, singles: 20_000, batched: 100_000 };
const QUICK: Sizes = { rounds: 3, singles: 5_000, batched: 20_000 };

interface Speeds {
  singles: number;
  spread: number;
  batched: number;
}

/** A database on the coordinator's server, a server of ours on it, and its agents. */
interface Side {
  agents: SpreadAgents;
  one: KeyedSpread;
  many: KeyedSpread;
  speeds: Speeds[];
  close(): Promise<void>;
}

/**
 * Compares ingest on the Citus cluster of CITUS_URL with a plain database on the same coordinator's server, in turns. On
 * one machine this shows what distribution costs and no gain.
 */
export async function benchCitus(options: readonly string[]): Promise<void> {
  const { CITUS_URL: url } = process.env;
  if (!url) throw new Error("Set CITUS_URL to the coordinator of a Citus cluster; see docs/citus.md.");
  const sizes = options.includes("--quick") ? QUICK : FULL;
  const load = new LoadGenerator();
  const sides: Side[] = [];
  try {
    const plain = await openSide(url, load, false);
    sides.push(plain);
    const distributed = await openSide(url, load, true);
    sides.push(distributed);
    for (let round = 1; round <= sizes.rounds; round += 1) {
      for (const side of sides)
        await measure(side, sizes, `${side === plain ? "plain" : "Citus"}, round ${round}`);
    }
    for (const { agents } of sides) await agents.assertAllStored();
    console.log(`\n${tableOf(figuresOf(plain.speeds, distributed.speeds))}\n`);
  } finally {
    load.stop();
    for (const side of sides) await side.close();
  }
}

async function openSide(url: string, load: LoadGenerator, isDistributed: boolean): Promise<Side> {
  const name = `winauthmon_bench_${randomBytes(6).toString("hex")}`;
  const databaseUrl = withDatabase(url, name);
  await (isDistributed ? createDatabase : createPlainDatabase)(url, name);
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-bench-"));
  const server = await startBenchServer(databaseUrl, folder, {
    CITUS_SHARD_COUNT: isDistributed ? SHARDS : "0",
  });
  const sql = connect(databaseUrl, { max: 1 });
  const agents = new SpreadAgents({ server, sql, load });
  const [one, many] = [await agents.make(1), await agents.make(64)];
  for (const spread of [one, many]) await agents.warmUp(spread);
  const close = async () => {
    await server.end("SIGTERM");
    await sql.end();
    await dropDatabase(url, name);
    await rm(folder, { recursive: true, force: true });
  };
  return { agents, one, many, speeds: [], close };
}

async function measure({ agents, one, many, speeds }: Side, sizes: Sizes, name: string): Promise<void> {
  const rate = async (spread: KeyedSpread, events: number, each: number) =>
    events / (await agents.post(spread, events / each, each)).seconds;
  const taken = {
    singles: await rate(one, sizes.singles, 1),
    spread: await rate(many, sizes.singles, 1),
    batched: await rate(one, sizes.batched, BATCH_EVENTS),
  };
  speeds.push(taken);
  console.log(
    `${name}: singles ${perSecond(taken.singles)}, of 64 companies ${perSecond(taken.spread)}, batched ${perSecond(taken.batched)}`,
  );
}

function figuresOf(plain: readonly Speeds[], distributed: readonly Speeds[]): Figure[] {
  const figure = (name: string, pick: (speeds: Speeds) => number, target: number) =>
    ratioFigure(name, median(distributed.map(pick)), median(plain.map(pick)), target);
  return [
    figure("single POSTs of one company ÷ those on plain PostgreSQL", ({ singles }) => singles, 0.5),
    figure("single POSTs of 64 companies ÷ those on plain PostgreSQL", ({ spread }) => spread, 0.5),
    figure("batched events of one company ÷ those on plain PostgreSQL", ({ batched }) => batched, 0.7),
  ];
}
