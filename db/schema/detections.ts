import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { childOf, ofCompany } from "./owner";
import { users } from "./users";

/** What a rule found. Names are looked up when it is shown, so that an erased account has none here. */
export const alerts = pgTable(
  "alerts",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    rule: varchar("rule", { length: 40 }).notNull(),
    /** `account:<id>`, `address:<text>`, `computer:<id>` or `site:<id>`. */
    subjectKey: text("subject_key").notNull(),
    /** The event that completed it: with rule and subject it names the alert for good. */
    keyEventId: bigint("key_event_id", { mode: "number" }).notNull(),
    severity: varchar("severity", { length: 10 }).notNull(),
    /** open, acknowledged, closed-true, closed-expected or closed-false. */
    state: varchar("state", { length: 20 }).notNull().default("open"),
    accountId: integer("account_id"),
    computerId: integer("computer_id"),
    siteId: integer("site_id"),
    address: text("address"),
    firstAt: instant("first_at").notNull(),
    sinceAt: instant("since_at").notNull(),
    lastAt: instant("last_at").notNull(),
    /** Events that count, also those beyond the evidence kept. */
    count: integer("count").notNull(),
    threshold: integer("threshold").notNull(),
    windowMinutes: integer("window_minutes").notNull(),
    eventIds: bigint("event_ids", { mode: "number" }).array().notNull(),
    accountIds: integer("account_ids").array().notNull(),
    computerIds: integer("computer_ids").array().notNull(),
    codes: text("codes").array().notNull().default([]),
    /** What it was compared with: numbers and words without names. */
    compared: jsonb("compared").notNull().default({}),
    isLate: boolean("is_late").notNull().default(false),
    /** Who is at it; a user who may deal with the company's alerts. */
    assigneeUserId: integer("assignee_user_id").references(() => users.id, { onDelete: "set null" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("alerts_name_key").on(t.companyId, t.rule, t.subjectKey, t.keyEventId),
    index("alerts_last").on(t.companyId, t.lastAt),
    index("alerts_created").on(t.companyId, t.createdAt, t.id),
    index("alerts_account")
      .on(t.companyId, t.accountId)
      .where(sql`account_id is not null`),
    index("alerts_assignee")
      .on(t.assigneeUserId)
      .where(sql`assignee_user_id is not null`),
    index("alerts_open")
      .on(t.companyId, t.createdAt, t.id)
      .where(sql`state = 'open'`),
  ],
);

/** What people did with an alert. */
export const alertHistory = pgTable(
  "alert_history",
  {
    companyId: integer("company_id").notNull(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    alertId: integer("alert_id").notNull(),
    at: instant("at").notNull().defaultNow(),
    userId: integer("user_id").references(() => users.id, { onDelete: "set null" }),
    /** The name at that time of a user, an API key, or the command line; null for a user in rows of earlier releases. */
    actorName: text("actor_name"),
    /** The state it came to; null where it stayed. */
    state: varchar("state", { length: 20 }),
    /** The new assignee's name at that time; empty if unassigned, null if unchanged. */
    assignedTo: text("assigned_to"),
    comment: text("comment").notNull().default(""),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("alert_history_alert").on(t.companyId, t.alertId),
    index("alert_history_user").on(t.userId),
    childOf("alert_history_alert_fk", [t.companyId, t.alertId], alerts),
  ],
);

/**
 * What a rule, or several together, remember of a subject, changed in the transaction that moves the company's cursor.
 * No index but the key: rows change with every logon.
 */
export const detectionStates = pgTable(
  "detection_states",
  {
    companyId: ofCompany(),
    rule: varchar("rule", { length: 40 }).notNull(),
    subjectKey: text("subject_key").notNull(),
    memory: jsonb("memory").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.rule, t.subjectKey] })],
);

/** How far rules have followed a company's events, by id. The row is locked meanwhile. */
export const detectionCursors = pgTable("detection_cursors", {
  companyId: ofCompany().primaryKey(),
  /** Every event up to it is done. */
  throughId: bigint("through_id", { mode: "number" }).notNull(),
  /** Up to it there may be events to do, all of them settled. */
  targetId: bigint("target_id", { mode: "number" }).notNull(),
  /** Habits are learned from every event up to it; null when they are still to be learned from what is stored. */
  habitsId: bigint("habits_id", { mode: "number" }),
  /** Where learning from what is stored ends, and live events go on. */
  habitsTargetId: bigint("habits_target_id", { mode: "number" }),
  /** When old memories were last looked for. */
  forgottenAt: instant("forgotten_at").notNull().defaultNow(),
});

/** A company's own choices about a rule; rules without a row have their defaults. */
export const detectionSettings = pgTable(
  "detection_settings",
  {
    companyId: ofCompany(),
    rule: varchar("rule", { length: 40 }).notNull(),
    isOn: boolean("is_on").notNull(),
    values: jsonb("rule_values").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.rule] })],
);

/** What a rule shall not count. */
export const detectionExceptions = pgTable(
  "detection_exceptions",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    rule: varchar("rule", { length: 40 }).notNull(),
    accountId: integer("account_id"),
    computerId: integer("computer_id"),
    siteId: integer("site_id"),
    address: text("address"),
    reason: text("reason").notNull(),
    /** Events from then on count again; null for no end. */
    endsAt: instant("ends_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdByUserId: integer("created_by_user_id").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("detection_exceptions_user").on(t.createdByUserId),
  ],
);

/** The last backtest of a rule with these values. */
export const detectionBacktests = pgTable(
  "detection_backtests",
  {
    companyId: ofCompany(),
    rule: varchar("rule", { length: 40 }).notNull(),
    /** `threshold=5 minutes=10`. */
    valuesKey: text("values_key").notNull(),
    days: smallint("days").notNull(),
    alerts: integer("alerts").notNull(),
    /** Nothing was left out for its size. */
    isWhole: boolean("is_whole").notNull(),
    ranAt: instant("ran_at").notNull().defaultNow(),
    userId: integer("user_id").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.rule, t.valuesKey] }),
    index("detection_backtests_user").on(t.userId),
  ],
);

/**
 * Which event ids are settled: no transaction that could still bring one is under way. One row.
 *
 * A candidate is the newest id given out at one look. At a later look everyone who had taken such an id has a
 * transaction number, so it is settled once all transactions begun before that look have ended.
 */
export const detectionClock = pgTable("detection_clock", {
  id: smallint("id").primaryKey().default(1),
  settledId: bigint("settled_id", { mode: "number" }).notNull(),
  candidateId: bigint("candidate_id", { mode: "number" }).notNull(),
  candidateAt: instant("candidate_at").notNull().defaultNow(),
  /** The first transaction number not given out at the look after the candidate's, as text; null before that look. */
  candidateXmax: text("candidate_xmax"),
});
