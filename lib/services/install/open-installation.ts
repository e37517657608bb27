import { closeDatabase } from "@/db/client";
import { connectEmbedded, startEmbeddedPostgres } from "@/db/embedded";
import { closeReplicas } from "@/db/replicas";
import { runMigrations, type MigrationOptions } from "@/db/migrate";
import { assertPatchedDriver } from "@/db/patched-driver";
import { stopListening } from "@/db/pg-notify";
import { env, refreshEnv } from "@/lib/env";
import { clearSpool } from "@/lib/export/spool";
import { logger, refreshLogLevel } from "@/lib/logger";
import { flushStoredErrors } from "../errors/store-error";
import { flushPendingActivity } from "../events/activity";
import { deriveLastSeen } from "../events/derive-last-seen";
import { flushAnnouncements } from "../events/announce-events";
import { startWork, stopWork } from "../queue/start-work";
import { checkSeals, sealWarning } from "../secrets/check-seals";
import { tellMigrations } from "../system/tell-migrations";
import { settleAuthSecret } from "./auth-secret";
import { installationState } from "./installation-state";
import { seedInstallation, unusedFirstSignIn, type FirstStart } from "./seed-installation";

export interface Installation {
  /** What was made on an empty database; on later starts of a server its first sign-in, until someone has signed in. */
  firstStart: FirstStart | null;
  /** What the operator must know of stored secrets, in whole sentences: above all that they do not open. */
  secretWarning: string | null;
  /** Writes what is gathered in memory, closes the pools and stops the embedded PostgreSQL. */
  close(): Promise<void>;
  /** The first part of it: everything is written then. {@link Installation.stopDatabase} is the rest. */
  write(): Promise<void>;
  /** Stops the embedded PostgreSQL, where there is one, also while something still waits for it. May be called twice. */
  stopDatabase(): Promise<void>;
}

/** What a start does to the database has so long to finish once it is told to stop; then it is broken off. */
const FINISH_MILLISECONDS = 5_000;

/** @throws the signal's reason if it isn't done in time; the work then goes on until its connections end. */
async function unlessStopped<Result>(
  signal: AbortSignal | undefined,
  work: Promise<Result>,
): Promise<Result> {
  const finished = new AbortController();
  const overdue = new Promise<never>((_, reject) => {
    const wait = () => {
      const late = setTimeout(() => reject(signal?.reason), FINISH_MILLISECONDS);
      finished.signal.addEventListener("abort", () => clearTimeout(late));
    };
    if (signal?.aborted) wait();
    else signal?.addEventListener("abort", wait, { signal: finished.signal });
  });
  // It may fail later, when it is no longer awaited.
  work.catch(() => undefined);
  return Promise.race([work, overdue]).finally(() => finished.abort());
}

/** A backup made after the upgrade would also be one that the older release can't restore. */
function refuseOlder(): Promise<never> {
  return Promise.reject(
    new Error(
      "The database belongs to an older release of WinAuthMon, and nothing was changed. Run this command with that " +
        "release, or upgrade first as docs/upgrading.md says: the server of this release brings the database up to date.",
    ),
  );
}

async function writeAndClose(): Promise<void> {
  await stopWork();
  await flushPendingActivity();
  await flushStoredErrors();
  await flushAnnouncements();
  await stopListening();
  await closeReplicas();
  await closeDatabase();
}

/** The start that made it may have ended before anybody read it. */
async function toBeToldAgain(): Promise<FirstStart | null> {
  const signIn = await unusedFirstSignIn();
  return signIn && { signIn, apiKey: null };
}

/** What only the folder's one server does. */
async function tidyUp(secretWarning: string | null): Promise<void> {
  if (secretWarning) logger.error({ component: "secret" }, secretWarning);
  await clearSpool();
  await deriveLastSeen().catch((error: unknown) =>
    logger.warn({ err: error }, "Can't check last-seen times; trying again in five minutes"),
  );
}

/**
 * Opens the installation the environment describes: secret, database (embedded without DATABASE_URL), migrations, seed.
 *
 * As "server" it owns the data folder and migrates; as "tool" it works beside a running server or on a stopped one, and
 * leaves a database of an older release alone, which a server of that release may be using: `beforeUpgrade` decides
 * otherwise.
 * @throws Error with a message for the operator; the signal's reason if that breaks it off. Nothing stays open then.
 */
export async function openInstallation(
  role: "server" | "tool",
  beforeUpgrade: MigrationOptions["beforeUpgrade"] = role === "tool" ? refuseOlder : undefined,
  signal?: AbortSignal,
): Promise<Installation> {
  assertPatchedDriver();
  const { DATA_DIR, DATABASE_URL } = env();
  refreshLogLevel();
  installationState.opened = { isEmbedded: !DATABASE_URL, openedAt: Date.now() };
  await settleAuthSecret(DATA_DIR);
  const log = (message: string) => logger.info({ component: "postgres" }, message);
  const open = role === "server" ? startEmbeddedPostgres : connectEmbedded;
  const embedded = DATABASE_URL ? null : await open({ dataDir: DATA_DIR, log, signal });
  if (embedded) process.env.DATABASE_URL = embedded.url;
  refreshEnv();
  let firstStart: FirstStart | null = null;
  let secretWarning: string | null = null;
  const stopDatabase = async () => embedded?.stop();
  const close = async () => {
    try {
      await writeAndClose();
    } finally {
      await stopDatabase();
    }
  };
  const prepare = async () => {
    const seed = async () => {
      firstStart = await seedInstallation();
      installationState.untold = firstStart ?? undefined;
      await tellMigrations({ isFirstStart: firstStart !== null });
    };
    await runMigrations(process.env.DATABASE_URL!, seed, { beforeUpgrade });
    if (role === "server") firstStart ??= await toBeToldAgain();
    secretWarning = sealWarning(await checkSeals());
    if (role === "server") await tidyUp(secretWarning);
  };
  try {
    signal?.throwIfAborted();
    await unlessStopped(signal, prepare());
  } catch (error) {
    await close();
    throw error;
  }
  if (role === "server") startWork();
  return { firstStart, secretWarning, close, write: writeAndClose, stopDatabase };
}
