import { appendFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded";

/** A primary and a streaming replica of it, both of the program's own PostgreSQL. */
export interface ReplicatedPostgres {
  primaryUrl: string;
  replicaUrl: string;
  startReplica(): Promise<void>;
  stopReplica(): Promise<void>;
  stop(): Promise<void>;
}

/** Copies a primary while it is stopped, and has the copy follow it. */
export async function openReplicatedPostgres(): Promise<ReplicatedPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), "wam-repl-"));
  const [primaryDir, replicaDir] = [path.join(folder, "p"), path.join(folder, "r")];
  const first = await startEmbeddedPostgres({ dataDir: primaryDir });
  await first.stop();
  await cp(primaryDir, replicaDir, { recursive: true });
  const primary = await startEmbeddedPostgres({ dataDir: primaryDir });
  const { searchParams } = new URL(primary.url);
  const cluster = path.join(replicaDir, "postgres");
  await writeFile(path.join(cluster, "standby.signal"), "");
  const follows = `host=${searchParams.get("host")} user=winauthmon dbname=winauthmon`;
  await appendFile(path.join(cluster, "postgresql.auto.conf"), `primary_conninfo = '${follows}'\n`);
  let replica: EmbeddedPostgres | undefined = await startEmbeddedPostgres({ dataDir: replicaDir });
  const { url: replicaUrl } = replica;
  const stopReplica = async () => {
    await replica?.stop();
    replica = undefined;
  };
  return {
    primaryUrl: primary.url,
    replicaUrl,
    startReplica: async () => {
      replica = await startEmbeddedPostgres({ dataDir: replicaDir });
    },
    stopReplica,
    stop: async () => {
      await stopReplica();
      await primary.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
