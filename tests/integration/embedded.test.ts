import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connect } from "@/db/client";
import { connectEmbedded, startEmbeddedPostgres, type EmbeddedPostgres } from "@/db/embedded";
import { findBinaries } from "@/db/embedded/binaries";
import { openLayout } from "@/db/embedded/layout";
import { isAlive, readPidFile } from "@/db/embedded/pid-file";
import { chooseRunAs } from "@/db/embedded/run-as";
import { spawnEmbedded, type EmbeddedProcess } from "../support/embedded-process";
import { copyFolder } from "../support/migrated-folder";

const isRoot = process.geteuid?.() === 0;
const dataDirs: string[] = [];
const temporary: string[] = [];
const running: EmbeddedPostgres[] = [];
const processes: EmbeddedProcess[] = [];
const messages: string[] = [];
let madeOnce: string;
const log = (message: string) => void messages.push(message);

beforeAll(async () => {
  madeOnce = await mkdtemp(path.join(tmpdir(), `winauthmon-test-${process.pid}-`));
  await (await startEmbeddedPostgres({ dataDir: madeOnce, log })).stop();
});
afterAll(() => rm(madeOnce, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

afterEach(async () => {
  messages.length = 0;
  await Promise.all(processes.splice(0).map((one) => one.kill("SIGKILL")));
  await Promise.all(running.splice(0).map((one) => one.stop()));
  for (const dataDir of dataDirs.splice(0)) {
    const orphan = await readPidFile(path.join(dataDir, "postgres"));
    if (orphan && isAlive(orphan.pid)) process.kill(orphan.pid, "SIGQUIT");
  }
  for (const folder of temporary.splice(0)) {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
});

/** A data folder below a folder of mode 0700, which is what mkdtemp makes. */
async function newDataDir(name = "data"): Promise<string> {
  const parent = await mkdtemp(path.join(tmpdir(), `winauthmon-test-${process.pid}-`));
  const dataDir = path.join(parent, name);
  temporary.push(parent);
  dataDirs.push(dataDir);
  return dataDir;
}

/** The same with a database that was made and stopped, which takes a tenth of the time of making one. */
async function usedDataDir(name?: string): Promise<string> {
  const dataDir = await newDataDir(name);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await copyFolder(path.join(madeOnce, "postgres"), path.join(dataDir, "postgres"));
  return dataDir;
}

async function start(dataDir: string, transport?: "tcp"): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres({ dataDir, log, ...(transport && { transport }) });
  running.push(embedded);
  return embedded;
}

function startProcess(dataDir: string, role?: "server" | "tool"): EmbeddedProcess {
  const one = spawnEmbedded(dataDir, role);
  processes.push(one);
  return one;
}

async function urlOf(one: EmbeddedProcess): Promise<string> {
  const outcome = await one.outcome;
  if ("error" in outcome) throw new Error(outcome.error);
  return outcome.url;
}

async function remember(url: string, word: string): Promise<void> {
  const sql = connect(url, { max: 1 });
  await sql`create table if not exists words (word text)`;
  await sql`insert into words values (${word})`;
  await sql.end();
}

async function recall(url: string): Promise<string[]> {
  const sql = connect(url, { max: 1 });
  const rows = await sql<{ word: string }[]>`select word from words order by word`;
  await sql.end();
  return rows.map((row) => row.word);
}

async function serverPid(dataDir: string): Promise<number> {
  return (await readPidFile(path.join(dataDir, "postgres")))!.pid;
}

describe("an ordinary life", () => {
  test("what was committed is there after a stop and a start, and a stop leaves no process", async () => {
    const dataDir = await newDataDir();
    const first = await start(dataDir);
    await remember(first.url, "kept");
    const pid = await serverPid(dataDir);
    await first.stop();
    // The system takes a moment to clear a process away after it has closed its files.
    await expect.poll(() => isAlive(pid)).toBe(false);
    const second = await start(dataDir);
    expect(await recall(second.url)).toEqual(["kept"]);
  });

  test("commits are flushed to disk, text is UTF-8, time is UTC and no TCP port is open", async () => {
    const { url } = await start(await newDataDir());
    const sql = connect(url, { max: 1, connection: {} });
    const [row] =
      await sql`select current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses,
      current_setting('server_encoding') as encoding, current_setting('log_timezone') as zone, lower('ÅÉ') as lower`;
    await sql.end();
    expect(row).toEqual({ fsync: "on", addresses: "", encoding: "UTF8", zone: "UTC", lower: "åé" });
  });

  test("over TCP it listens on the loopback address and asks for the generated password", async () => {
    const { url } = await start(await newDataDir(), "tcp");
    await remember(url, "over tcp");
    expect(new URL(url).hostname).toBe("127.0.0.1");
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(recall(wrong.href)).rejects.toMatchObject({ code: "28P01" });
  });

  test("a log that has grown large is set aside at the next start", async () => {
    const dataDir = await usedDataDir();
    await writeFile(path.join(dataDir, "postgres.log"), Buffer.alloc(6_000_000, "x"));
    await start(dataDir);
    expect((await stat(path.join(dataDir, "postgres.log"))).size).toBeLessThan(100_000);
    expect((await stat(path.join(dataDir, "postgres.log.1"))).size).toBe(6_000_000);
  });
});

describe("after a kill -9", () => {
  test("of the server process, the next start takes over the PostgreSQL it left running", async () => {
    const dataDir = await usedDataDir();
    const killed = startProcess(dataDir);
    await remember(await urlOf(killed), "before the kill");
    const pid = await serverPid(dataDir);
    await killed.kill("SIGKILL");
    const next = await start(dataDir);
    expect(await serverPid(dataDir)).toBe(pid);
    expect(await recall(next.url)).toEqual(["before the kill"]);
  });

  test("of PostgreSQL, the living server starts it again without loss", async () => {
    const dataDir = await usedDataDir();
    const { url } = await start(dataDir);
    await remember(url, "before the kill");
    const pid = await serverPid(dataDir);
    process.kill(pid, "SIGKILL");
    await expect.poll(() => messages, { timeout: 40_000 }).toContain("PostgreSQL is running again");
    expect(await serverPid(dataDir)).not.toBe(pid);
    expect(await recall(url)).toEqual(["before the kill"]);
    const second = startProcess(dataDir);
    expect(await second.outcome).toMatchObject({ error: expect.stringContaining(`(pid ${process.pid})`) });
  });

  test("of PostgreSQL over TCP, it comes back where its connections look for it", async () => {
    const dataDir = await usedDataDir();
    const { url } = await start(dataDir, "tcp");
    await remember(url, "before the kill");
    process.kill(await serverPid(dataDir), "SIGKILL");
    await expect.poll(() => messages, { timeout: 40_000 }).toContain("PostgreSQL is running again");
    expect(await recall(url)).toEqual(["before the kill"]);
  });

  test("of both at once, the next start loses nothing", async () => {
    const dataDir = await usedDataDir();
    const killed = startProcess(dataDir);
    await remember(await urlOf(killed), "before the kill");
    const pid = await serverPid(dataDir);
    const gone = killed.kill("SIGKILL");
    process.kill(pid, "SIGKILL");
    await gone;
    const next = await start(dataDir);
    expect(await recall(next.url)).toEqual(["before the kill"]);
  });

  test("a pid file whose number now belongs to another program does not keep PostgreSQL from starting", async () => {
    const dataDir = await usedDataDir();
    await (await start(dataDir)).stop(); // the folder is the account's that runs PostgreSQL, as the stranger is
    const stranger = spawn("sleep", ["60"], isRoot ? await clusterAccount(dataDir) : {});
    try {
      const lines = [
        stranger.pid,
        path.join(dataDir, "postgres"),
        1,
        5432,
        path.join(dataDir, "run"),
        "",
        "1 1",
        "ready",
      ];
      await writeFile(path.join(dataDir, "postgres", "postmaster.pid"), `${lines.join("\n")}\n`);
      await start(dataDir);
      expect(stranger.exitCode).toBeNull();
    } finally {
      stranger.kill("SIGKILL");
    }
  });

  test("a PostgreSQL left running with another release's settings is restarted with ours", async () => {
    const dataDir = await usedDataDir();
    await (await start(dataDir)).stop(); // the folder is the account's that runs PostgreSQL
    await runWithOtherSettings(dataDir);
    const { url } = await start(dataDir);
    const sql = connect(url, { max: 1 });
    const [row] = await sql`select current_setting('random_page_cost') as cost`;
    await sql.end();
    expect(row).toEqual({ cost: "1.1" });
  });
});

async function clusterAccount(dataDir: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(path.join(dataDir, "postgres"));
  return { uid, gid };
}

async function runWithOtherSettings(dataDir: string): Promise<void> {
  const [layout, binaries] = await Promise.all([openLayout(dataDir), findBinaries()]);
  const runAs = await chooseRunAs(layout, binaries);
  const settings = [
    "-c",
    "random_page_cost=4",
    "-c",
    "listen_addresses=",
    "-c",
    `unix_socket_directories=${layout.socketDir}`,
  ];
  const { program, args, options } = runAs.wrap(binaries.postgres, ["-D", layout.cluster, ...settings]);
  spawn(program, args, { ...options, stdio: "ignore", detached: true }).unref();
  const file = path.join(layout.cluster, "postmaster.pid");
  await expect.poll(() => readFile(file, "utf8").catch(() => ""), { timeout: 20_000 }).toContain("ready");
}

describe("one server to a folder", () => {
  test("a second server is refused with the folder's name and the first one's pid", async () => {
    const dataDir = await usedDataDir();
    await start(dataDir);
    const second = await startProcess(dataDir).outcome;
    expect(second).toEqual({
      error: `DATA_DIR ${dataDir} is in use by another WinAuthMon server (pid ${process.pid}). Stop it or choose another DATA_DIR.\n`,
    });
  });

  test("of two started at the same moment on an empty folder one runs and the other says so", async () => {
    const dataDir = await newDataDir();
    const both = await Promise.all([startProcess(dataDir).outcome, startProcess(dataDir).outcome]);
    const winners = both.filter((one) => "url" in one);
    const losers = both.filter((one) => "error" in one);
    expect(winners).toHaveLength(1);
    expect(losers).toEqual([
      { error: expect.stringContaining(`DATA_DIR ${dataDir} is in use by another WinAuthMon server`) },
    ]);
    await remember(winners[0]!.url, "one winner");
    expect((await readdir(dataDir)).toSorted()).toEqual(["postgres", "postgres.log", "run"]);
  });

  test("a tool works beside the server and leaves it running", async () => {
    const dataDir = await usedDataDir();
    const server = await start(dataDir);
    const tool = await connectEmbedded({ dataDir });
    await remember(tool.url, "from the tool");
    await tool.stop();
    expect(await recall(server.url)).toEqual(["from the tool"]);
  });

  test("a tool without a server starts PostgreSQL, and stops it afterwards", async () => {
    const dataDir = await newDataDir();
    const tool = await connectEmbedded({ dataDir });
    const pid = await serverPid(dataDir);
    await tool.stop();
    // The system takes a moment to clear a process away after it has closed its files.
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("a server that stops before a tool leaves PostgreSQL to the tool, which stops it", async () => {
    const dataDir = await usedDataDir();
    const server = await start(dataDir);
    const tool = startProcess(dataDir, "tool");
    const toolUrl = await urlOf(tool);
    await server.stop();
    await remember(toolUrl, "still there");
    const pid = await serverPid(dataDir);
    await tool.kill("SIGTERM");
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describe("awkward folders", () => {
  // For who isn't root, the folder is the owner's own.
  test.runIf(isRoot)(
    "as root it works in folders that only root may enter, under another account",
    async () => {
      const dataDir = await newDataDir();
      await mkdir(dataDir, { recursive: true });
      await chmod(dataDir, 0o700);
      const { url } = await start(dataDir);
      await remember(url, "closed folder");
      expect((await clusterAccount(dataDir)).uid).not.toBe(0);
      expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    },
  );

  test("a path too long for a socket gets a short private folder for it", async () => {
    const dataDir = await usedDataDir(path.join("long".repeat(20), "path".repeat(20)));
    const { url, connection } = await start(dataDir);
    await remember(url, "long path");
    expect(connection.host.startsWith(dataDir)).toBe(false);
    expect((await stat(connection.host)).mode & 0o777).toBe(0o700);
    temporary.push(connection.host);
  });

  test.each(["comma, blank", "colon:", 'quote"'])("a path with a %s gets such a folder too", async (name) => {
    const { url, connection } = await start(await usedDataDir(name));
    temporary.push(connection.host);
    await remember(url, name);
    expect(await recall(url)).toEqual([name]);
    expect(connection.host).not.toContain(name);
  });

  test("a start killed in the middle of making the database is begun afresh", async () => {
    const dataDir = await newDataDir();
    const killed = startProcess(dataDir);
    const staged = async () =>
      (await readdir(dataDir).catch(() => [])).filter((name) => name.startsWith("postgres.init-"));
    const isBegun = async () => {
      const [name] = await staged();
      return name !== undefined && existsSync(path.join(dataDir, name, "cluster", "PG_VERSION"));
    };
    await expect.poll(isBegun, { interval: 10 }).toBe(true);
    await killed.kill("SIGKILL");
    expect(await staged()).toHaveLength(1);
    const { url } = await start(dataDir);
    await remember(url, "second attempt");
    expect(await staged()).toEqual([]);
  });

  test("a folder with something else in the database's place is refused and left alone", async () => {
    const dataDir = await newDataDir();
    await mkdir(path.join(dataDir, "postgres"), { recursive: true });
    await writeFile(path.join(dataDir, "postgres", "thesis.txt"), "ten years of work");
    await expect(start(dataDir)).rejects.toThrow(/a database created by WinAuthMon/);
    expect(await readFile(path.join(dataDir, "postgres", "thesis.txt"), "utf8")).toBe("ten years of work");
  });

  test("a database of another PostgreSQL version is refused by name and left alone", async () => {
    const dataDir = await usedDataDir();
    const version = path.join(dataDir, "postgres", "PG_VERSION");
    await writeFile(version, "15\n");
    await expect(start(dataDir)).rejects.toThrow(
      /created by PostgreSQL 15. This release includes PostgreSQL 18.* run `npm run admin -- backup`/,
    );
    await writeFile(version, "18\n");
    await start(dataDir);
  });

  test("when PostgreSQL gives up, the error carries the end of its log", async () => {
    const dataDir = await newDataDir();
    await (await start(dataDir)).stop();
    await writeFile(path.join(dataDir, "postgres", "postgresql.conf"), "no_such_setting = 1\n");
    await expect(start(dataDir)).rejects.toThrow(/unrecognized configuration parameter "no_such_setting"/);
  });
});
