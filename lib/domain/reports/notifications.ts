import { z } from "zod";
import { KINDS, sentenceOf } from "../notifications/kinds";
import { SEVERITIES } from "../notifications/severity";
import { companyColumn, flagColumn, instantColumn, integerColumn, textColumn } from "./columns";
import { reportQueryShape, rowIdParam, zoneParam } from "./report-query";
import type { Text, TextKey } from "../text";
import type { ReportColumn } from "./report-table";

/** A notification as lists have it; instants in epoch milliseconds. */
export interface NotificationListRow {
  companyId: number;
  companyName: string | null;
  id: number;
  kind: string;
  severity: string;
  params: Record<string, unknown>;
  siteId: number | null;
  accountId: number | null;
  computerId: number | null;
  createdAt: number;
  /** When the reported state ended; null while it lasts, and for what has no duration. */
  endedAt: number | null;
  isOpen: boolean;
}

const { site, account, computer } = reportQueryShape;

export const notificationsQuery = z.object({
  tz: zoneParam.optional(),
  kind: z
    .enum(KINDS.map(({ name }) => name))
    .optional()
    .meta({ description: "Only this kind." }),
  severity: z.enum(SEVERITIES).optional().meta({ description: "Only this severity." }),
  state: z
    .enum(["open", "over"])
    .optional()
    .meta({ description: "open for states that last, over for everything else." }),
  site,
  account,
  computer,
});
export type NotificationsQuery = z.output<typeof notificationsQuery>;

const SEVERITY_WORDS: Readonly<Record<string, TextKey>> = {
  critical: "notifications.critical",
  warning: "notifications.warning",
  info: "notifications.info",
};

export type FilterWords = Readonly<Record<string, Readonly<Record<string, TextKey>>>>;

/** What the heading of a file calls the values of filters. */
export const NOTIFICATION_FILTER_WORDS: FilterWords = {
  severity: SEVERITY_WORDS,
  state: { open: "notifications.ongoing", over: "notifications.ended" },
};

const KIND_WORDS = Object.fromEntries(KINDS.map(({ name, title }) => [name, title.key]));

/** `companyNames` is given where several companies are in view. */
export function notificationColumns(
  companyNames: ReadonlyMap<number, string> | null,
): ReportColumn<NotificationListRow>[] {
  return [
    instantColumn("at", "reports.time", (row) => row.createdAt),
    ...(companyNames ? [companyColumn<NotificationListRow>()] : []),
    textColumn("kind", "reports.kind", (row) => row.kind, { words: KIND_WORDS }),
    textColumn("severity", "reports.severity", (row) => row.severity, { words: SEVERITY_WORDS }),
    textColumn("sentence", "reports.whatHappened", (row) => sentenceOf(row.kind, row.params)),
    flagColumn("isOpen", "reports.ongoing", (row) => row.isOpen),
    instantColumn("ended", "reports.ended", (row) => row.endedAt),
    integerColumn("siteId", "reports.siteId", (row) => row.siteId, { isOptional: true }),
    integerColumn("accountId", "reports.accountId", (row) => row.accountId, { isOptional: true }),
    integerColumn("computerId", "reports.computerId", (row) => row.computerId, { isOptional: true }),
    integerColumn("id", "reports.id", (row) => row.id, { isOptional: true }),
    integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  ];
}

/** A delivery as lists have it; instants in epoch milliseconds. */
export interface DeliveryListRow {
  companyId: number;
  companyName: string | null;
  id: number;
  messageId: string;
  channelId: number;
  channelName: string;
  channelType: string;
  /** The mail address, or scheme and host of the web address. */
  target: string | null;
  reason: string;
  state: string;
  severity: string;
  notificationCount: number;
  attemptCount: number;
  createdAt: number;
  nextAttemptAt: number | null;
  finishedAt: number | null;
  lastStatus: number | null;
  lastNote: string | null;
}

/** A delivery as files have it: with the note of its last attempt as a text, if it's one of the catalog. */
export type FileDelivery = Omit<DeliveryListRow, "lastNote"> & { lastNote: string | Text | null };

export const DELIVERY_STATES = ["waiting", "done", "failed", "dropped"] as const;

export const deliveriesQuery = z.object({
  tz: zoneParam.optional(),
  channel: rowIdParam.optional().meta({ description: "The ID of a channel." }),
  state: z.enum(DELIVERY_STATES).optional().meta({
    description: "waiting for the next attempt, done, failed permanently, or dropped without being sent.",
  }),
  reason: z.enum(["news", "reminder", "test"]).optional().meta({ description: "Why the message was sent." }),
});
export type DeliveriesQuery = z.output<typeof deliveriesQuery>;

const STATE_WORDS: Readonly<Record<string, TextKey>> = {
  waiting: "notifications.waiting",
  done: "notifications.delivered",
  failed: "notifications.failed",
  dropped: "notifications.discarded",
} satisfies Record<(typeof DELIVERY_STATES)[number], TextKey>;

const REASON_WORDS: Readonly<Record<string, TextKey>> = {
  news: "notifications.reasonNews",
  reminder: "notifications.reasonReminder",
  test: "notifications.reasonTest",
};

export const DELIVERY_FILTER_WORDS: FilterWords = { state: STATE_WORDS, reason: REASON_WORDS };

export function deliveryColumns(
  companyNames: ReadonlyMap<number, string> | null,
): ReportColumn<FileDelivery>[] {
  return [
    instantColumn("at", "reports.time", (row) => row.createdAt),
    ...(companyNames ? [companyColumn<FileDelivery>()] : []),
    textColumn("channelName", "reports.channel", (row) => row.channelName),
    textColumn("channelType", "reports.type", (row) => row.channelType),
    textColumn("target", "reports.recipient", (row) => row.target),
    textColumn("reason", "reportColumns.reason", (row) => row.reason, { words: REASON_WORDS }),
    textColumn("severity", "reports.severity", (row) => row.severity, { words: SEVERITY_WORDS }),
    integerColumn("notifications", "reports.notifications", (row) => row.notificationCount),
    textColumn("state", "reportColumns.state", (row) => row.state, { words: STATE_WORDS }),
    integerColumn("attempts", "reports.attempts", (row) => row.attemptCount),
    integerColumn("lastStatus", "reports.lastStatus", (row) => row.lastStatus),
    textColumn("lastNote", "reports.lastAttempt", (row) => row.lastNote),
    instantColumn("nextAttempt", "reports.nextAttempt", (row) => row.nextAttemptAt),
    instantColumn("finished", "reports.finished", (row) => row.finishedAt),
    textColumn("messageId", "reports.messageId", (row) => `msg_${row.messageId}`),
    integerColumn("channelId", "reports.channelId", (row) => row.channelId, { isOptional: true }),
    integerColumn("id", "reports.id", (row) => row.id, { isOptional: true }),
    integerColumn("companyId", "reports.companyId", (row) => row.companyId, { isOptional: true }),
  ];
}
