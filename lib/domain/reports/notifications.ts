import { z } from "zod";
import { KINDS, sentenceOf } from "../notifications/kinds";
import { SEVERITIES } from "../notifications/kind";
import { reportQueryShape, rowIdParam, zoneParam } from "./report-query";
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
  /** When the state it told of ended; null while it lasts, and for what was over at once. */
  endedAt: number | null;
  isOpen: boolean;
}

const { site, account, computer } = reportQueryShape;
const choice = <Word extends string>(words: readonly Word[], description: string) =>
  z.enum(words).optional().meta({ description });

export const notificationsQuery = z.object({
  tz: zoneParam.optional(),
  kind: choice(
    KINDS.map(({ name }) => name),
    "Only this kind.",
  ),
  severity: choice(SEVERITIES, "Only this severity."),
  state: choice(["open", "over"], "open for states that last, over for everything else."),
  site,
  account,
  computer,
});
export type NotificationsQuery = z.output<typeof notificationsQuery>;

type CompanyNamed = { companyId: number; companyName: string | null };

const companyColumn = <Row extends CompanyNamed>(): ReportColumn<Row> => ({
  id: "company",
  header: "Company",
  kind: "text",
  value: (row) => row.companyName,
});

const companyIdColumn = <Row extends CompanyNamed>(): ReportColumn<Row> => ({
  id: "companyId",
  header: "Company number",
  kind: "integer",
  value: (row) => row.companyId,
  isOptional: true,
});

/** `companyNames` is given where several companies are in view. */
export function notificationColumns(
  companyNames: ReadonlyMap<number, string> | null,
): ReportColumn<NotificationListRow>[] {
  return [
    { id: "at", header: "At", kind: "instant", value: (row) => row.createdAt },
    ...(companyNames ? [companyColumn<NotificationListRow>()] : []),
    { id: "kind", header: "Kind", kind: "text", value: (row) => row.kind },
    { id: "severity", header: "Severity", kind: "text", value: (row) => row.severity },
    {
      id: "sentence",
      header: "What happened",
      kind: "text",
      value: (row) => sentenceOf(row.kind, row.params),
    },
    { id: "isOpen", header: "Still so", kind: "flag", value: (row) => row.isOpen },
    { id: "ended", header: "Ended", kind: "instant", value: (row) => row.endedAt },
    { id: "siteId", header: "Site number", kind: "integer", value: (row) => row.siteId, isOptional: true },
    {
      id: "accountId",
      header: "Account number",
      kind: "integer",
      value: (row) => row.accountId,
      isOptional: true,
    },
    {
      id: "computerId",
      header: "Computer number",
      kind: "integer",
      value: (row) => row.computerId,
      isOptional: true,
    },
    { id: "id", header: "Number", kind: "integer", value: (row) => row.id, isOptional: true },
    companyIdColumn<NotificationListRow>(),
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
  state: choice(DELIVERY_STATES, "waiting for its next attempt, done, failed for good, or dropped unsent."),
  reason: choice(["news", "reminder", "test"], "Why the message was made."),
});
export type DeliveriesQuery = z.output<typeof deliveriesQuery>;

export function deliveryColumns(
  companyNames: ReadonlyMap<number, string> | null,
): ReportColumn<DeliveryListRow>[] {
  return [
    { id: "at", header: "At", kind: "instant", value: (row) => row.createdAt },
    ...(companyNames ? [companyColumn<DeliveryListRow>()] : []),
    { id: "channelName", header: "Channel", kind: "text", value: (row) => row.channelName },
    { id: "channelType", header: "Type", kind: "text", value: (row) => row.channelType },
    { id: "target", header: "To", kind: "text", value: (row) => row.target },
    { id: "reason", header: "Reason", kind: "text", value: (row) => row.reason },
    { id: "severity", header: "Severity", kind: "text", value: (row) => row.severity },
    { id: "notifications", header: "Notifications", kind: "integer", value: (row) => row.notificationCount },
    { id: "state", header: "State", kind: "text", value: (row) => row.state },
    { id: "attempts", header: "Attempts", kind: "integer", value: (row) => row.attemptCount },
    { id: "lastStatus", header: "Last status", kind: "integer", value: (row) => row.lastStatus },
    { id: "lastNote", header: "Last attempt", kind: "text", value: (row) => row.lastNote },
    { id: "nextAttempt", header: "Next attempt", kind: "instant", value: (row) => row.nextAttemptAt },
    { id: "finished", header: "Finished", kind: "instant", value: (row) => row.finishedAt },
    { id: "messageId", header: "Message id", kind: "text", value: (row) => `msg_${row.messageId}` },
    {
      id: "channelId",
      header: "Channel number",
      kind: "integer",
      value: (row) => row.channelId,
      isOptional: true,
    },
    { id: "id", header: "Number", kind: "integer", value: (row) => row.id, isOptional: true },
    companyIdColumn<DeliveryListRow>(),
  ];
}
