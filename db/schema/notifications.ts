import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { childOf, ownerColumns } from "./owner";
import { ofUser, users } from "./users";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** Where messages go. */
export const notificationChannels = pgTable(
  "notification_channels",
  {
    ...ownerColumns(),
    id: integer("id").notNull().generatedByDefaultAsIdentity(),
    name: varchar("name", { length: 100 }).notNull(),
    /** mail, webhook, slack, teams or ntfy. */
    type: varchar("type", { length: 20 }).notNull(),
    /** Of mail channels. */
    addresses: text("addresses").array().notNull().default([]),
    /** AES-256-GCM, because the addresses of chat channels are secrets in themselves. */
    urlEncrypted: bytea("url_encrypted"),
    /** Scheme and host of the address, for lists. */
    urlOrigin: text("url_origin"),
    /** The signing secret or access token, AES-256-GCM. */
    secretEncrypted: bytea("secret_encrypted"),
    /** After a rotation messages carry both signatures until then. */
    previousSecretEncrypted: bytea("previous_secret_encrypted"),
    previousSecretUntil: instant("previous_secret_until"),
    waitSeconds: integer("wait_seconds").notNull(),
    intervalSeconds: integer("interval_seconds").notNull(),
    /** Minutes of the company's day; both or neither. */
    quietFromMinute: smallint("quiet_from_minute"),
    quietToMinute: smallint("quiet_to_minute"),
    pausedUntil: instant("paused_until"),
    pauseReason: text("pause_reason"),
    /** Nothing is sent until someone enables it. */
    disabledAt: instant("disabled_at"),
    disabledReason: text("disabled_reason"),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdByUserId: integer("created_by_user_id").references(() => users.id, { onDelete: "set null" }),
    /** When its last message was made. */
    lastMessageAt: instant("last_message_at"),
    lastSuccessAt: instant("last_success_at"),
    /** The first failure since the last success. */
    failingSince: instant("failing_since"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("notification_channels_name_key").on(t.companyId, sql`lower(${t.name})`),
  ],
);

const ofChannel = (name: string, t: { companyId: AnyPgColumn; channelId: AnyPgColumn }) =>
  childOf(name, [t.companyId, t.channelId], notificationChannels);

/** The kinds that a channel receives. An empty list selects everything. */
export const notificationSubscriptions = pgTable(
  "notification_subscriptions",
  {
    companyId: integer("company_id").notNull(),
    id: integer("id").notNull().generatedByDefaultAsIdentity(),
    channelId: integer("channel_id").notNull(),
    kinds: text("kinds").array().notNull(),
    severities: text("severities").array().notNull().default([]),
    siteIds: integer("site_ids").array().notNull().default([]),
    accountIds: integer("account_ids").array().notNull().default([]),
    computerIds: integer("computer_ids").array().notNull().default([]),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdByUserId: integer("created_by_user_id").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("notification_subscriptions_channel").on(t.companyId, t.channelId),
    ofChannel("notification_subscriptions_channel_fk", t),
  ],
);

/** What happened, written in the transaction of what it tells. */
export const notifications = pgTable(
  "notifications",
  {
    ...ownerColumns(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    kind: varchar("kind", { length: 40 }).notNull(),
    severity: varchar("severity", { length: 10 }).notNull(),
    params: jsonb("params").$type<Record<string, unknown>>().notNull(),
    siteId: integer("site_id"),
    accountId: integer("account_id"),
    computerId: integer("computer_id"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** What a lasting state is about; null for what is over when it is told. */
    subject: text("subject"),
    /** When the state ended. */
    endedAt: instant("ended_at"),
    /** Makes the same finding one notification, whichever server finds it. */
    onceKey: text("once_key"),
    /** False until the router has found the channels that want it. */
    isRouted: boolean("is_routed").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("notifications_created").on(t.companyId, t.createdAt, t.id),
    index("notifications_account")
      .on(t.companyId, t.accountId)
      .where(sql`account_id is not null`),
    index("notifications_unrouted")
      .on(t.companyId, t.id)
      .where(sql`not is_routed`),
    index("notifications_bursts")
      .on(t.companyId, t.endedAt)
      .where(sql`kind = 'logon.burst'`),
    uniqueIndex("notifications_open_key")
      .on(t.companyId, t.kind, t.subject)
      .where(sql`subject is not null and ended_at is null`),
    uniqueIndex("notifications_once_key")
      .on(t.companyId, t.onceKey)
      .where(sql`once_key is not null`),
  ],
);

/** One message on its way to one address. */
export const notificationDeliveries = pgTable(
  "notification_deliveries",
  {
    companyId: integer("company_id").notNull(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    /** The same on every attempt: `webhook-id`, and the mail's Message-ID. */
    messageId: uuid("message_id").notNull().defaultRandom(),
    channelId: integer("channel_id").notNull(),
    /** Shared by the deliveries of one message to several addresses, and by its notifications. */
    groupId: uuid("group_id").notNull(),
    /** Of mail channels, which get one delivery an address. */
    address: text("address"),
    /** news, reminder or test. */
    reason: varchar("reason", { length: 10 }).notNull(),
    /** waiting, done, failed or dropped. */
    state: varchar("state", { length: 10 }).notNull().default("waiting"),
    severity: varchar("severity", { length: 10 }).notNull(),
    /** How many notifications it stands for, kept when they are gone. */
    notificationCount: integer("notification_count").notNull(),
    attemptCount: integer("attempt_count").notNull().default(0),
    /** Attempts before it was replayed, which restarts the schedule. */
    earlierAttemptCount: integer("earlier_attempt_count").notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
    nextAttemptAt: instant("next_attempt_at"),
    finishedAt: instant("finished_at"),
    /** The last answer's status, HTTP's or SMTP's; null when there was none. */
    lastStatus: smallint("last_status"),
    /** Our own words for how the last attempt went; never the receiver's. */
    lastNote: text("last_note"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("notification_deliveries_created").on(t.companyId, t.createdAt, t.id),
    index("notification_deliveries_channel").on(t.companyId, t.channelId, t.createdAt),
    ofChannel("notification_deliveries_channel_fk", t),
  ],
);

/** Sends a notification to a channel once; with its message as soon as that is created. */
export const notificationItems = pgTable(
  "notification_items",
  {
    companyId: integer("company_id").notNull(),
    channelId: integer("channel_id").notNull(),
    notificationId: integer("notification_id").notNull(),
    isCritical: boolean("is_critical").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** The message that contains it; null while it waits. */
    groupId: uuid("group_id"),
    toldAt: instant("told_at"),
    remindedAt: instant("reminded_at"),
    reminderGroupId: uuid("reminder_group_id"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.channelId, t.notificationId] }),
    index("notification_items_group").on(t.companyId, t.groupId),
    index("notification_items_reminder")
      .on(t.companyId, t.reminderGroupId)
      .where(sql`reminder_group_id is not null`),
    index("notification_items_waiting")
      .on(t.companyId, t.channelId, t.isCritical, t.createdAt)
      .where(sql`group_id is null`),
    index("notification_items_told")
      .on(t.companyId, t.channelId, t.toldAt)
      .where(sql`told_at is not null and reminded_at is null`),
    ofChannel("notification_items_channel_fk", t),
    childOf("notification_items_notification_fk", [t.companyId, t.notificationId], notifications),
  ],
);

/** Every try to send a delivery. */
export const notificationAttempts = pgTable(
  "notification_attempts",
  {
    companyId: integer("company_id").notNull(),
    deliveryId: integer("delivery_id").notNull(),
    number: smallint("number").notNull(),
    startedAt: instant("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    /** success, failed, rejected or gone. */
    result: varchar("result", { length: 10 }).notNull(),
    status: smallint("status"),
    note: text("note"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.deliveryId, t.number] }),
    childOf("notification_attempts_delivery_fk", [t.companyId, t.deliveryId], notificationDeliveries),
  ],
);

/** What a user has read of a company's notifications: all up to one, and some after it. */
export const notificationReads = pgTable(
  "notification_reads",
  {
    ...ownerColumns(),
    userId: ofUser(),
    readThroughId: integer("read_through_id").notNull().default(0),
    readIds: integer("read_ids").array().notNull().default([]),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.userId] })],
);
