import { integer, pgTable, primaryKey, text, varchar } from "drizzle-orm/pg-core";

/** What rows of the original server's databases became here, so that a later import knows them whatever has changed. */
export const importedRows = pgTable(
  "imported_rows",
  {
    /** Numbers the originals in the order in which they were first imported. */
    source: integer("source").notNull(),
    kind: varchar("kind", { length: 20 }).notNull(),
    /** What tells the row from others of its kind; names and addresses as digests. */
    original: text("original").notNull(),
    /** The id that it has here, or had until it was deleted; null for what has none. */
    hereId: integer("here_id"),
  },
  (t) => [primaryKey({ columns: [t.source, t.kind, t.original] })],
);
