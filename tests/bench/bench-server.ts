import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, type RawSql } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { fillIndexesJob } from "@/lib/services/upkeep/fill-indexes-job";
import { startServerProcess, type ServerProcess } from "../support/server-process";
import { LoadGenerator } from "./load-generator";

/** The key of the first site, which the benches' agents send with. */
export const API_KEY = "be".repeat(32);

export interface BenchServer {
  /** The container entry, as `npm start` runs it. */
  server: ServerProcess;
  /** Does something while no server runs, so that no job reads a table without its indexes, and starts one again. */
  restartAround(work: () => Promise<void>): Promise<void>;
  /** One connection past every lock. */
  sql: RawSql;
  databaseUrl: string;
  load: LoadGenerator;
  /** Gone after the bench. */
  folder: string;
}

/** Runs a bench against a server with an empty PostgreSQL of its own (fsync on), and clears both away. */
export async function onBenchServer<T>(
  work: (bench: BenchServer) => Promise<T>,
  environment: Record<string, string> = {},
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-bench-"));
  const embedded = await startEmbeddedPostgres({ dataDir: path.join(folder, "data") });
  const sql = connect(embedded.url, { max: 1 });
  const load = new LoadGenerator();
  const start = () => startBenchServer(embedded.url, path.join(folder, "server"), environment);
  let bench: BenchServer | undefined;
  try {
    bench = { server: await start(), restartAround, sql, databaseUrl: embedded.url, load, folder };
    await passJob(sql, fillIndexesJob.name);
    return await work(bench);
  } finally {
    load.stop();
    await bench?.server.end("SIGTERM");
    await sql.end();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  async function restartAround(meanwhile: () => Promise<void>): Promise<void> {
    await bench!.server.end("SIGTERM");
    await meanwhile();
    bench!.server = await start();
  }
}

/** Else the server takes what is filled in for loose indexes, and rebuilds them while the bench measures. */
async function passJob(sql: RawSql, name: string): Promise<void> {
  await sql`
    insert into jobs (name, last_started_at, last_finished_at, last_succeeded_at) values (${name}, now(), now(), now())
    on conflict (name) do update set last_started_at = now(), last_finished_at = now(), last_succeeded_at = now()`;
}

/** The container entry on a database, without a limit that a bench would meet. */
export function startBenchServer(
  databaseUrl: string,
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  return startServerProcess(path.resolve("dist/server.mjs"), {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    INITIAL_API_KEY: API_KEY,
    RATE_LIMIT_AGENT_PER_MINUTE: "10000000",
    LOG_LEVEL: "warn",
    ...environment,
  });
}
