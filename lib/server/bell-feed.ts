import { logger } from "@/lib/logger";
import { readAccess } from "@/lib/services/access/read-access";
import { bellCompanyIds, countUnreadOf } from "@/lib/services/notifications/bell";
import { listenToNews } from "@/lib/services/notifications/live-news";

/** Sends how many notifications the person has not read, now and whenever that may have changed, until it is stopped. */
export function feedBell(userId: number, send: (data: { count: number }) => void): () => void {
  let stopListening: () => void = () => undefined;
  let isStopped = false;
  // Roles are read anew each time: what one may no longer see is no longer counted.
  const count = async () => {
    const access = await readAccess(userId);
    if (access && !isStopped) send({ count: await countUnreadOf(access.actor) });
  };
  const ring = () =>
    void count().catch((error: unknown) => logger.warn({ err: error }, "Can't count unread notifications"));
  const begin = async () => {
    const access = await readAccess(userId);
    if (!access || isStopped) return;
    stopListening = listenToNews(await bellCompanyIds(access.actor), ring);
    if (isStopped) stopListening();
    ring();
  };
  void begin().catch((error: unknown) => logger.warn({ err: error }, "Can't update the notification bell"));
  return () => {
    isStopped = true;
    stopListening();
  };
}
