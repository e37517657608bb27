import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  varchar,
} from "drizzle-orm/pg-core";
import type { RunRecipient } from "@/lib/domain/reports/schedule-run";
import { instant } from "./columns";
import { childOf, ofCompany } from "./owner";
import { users } from "./users";

/** Saved views that are sent by mail again and again. */
export const reportSchedules = pgTable(
  "report_schedules",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    /** null once the view went with its owner: the schedule stops when it is next due. A migration has its foreign key. */
    viewId: integer("view_id"),
    /** As the view was last named. */
    viewName: varchar("view_name", { length: 100 }).notNull(),
    /** Under whose rights it runs; null once the user is deleted. */
    ownerUserId: integer("owner_user_id").references(() => users.id, { onDelete: "set null" }),
    ownerName: varchar("owner_name", { length: 64 }).notNull(),
    /** daily, weekly or monthly, on the clocks of the company's zone. */
    kind: varchar("kind", { length: 10 }).notNull(),
    /** 1 is Monday. */
    weekday: smallint("weekday").notNull(),
    /** 0 is the month's last. */
    day: smallint("day").notNull(),
    hour: smallint("hour").notNull(),
    minute: smallint("minute").notNull(),
    range: varchar("range_name", { length: 20 }).notNull(),
    format: varchar("format", { length: 10 }).notNull(),
    memberIds: integer("member_ids").array().notNull().default([]),
    addresses: text("addresses").array().notNull().default([]),
    /** null while it is paused or stopped. */
    nextDueAt: instant("next_due_at"),
    /** The zone that this was reckoned in. */
    dueZone: text("due_zone").notNull(),
    pausedAt: instant("paused_at"),
    stoppedAt: instant("stopped_at"),
    stoppedReason: text("stopped_reason"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("report_schedules_due").on(t.nextDueAt),
    index("report_schedules_owner").on(t.ownerUserId),
    index("report_schedules_view").on(t.companyId, t.viewId),
  ],
);

/** What came of each due time. */
export const reportRuns = pgTable(
  "report_runs",
  {
    companyId: integer("company_id").notNull(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    scheduleId: integer("schedule_id").notNull(),
    /** When it was due; for "send now" when that was asked for. */
    dueAt: instant("due_at").notNull(),
    /** due or asked. */
    reason: varchar("reason", { length: 10 }).notNull(),
    requestedBy: varchar("requested_by", { length: 64 }),
    /** waiting, sent, failed, missed or stopped. */
    state: varchar("state", { length: 10 }).notNull(),
    /** Found at the first attempt; each mail has its own id, the same on every attempt. */
    recipients: jsonb("recipients").$type<RunRecipient[]>(),
    attemptCount: integer("attempt_count").notNull().default(0),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** Of the last attempt, making and sending. */
    durationMs: integer("duration_ms"),
    /** Of the file; null for a summary. */
    bytes: bigint("bytes", { mode: "number" }),
    fileName: text("file_name"),
    note: text("note"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("report_runs_due").on(t.companyId, t.scheduleId, t.dueAt),
    childOf("report_runs_schedule_fk", [t.companyId, t.scheduleId], reportSchedules),
  ],
);
