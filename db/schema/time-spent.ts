import { bigint, customType, foreignKey, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { computers } from "./events";
import { ofCompany } from "./owner";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * What the events of a computer in a month of UTC come to, up to `through_at`: stretches of time, in the form of
 * lib/domain/time-spent/block-writer.ts. Months without events have no row. Rows of a computer are made in order, each
 * from what the one before carried over, so an event that arrives late makes its month and those behind it void.
 */
export const timeSpentMonths = pgTable(
  "time_spent_months",
  {
    companyId: ofCompany(),
    computerId: integer("computer_id").notNull(),
    month: instant("month").notNull(),
    /** Not included; the end of the month once later events are stored. */
    throughAt: instant("through_at").notNull(),
    /** The company's floor when the first of the computer's rows was made. */
    floorAt: instant("floor_at"),
    heads: bytea("heads").notNull(),
    details: bytea("details").notNull(),
    carry: bytea("carry").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.computerId, t.month] }),
    foreignKey({
      name: "time_spent_months_computer_fk",
      columns: [t.companyId, t.computerId],
      foreignColumns: [computers.companyId, computers.id],
    }).onDelete("cascade"),
  ],
);

/**
 * Events that arrived so late that their day may have been stored: written with the event, deleted by the job with what
 * it makes anew. Readers pass over what is stored from there on. So are deleted ones that such rows would still count.
 */
export const timeSpentLate = pgTable(
  "time_spent_late",
  {
    companyId: ofCompany(),
    id: bigint("id", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    computerId: integer("computer_id").notNull(),
    at: instant("at").notNull(),
  },
  // An import may leave hundreds of thousands; the job looks at those of a few computers at a time.
  (t) => [primaryKey({ name: "time_spent_late_pkey", columns: [t.companyId, t.computerId, t.id] })],
);

/** How far a company's time is stored, and what was deleted of its events: all before `floor_at`. */
export const timeSpentProgress = pgTable("time_spent_progress", {
  companyId: ofCompany().primaryKey(),
  throughAt: instant("through_at"),
  floorAt: instant("floor_at"),
});
