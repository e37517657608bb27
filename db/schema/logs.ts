import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex, varchar } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { instant } from "./columns";

/**
 * The audit trail. A trigger numbers each row and chains it to the one before by hash; the app's role may
 * only insert and read. Names are copied in, because users and companies may be deleted and the trail may not.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    seq: bigint("seq", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    /** null: concerns the portal, not one company. */
    companyId: integer("company_id"),
    actorUserId: integer("actor_user_id"),
    actorName: text("actor_name"),
    action: varchar("action", { length: 60 }).notNull(),
    /** success, failure or denied. */
    outcome: varchar("outcome", { length: 10 }).notNull().default("success"),
    targetType: varchar("target_type", { length: 30 }),
    targetId: text("target_id"),
    targetName: text("target_name"),
    address: text("address"),
    requestId: text("request_id"),
    before: jsonb("before"),
    after: jsonb("after"),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    index("audit_log_company").on(t.companyId, t.seq),
    index("audit_log_actor").on(t.actorUserId, t.seq),
    index("audit_log_at").on(t.at),
  ],
);

/** Head and base of the audit chain, one row: the head catches a removed tail, the base a lawful retention cut. */
export const auditChain = pgTable("audit_chain", {
  id: integer("id").primaryKey().default(1),
  headSeq: bigint("head_seq", { mode: "number" }).notNull().default(0),
  headHash: text("head_hash").notNull().default(""),
  baseSeq: bigint("base_seq", { mode: "number" }).notNull().default(0),
  baseHash: text("base_hash").notNull().default(""),
});

/**
 * What is left of audit rows that retention removed while older ones had to stay: the link of the chain and nothing
 * else. `removedBy` is the audit row that tells of the removal and holds the digest of its links.
 */
export const auditRemoved = pgTable(
  "audit_removed",
  {
    seq: bigint("seq", { mode: "number" }).primaryKey(),
    hash: text("hash").notNull(),
    removedBy: bigint("removed_by", { mode: "number" }).notNull(),
  },
  (t) => [index("audit_removed_by").on(t.removedBy, t.seq)],
);

/** Stored errors. Repeats of one fault within an hour raise its count instead of adding rows. */
export const errorLogs = pgTable(
  "api_error_logs",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    level: varchar("level", { length: 20 }).notNull(),
    loggerName: varchar("logger_name", { length: 100 }),
    message: text("message").notNull(),
    timestamp: instant("timestamp").notNull().defaultNow(),
    pathname: varchar("pathname", { length: 255 }),
    lineno: integer("lineno"),
    requestId: varchar("request_id", { length: 100 }),
    userId: integer("user_id"),
    companyId: integer("company_id"),
    remoteAddr: varchar("remote_addr", { length: 50 }),
    exception: text("exception"),
    /** Digest of level, logger and message shape plus the hour; of everything in it for a row of the original's. */
    fingerprint: text("fingerprint"),
    count: integer("count").notNull().default(1),
    lastAt: instant("last_at").notNull().defaultNow(),
  },
  (t) => [
    index("error_logs_timestamp").on(t.timestamp),
    uniqueIndex("error_logs_fingerprint")
      .on(t.fingerprint)
      .where(sql`fingerprint is not null`),
  ],
);
