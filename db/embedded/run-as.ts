import { execFile } from "node:child_process";
import { chmod, chown, lchown, lstat, mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries";
import { EmbeddedPostgresError } from "./errors";
import type { Layout } from "./layout";

const run = promisify(execFile);

type Account = { uid: number; gid: number };

/**
 * How PostgreSQL's programs are started. PostgreSQL refuses to run as root, so root starts them under
 * another account: directly, with the one capability that passes closed folders, or in a user namespace.
 */
export type RunAs = {
  /** Who must own the cluster and the socket's folder; undefined when that is simply this process. */
  owner?: Account;
  wrap(
    program: string,
    args: string[],
  ): { program: string; args: string[]; options: { uid?: number; gid?: number } };
};

const self: RunAs = { wrap: (program, args) => ({ program, args, options: {} }) };

/** The environment of PostgreSQL's programs: nothing of this process's secrets. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH, LD_LIBRARY_PATH, SystemRoot, TEMP, TMP, APPDATA } = process.env;
  const kept = { PATH, LD_LIBRARY_PATH, SystemRoot, TEMP, TMP, APPDATA, LC_ALL: "C" };
  return Object.fromEntries(
    Object.entries(kept).filter(([, value]) => value !== undefined),
  ) as NodeJS.ProcessEnv;
}

/** Finds a way to run PostgreSQL that reaches its programs and the data folder, and readies the folders. */
export async function chooseRunAs(layout: Layout, binaries: Binaries): Promise<RunAs> {
  if (process.geteuid?.() !== 0) {
    await refuseForeignCluster(layout);
    await openSocketDir(layout);
    return self;
  }
  const account = await findAccount(layout);
  const refusals: string[] = [];
  for (const candidate of account ? rootCandidates(account) : [inNamespace]) {
    const refusal = await prepare(candidate, layout, binaries);
    if (refusal === undefined) return candidate;
    refusals.push(refusal);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL doesn't run as root, and the account it would run as (${account ? `uid ${account.uid}` : "none found"}) ` +
      `can't access ${binaries.postgres} and ${layout.dataDir}: ${[...new Set(refusals)].join("; ")}. Start WinAuthMon as an ` +
      "ordinary user, move it out of folders that only root can open, or set DATABASE_URL.",
  );
}

async function refuseForeignCluster({ cluster, dataDir }: Layout): Promise<void> {
  const owner = await stat(cluster).then(
    (found) => found.uid,
    () => undefined,
  );
  const me = process.geteuid?.();
  if (owner === undefined || me === undefined || owner === me) return;
  throw new EmbeddedPostgresError(
    `The database in DATA_DIR ${dataDir} belongs to another account (uid ${owner}, this is uid ${me}). ` +
      `Start WinAuthMon as root or as that account, or change the owner: chown -R ${me} ${dataDir}`,
  );
}

/** An existing cluster runs under its owner, so a server started once with sudo does not lock its owner out. */
async function findAccount(layout: Layout): Promise<Account | undefined> {
  const existing = await stat(layout.cluster).catch(() => undefined);
  if (existing && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  return (await lookUp("postgres")) ?? (await lookUp("_postgres")) ?? (await makeAccount());
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function makeAccount(): Promise<Account | undefined> {
  const attempts: [string, string[]][] = [
    [
      "useradd",
      [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        "postgres",
      ],
    ],
    // BusyBox's adduser (Alpine and the like).
    ["adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", "postgres"]],
  ];
  for (const [program, args] of attempts) {
    await run(program, args, { env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` } }).catch(
      () => undefined,
    );
    // A second process may have made it in the same moment, so the look-up decides and not the exit code.
    const made = await lookUp("postgres");
    if (made) return made;
  }
  return undefined;
}

function rootCandidates(account: Account): RunAs[] {
  const plain: RunAs = {
    owner: account,
    wrap: (program, args) => ({ program, args, options: account }),
  };
  if (process.platform !== "linux") return [plain];
  return [
    plain,
    withCapability(account, "dac_read_search"),
    withCapability(account, "dac_override"),
    inNamespace,
  ];
}

/**
 * Without no_setuid_fixup access(2) ignores the capability, and PostgreSQL, which asks it about its own
 * program, would not start. Containers withhold dac_read_search but grant dac_override.
 */
function withCapability({ uid, gid }: Account, capability: string): RunAs {
  const flags = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    "--no-new-privs",
    "--securebits=+no_setuid_fixup",
  ];
  flags.push(`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`);
  return {
    owner: { uid, gid },
    wrap: (program, args) => ({ program: "setpriv", args: [...flags, "--", program, ...args], options: {} }),
  };
}

/** Root without capabilities or accounts: in a namespace as user 65534, while files stay root's. */
const inNamespace: RunAs = {
  owner: { uid: 0, gid: 0 },
  wrap: (program, args) => ({
    program: "unshare",
    args: ["--user", "--map-user=65534", "--map-group=65534", "--", program, ...args],
    options: {},
  }),
};

/** Hands the socket's folder to the candidate's account and tries it out. Returns why it does not serve. */
async function prepare(candidate: RunAs, layout: Layout, binaries: Binaries): Promise<string | undefined> {
  const script = 'cd "$1" && cd "$2" && cd "$3" && "$4" --version && "$5" -V';
  const parts = [layout.dataDir, layout.socketDir, binaries.shareDir, binaries.initdb, binaries.postgres];
  const { program, args, options } = candidate.wrap("/bin/sh", ["-c", script, "probe", ...parts]);
  try {
    if (candidate.owner) await lendDataDir(layout.dataDir, candidate.owner);
    await openSocketDir(layout, candidate.owner);
    await run(program, args, { ...options, cwd: "/", env: programEnvironment() });
    return undefined;
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    const { stderr, message } = error as { stderr?: string; message: string };
    return (stderr?.trim() || message).split("\n")[0];
  }
}

const lent = new Set<string>();

/**
 * Gives root's own private data folder to the account, which could not pass through it otherwise, while root still can.
 * The files in it stay as they are. Older releases let everybody pass through instead.
 */
async function lendDataDir(dataDir: string, owner: Account): Promise<void> {
  const found = await stat(dataDir);
  const isRoots = found.uid === 0 && [0o700, 0o711].includes(found.mode & 0o777);
  if (!isRoots && !lent.has(dataDir)) return;
  lent.add(dataDir);
  await chown(dataDir, owner.uid, owner.gid);
  await chmod(dataDir, 0o700);
}

async function openSocketDir({ dataDir, socketDir }: Layout, owner?: Account): Promise<void> {
  if (process.platform === "win32") return;
  await mkdir(socketDir, { recursive: true, mode: 0o700 });
  const found = await lstat(socketDir);
  const isInside = path.dirname(socketDir) === dataDir;
  // In a shared temporary folder, another account may have created a folder or a link of that name.
  if (!found.isDirectory() || !(isInside || [process.geteuid?.(), owner?.uid].includes(found.uid))) {
    throw new EmbeddedPostgresError(
      `${socketDir} is the folder for PostgreSQL's socket, but this account doesn't own it. Remove it or choose another DATA_DIR.`,
    );
  }
  if (owner) await chown(socketDir, owner.uid, owner.gid);
  await chmod(socketDir, 0o700);
}

/** Hands a folder and all in it to an account, the folder itself last, so that a half-done hand-over is repeated. */
export async function giveTo(target: string, owner: Account): Promise<void> {
  const found = await lstat(target).catch(() => undefined);
  if (!found || found.uid === owner.uid) return;
  for (const entry of await readdir(target, { recursive: true })) {
    await lchown(path.join(target, entry), owner.uid, owner.gid);
  }
  await chown(target, owner.uid, owner.gid);
}
