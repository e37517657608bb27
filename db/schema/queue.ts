import { index, integer, pgTable, primaryKey, text, uuid, varchar } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { ownerColumns } from "./owner";

/**
 * What servers have to do at a time: scheduled jobs, messages to put together, deliveries to send. Whichever server
 * takes a row holds it by a lease; when it dies the lease runs out and another takes the row.
 */
export const queueEntries = pgTable(
  "queue_entries",
  {
    ...ownerColumns(),
    queue: varchar("queue", { length: 30 }).notNull(),
    /** What it is about within its queue: a job's name, a channel's or delivery's id. */
    key: text("key").notNull(),
    runAt: instant("run_at").notNull(),
    leasedUntil: instant("leased_until"),
    /** The take, not the server: of two takes of one row by the same server only the later may finish it. */
    lease: uuid("lease"),
    /** How often it was taken since it was last finished or put off. */
    takenCount: integer("taken_count").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.queue, t.key] }),
    index("queue_entries_due").on(t.queue, t.runAt),
  ],
);
