import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeDataFolder } from "../data-folder";
import { EmbeddedPostgresError } from "./errors";

/** Where one data folder keeps things. All paths are absolute and free of symbolic links. */
export type Layout = {
  dataDir: string;
  /** The cluster. It appears under this name only when initdb has finished. */
  cluster: string;
  passwordFile: string;
  log: string;
  socketDir: string;
};

// The kernel's limit for a socket's path is 104 bytes on macOS and 108 on Linux.
const longestSocketPath = 100;
/** PostgreSQL takes a comma or a quote for the end of a socket's folder, the driver a comma or a colon for that of a host. */
const separators = process.platform === "win32" ? /[,"]/ : /[,:"]/;

/** Makes the data folder if needed and names its parts. */
export async function openLayout(dataDir: string): Promise<Layout> {
  const wanted = path.resolve(dataDir);
  try {
    await makeDataFolder(wanted);
    const real = await realpath(wanted);
    const cluster = path.join(real, "postgres");
    return {
      dataDir: real,
      cluster,
      passwordFile: path.join(cluster, "winauthmon.password"),
      log: path.join(real, "postgres.log"),
      socketDir: socketDirFor(real),
    };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Can't create or open DATA_DIR ${wanted} (${error instanceof Error ? error.message : String(error)}). ` +
        "Choose a folder that this account can write to.",
    );
  }
}

function socketDirFor(dataDir: string): string {
  const digest = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const candidates = [
    path.join(dataDir, "run"),
    path.join(tmpdir(), `winauthmon-${digest}`),
    path.join("/tmp", `winauthmon-${digest}`),
  ];
  const fits = (dir: string) => Buffer.byteLength(path.join(dir, ".s.PGSQL.5432")) <= longestSocketPath;
  return candidates.find((dir) => fits(dir) && !separators.test(dir)) ?? candidates[2]!;
}
