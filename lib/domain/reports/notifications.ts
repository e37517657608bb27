import { z } from "zod";
import { KINDS, sentenceOf } from "../notifications/kinds";
import { SEVERITIES } from "../notifications/kind";
import { companyColumn, flagColumn, instantColumn, integerColumn, textColumn } from "./columns";
import { choiceParam, reportQueryShape, rowIdParam, zoneParam } from "./report-query";
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
  kind: choiceParam(
    KINDS.map(({ name }) => name),
    "Only this kind.",
  ),
  severity: choiceParam(SEVERITIES, "Only this severity."),
  state: choiceParam(["open", "over"], "open for states that last, over for everything else."),
  site,
  account,
  computer,
});
export type NotificationsQuery = z.output<typeof notificationsQuery>;

/** `companyNames` is given where several companies are in view. */
export function notificationColumns(
  companyNames: ReadonlyMap<number, string> | null,
): ReportColumn<NotificationListRow>[] {
  return [
    instantColumn("at", "At", (row) => row.createdAt),
    ...(companyNames ? [companyColumn<NotificationListRow>()] : []),
    textColumn("kind", "Kind", (row) => row.kind),
    textColumn("severity", "Severity", (row) => row.severity),
    textColumn("sentence", "What happened", (row) => sentenceOf(row.kind, row.params)),
    flagColumn("isOpen", "Still so", (row) => row.isOpen),
    instantColumn("ended", "Ended", (row) => row.endedAt),
    integerColumn("siteId", "Site number", (row) => row.siteId, { isOptional: true }),
    integerColumn("accountId", "Account number", (row) => row.accountId, { isOptional: true }),
    integerColumn("computerId", "Computer number", (row) => row.computerId, { isOptional: true }),
    integerColumn("id", "Number", (row) => row.id, { isOptional: true }),
    integerColumn("companyId", "Company number", (row) => row.companyId, { isOptional: true }),
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

export const DELIVERY_STATES = ["waiting", "done", "failed", "dropped"] as const;

export const deliveriesQuery = z.object({
  tz: zoneParam.optional(),
  channel: rowIdParam.optional().meta({ description: "The number of a channel." }),
  state: choiceParam(
    DELIVERY_STATES,
    "waiting for its next attempt, done, failed for good, or dropped unsent.",
  ),
  reason: choiceParam(["news", "reminder", "test"], "Why the message was made."),
});
export type DeliveriesQuery = z.output<typeof deliveriesQuery>;

export function deliveryColumns(
  companyNames: ReadonlyMap<number, string> | null,
): ReportColumn<DeliveryListRow>[] {
  return [
    instantColumn("at", "At", (row) => row.createdAt),
    ...(companyNames ? [companyColumn<DeliveryListRow>()] : []),
    textColumn("channelName", "Channel", (row) => row.channelName),
    textColumn("channelType", "Type", (row) => row.channelType),
    textColumn("target", "To", (row) => row.target),
    textColumn("reason", "Reason", (row) => row.reason),
    textColumn("severity", "Severity", (row) => row.severity),
    integerColumn("notifications", "Notifications", (row) => row.notificationCount),
    textColumn("state", "State", (row) => row.state),
    integerColumn("attempts", "Attempts", (row) => row.attemptCount),
    integerColumn("lastStatus", "Last status", (row) => row.lastStatus),
    textColumn("lastNote", "Last attempt", (row) => row.lastNote),
    instantColumn("nextAttempt", "Next attempt", (row) => row.nextAttemptAt),
    instantColumn("finished", "Finished", (row) => row.finishedAt),
    textColumn("messageId", "Message id", (row) => `msg_${row.messageId}`),
    integerColumn("channelId", "Channel number", (row) => row.channelId, { isOptional: true }),
    integerColumn("id", "Number", (row) => row.id, { isOptional: true }),
    integerColumn("companyId", "Company number", (row) => row.companyId, { isOptional: true }),
  ];
}
