import type { Server } from "node:http";
import { logger } from "@/lib/logger";
import type { Installation } from "@/lib/services/install/open-installation";
import { stopWork } from "@/lib/services/queue/start-work";

/** What is under way, requests and jobs alike, has so long to finish; then it is broken off. */
const FINISH_MILLISECONDS = 5_000;
/**
 * From the signal to when the database is stopped, whatever waits for it. Compose kills the server after 20 seconds, and
 * systemd after 60, of which PostgreSQL may need many for its last checkpoint.
 */
const WRITE_MILLISECONDS = 15_000;

/** Without `close`: what it waits for besides, PostgreSQL's last checkpoint, is no sign that something isn't written. */
type Written = Pick<Installation, "write" | "stopDatabase">;

/**
 * Takes nothing new, lets what is under way finish, writes what is gathered in memory, and closes everything, the
 * program's own PostgreSQL in any case. Gives the exit code: 1 if something was not written.
 */
export async function stopInOrder(server: Server | undefined, installation: Written): Promise<0 | 1> {
  let late: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    const fail = () => reject(new Error(`Not done within ${WRITE_MILLISECONDS / 1_000} seconds`));
    late = setTimeout(fail, WRITE_MILLISECONDS);
  });
  try {
    await Promise.race([finish(server, installation), overdue]);
    return 0;
  } catch (error) {
    logger.error({ err: error }, "Not everything could be written before the end");
    return 1;
  } finally {
    clearTimeout(late);
    await installation
      .stopDatabase()
      .catch((error: unknown) => logger.error({ err: error }, "Can't stop PostgreSQL"));
  }
}

async function finish(server: Server | undefined, installation: Written): Promise<void> {
  // At the same time, so that slow requests take no time from the jobs.
  await Promise.all([server && closeConnections(server), stopWork()]);
  await installation.write();
}

async function closeConnections(server: Server): Promise<void> {
  const breakOff = setTimeout(() => server.closeAllConnections(), FINISH_MILLISECONDS);
  await new Promise<void>((resolve) => {
    // It tells an error only when it doesn't listen yet.
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(breakOff);
}
