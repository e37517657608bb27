import { logger } from "@/lib/logger";
import { readAccess, watchAccess } from "@/lib/services/access/read-access";
import { countUnreadOf, heardCompanyIds } from "@/lib/services/notifications/bell";
import { listenToNews } from "@/lib/services/notifications/live-news";
import { newestOnly } from "./newest-only";

/** Sends how many notifications the person has not read, now and whenever that may have changed, until it is stopped. */
export function feedBell(userId: number, send: (data: { count: number }) => void): () => void {
  let stopListening: () => void = () => undefined;
  let isStopped = false;
  let looks = 0;
  // Roles are read anew each time: what one may no longer see is no longer counted.
  const count = newestOnly(
    async () => {
      const access = await readAccess(userId);
      return access && !isStopped ? countUnreadOf(access.actor) : null;
    },
    (unread) => {
      if (unread !== null && !isStopped) send({ count: unread });
    },
  );
  const ring = () =>
    void count().catch((error: unknown) => logger.warn({ err: error }, "Can't count unread notifications"));
  /** Listens to the companies that are the person's by now. Of two looks at once, the later one counts. */
  const listen = async () => {
    const look = (looks += 1);
    const access = await readAccess(userId);
    const companyIds = access ? await heardCompanyIds(access.actor) : [];
    if (isStopped || look !== looks) return;
    stopListening();
    stopListening = listenToNews(userId, companyIds, ring);
    ring();
  };
  const listenAnew = () =>
    void listen().catch((error: unknown) =>
      logger.warn({ err: error }, "Can't update the notification bell"),
    );
  // A membership that is given or taken while the page is open brings other companies.
  const stopWatching = watchAccess(userId, listenAnew);
  listenAnew();
  return () => {
    isStopped = true;
    stopWatching();
    stopListening();
  };
}
