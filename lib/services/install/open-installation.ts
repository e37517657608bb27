import { closeDatabase } from "@/db/client";
import { connectEmbedded, startEmbeddedPostgres } from "@/db/embedded";
import { closeReplicas } from "@/db/replicas";
import { runMigrations } from "@/db/migrate";
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
import { seedInstallation, type FirstStart } from "./seed-installation";

export interface Installation {
  /** What was made on an empty database; null on every later start. */
  firstStart: FirstStart | null;
  /** What the operator must know of stored secrets, in whole sentences: above all that they do not open. */
  secretWarning: string | null;
  /** Writes what is gathered in memory, closes the pools and stops the embedded PostgreSQL. */
  close(): Promise<void>;
}

/**
 * Opens the installation the environment describes: secret, database (embedded without DATABASE_URL), migrations, seed.
 *
 * As "server" it owns the data folder; as "tool" it works beside a running server or on a stopped one.
 * @throws Error with a message for the operator.
 */
export async function openInstallation(role: "server" | "tool"): Promise<Installation> {
  assertPatchedDriver();
  const { DATA_DIR, DATABASE_URL } = env();
  refreshLogLevel();
  installationState.opened = { isEmbedded: !DATABASE_URL, openedAt: Date.now() };
  await settleAuthSecret(DATA_DIR);
  const log = (message: string) => logger.info({ component: "postgres" }, message);
  const open = role === "server" ? startEmbeddedPostgres : connectEmbedded;
  const embedded = DATABASE_URL ? null : await open({ dataDir: DATA_DIR, log });
  if (embedded) process.env.DATABASE_URL = embedded.url;
  refreshEnv();
  let firstStart: FirstStart | null = null;
  let secretWarning: string | null = null;
  const close = async () => {
    await stopWork();
    await flushPendingActivity();
    await flushStoredErrors();
    await flushAnnouncements();
    await stopListening();
    await closeReplicas();
    await closeDatabase();
    await embedded?.stop();
  };
  try {
    await runMigrations(process.env.DATABASE_URL!, async () => {
      firstStart = await seedInstallation();
      await tellMigrations({ isFirstStart: firstStart !== null });
    });
    secretWarning = sealWarning(await checkSeals());
  } catch (error) {
    await close();
    throw error;
  }
  if (role === "server") {
    if (secretWarning) logger.error({ component: "secret" }, secretWarning);
    await clearSpool();
    await deriveLastSeen().catch((error: unknown) =>
      logger.warn({ err: error }, "Can't check last-seen times; trying again in five minutes"),
    );
    startWork();
  }
  return { firstStart, secretWarning, close };
}
