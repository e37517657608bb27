import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RawSql } from "@/db/client";
import { API_KEY, onBenchServer } from "./bench-server";
import { perSecond, tableOf, type Figure } from "./figures";
import { multiRowInserts, resetFloorTable } from "./floors";

const TARGET_PER_SECOND = 5_000;
const run = promisify(execFile);

/**
 * Measures how fast the agent's sender brings a backlog of 100,000 spooled events to a portal on this machine, with
 * the batch size an agent has by default. The floor is the same number of rows by multi-row inserts from Node.
 *
 * @throws Error when Go is missing, an event was refused or not every event is stored.
 */
export async function benchAgent(): Promise<void> {
  const figure = await onBenchServer(async ({ server, sql, databaseUrl }) => {
    const drained = await drain(server.port, sql);
    await resetFloorTable(sql);
    return figureOf(drained, await multiRowInserts(databaseUrl, 1, 100_000));
  });
  console.log(`\n${tableOf([figure])}\n`);
}

function figureOf(drained: number, floor: number): Figure {
  return {
    name: "events a second out of the agent's spool ÷ multi-row inserts from Node",
    value: perSecond(drained),
    floor: perSecond(floor),
    ratio: (drained / floor).toFixed(2),
    target: `≥ ${perSecond(TARGET_PER_SECOND)}`,
    isMet: drained >= TARGET_PER_SECOND,
  };
}

/** Events a second. */
async function drain(port: number, sql: RawSql): Promise<number> {
  const args = [
    "test",
    "-tags",
    "portal",
    "-count=1",
    "-v",
    "-run",
    "^TestDrainToAPortal$",
    "./internal/sender",
  ];
  const env = {
    ...process.env,
    WINAUTHMON_BENCH_URL: `http://127.0.0.1:${port}`,
    WINAUTHMON_BENCH_KEY: API_KEY,
  };
  const { stdout } = await run("go", args, { cwd: "agent", env }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error("Go is missing. On Debian or Ubuntu: apt-get install golang-go", { cause: error });
  });
  const [, count, milliseconds] = /^drained (\d+) events in (\d+) ms$/m.exec(stdout) ?? [];
  if (!count || !milliseconds)
    throw new Error(`The agent's bench says nothing of a drained spool:\n${stdout}`);
  const [stored] = await sql<
    { count: number }[]
  >`select count(*)::int as count from events where company_id = 1`;
  if (stored!.count !== Number(count)) throw new Error(`${stored!.count} of ${count} events are stored.`);
  return Number(count) / (Number(milliseconds) / 1000);
}
