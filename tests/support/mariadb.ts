import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { createConnection } from "mysql2/promise";
import { freePort } from "./free-port";

export interface TestMariadb {
  port: number;
  user: string;
  password: string;
  database: string;
  stop(): Promise<void>;
}

const NEEDED = "These tests need MariaDB: apt-get install -y --no-install-recommends mariadb-server";
const LOGIN = { user: "original", password: "p@ss:w/rd", database: "original" };

/** Starts a MariaDB with an empty database and a user for it. @throws Error telling how to get one when there is none. */
export async function startMariadb(): Promise<TestMariadb> {
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-mariadb-"));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  const asRoot = process.getuid?.() === 0 ? ["--user=root"] : [];
  const options = [`--datadir=${folder}/data`, ...asRoot];
  try {
    await promisify(execFile)("mariadb-install-db", [
      "--no-defaults",
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      ...options,
    ]);
  } catch (error) {
    await remove();
    throw new Error(NEEDED, { cause: error });
  }
  const port = await freePort();
  const socket = path.join(folder, "socket");
  const server = spawn(
    "/usr/sbin/mariadbd",
    ["--no-defaults", ...options, `--port=${port}`, "--bind-address=127.0.0.1", `--socket=${socket}`],
    { stdio: "ignore" },
  );
  const exited = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
    server.once("error", () => resolve());
  });
  const stop = async () => {
    server.kill("SIGKILL");
    await exited;
    await remove();
  };
  try {
    await prepare(socket);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, ...LOGIN, stop };
}

async function prepare(socketPath: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const connection = await createConnection({ socketPath, user: "root" }).catch(() => null);
    if (!connection && tries > 300) throw new Error(`MariaDB did not start. ${NEEDED}`);
    if (!connection) {
      await delay(100);
      continue;
    }
    await connection.query(`create database ${LOGIN.database} character set utf8mb4`);
    await connection.query(`create user ${LOGIN.user}@'127.0.0.1' identified by '${LOGIN.password}'`);
    await connection.query(`grant all on ${LOGIN.database}.* to ${LOGIN.user}@'127.0.0.1'`);
    return connection.end();
  }
}
