import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { inCompany } from "./owner";

export const accounts = pgTable(
  "accounts",
  {
    id: integer("id").notNull().generatedByDefaultAsIdentity(),
    companyId: inCompany(),
    /** First-seen spelling. */
    name: text("name").notNull(),
    /** Case-folded identity within the company (lib/domain/events nameKey). */
    nameKey: text("name_key").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    erasedAt: instant("erased_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("accounts_name_key").on(t.companyId, t.nameKey),
  ],
);

export const computers = pgTable(
  "computers",
  {
    id: integer("id").notNull().generatedByDefaultAsIdentity(),
    companyId: inCompany(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    /** The site under whose key the newest event or health check was sent; `lastSeenAt` is when that was. */
    siteId: integer("site_id"),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    lastHealthAt: instant("last_health_at"),
    lastLocalIp: text("last_local_ip"),
    lastPublicIp: text("last_public_ip"),
    agentVersion: text("agent_version"),
    /** When the newest event or health check that told it was: what arrives later but is older changes nothing. */
    localIpAt: instant("local_ip_at"),
    publicIpAt: instant("public_ip_at"),
    agentVersionAt: instant("agent_version_at"),
    /** Events waiting on the computer, as its last health check told. */
    spoolLength: integer("spool_length"),
    /** Events a full spool has given up since the agent was installed: failed logons, and all others. */
    droppedFailures: bigint("dropped_failures", { mode: "number" }),
    droppedSessions: bigint("dropped_sessions", { mode: "number" }),
    /** How many of them were reported; null for none, or while what an earlier version reported is open. */
    toldLost: bigint("told_lost", { mode: "number" }),
    /**
     * Milliseconds by which the computer's clock was ahead of the server, below zero behind, as last told: by a health
     * check to the millisecond, by an event only when it was ahead. 0: an event that came at once and was not ahead; null:
     * nothing told.
     */
    clockSkewMs: bigint("clock_skew_ms", { mode: "number" }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("computers_name_key").on(t.companyId, t.nameKey),
  ],
);

/**
 * One row an event. Unique by company, instant and fingerprint (a digest of what makes two events the same),
 * in that order, so the same index decides duplicates and serves the newest-first list.
 *
 * Site, account and computer exist as if by foreign keys; triggers see to it, once a statement instead of three
 * times a row (migration event_parents).
 */
export const events = pgTable(
  "events",
  {
    companyId: integer("company_id").notNull(),
    id: bigint("id", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    siteId: integer("site_id").notNull(),
    accountId: integer("account_id").notNull(),
    computerId: integer("computer_id").notNull(),
    kind: smallint("kind").notNull(),
    isClockSkewed: boolean("is_clock_skewed").notNull().default(false),
    /** Null for an event sent once, as nearly all are. */
    retry: smallint("retry"),
    logonType: smallint("logon_type"),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instant("received_at").notNull().defaultNow(),
    fingerprint: uuid("fingerprint").notNull(),
    /** Null for the usual type of the kind (lib/domain/events/usual-types.ts). */
    eventType: text("event_type"),
    localIp: text("local_ip"),
    publicIp: text("public_ip"),
    sourceIp: text("source_ip"),
    agentEventId: text("agent_event_id"),
    status: text("status"),
    subStatus: text("sub_status"),
    sessionId: text("session_id"),
    agentVersion: text("agent_version"),
    /** Instead of the text for nearly all addresses (lib/domain/events/ipv4.ts). */
    localIpv4: integer("local_ipv4"),
    publicIpv4: integer("public_ipv4"),
  },
  (t) => [
    primaryKey({ name: "events_pkey", columns: [t.companyId, t.occurredAt, t.fingerprint] }),
    index("events_account").on(t.companyId, t.accountId, t.occurredAt),
    // Holds all that the time engine reads, so that a report over a million events never opens their rows.
    index("events_computer").on(t.companyId, t.computerId, t.occurredAt, t.id, t.accountId, t.kind),
    // Finds power events (sleep, shutdown and startup), however old. They are few.
    index("events_power")
      .on(t.companyId, t.computerId, t.occurredAt, t.id, t.kind)
      .where(sql`kind between 7 and 9`),
    index("events_kind").on(t.companyId, t.kind, t.occurredAt),
    // What was received lately, for next to nothing: rows stand in the order of their receipt.
    index("events_received").using("brin", t.receivedAt).with({ autosummarize: true }),
    // The order stored, which detections follow. BRIN is too coarse: each look would read a minute of a flood.
    index("events_stored").on(t.id),
    index("events_site").on(t.companyId, t.siteId, t.occurredAt),
    // What arrived since the last look for bursts and lockouts, whenever it happened. Other kinds pay nothing for it.
    index("events_failures_received")
      .on(t.companyId, t.receivedAt)
      .where(sql`kind in (11, 12)`),
  ],
);

/**
 * How many events of a kind a site had in a quarter of an hour: every zone's hours and days begin on one, so
 * charts in any zone are sums of these rows. Kept in the transaction that stores the events.
 */
export const eventCounts = pgTable(
  "event_counts",
  {
    companyId: inCompany(),
    bucketAt: instant("bucket_at").notNull(),
    siteId: integer("site_id").notNull(),
    kind: smallint("kind").notNull(),
    count: integer("count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.bucketAt, t.siteId, t.kind] })],
);

/**
 * What decides whether an account is on a computer now: the newest start, end and pause of each account on each
 * computer, by time and then order received. Account 0 stands for the computer's sleep (a pause), -1 for its shutdown
 * and startup (an end). Newest ones alone, so that the order of arrival cannot matter; db/queries/fleet/present.ts
 * tells from them who is signed in.
 */
export const presence = pgTable(
  "presence",
  {
    companyId: inCompany(),
    computerId: integer("computer_id").notNull(),
    accountId: integer("account_id").notNull(),
    siteId: integer("site_id").notNull(),
    /** Of the newest such event. */
    kind: smallint("kind").notNull(),
    at: instant("at").notNull(),
    /** The oldest such event there ever was, kept also when that event is gone: since when the two know each other. */
    firstAt: instant("first_at").notNull(),
    startAt: instant("start_at"),
    startId: bigint("start_id", { mode: "number" }),
    endAt: instant("end_at"),
    endId: bigint("end_id", { mode: "number" }),
    pauseAt: instant("pause_at"),
    pauseId: bigint("pause_id", { mode: "number" }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.computerId, t.accountId] }),
    index("presence_account").on(t.companyId, t.accountId),
  ],
);
