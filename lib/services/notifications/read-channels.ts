import { listChannels } from "@/db/queries/notifications/channels";
import { readWithin } from "@/db/scope";
import type { ChannelType } from "@/lib/domain/notifications/channel-type";
import type { QuietHours } from "@/lib/domain/notifications/quiet-hours";
import type { CompanyContext } from "../context";
import { assertMayManage } from "./authority";

/** A channel as screens show it: never its secret, and of a web address the host alone. Times in epoch milliseconds. */
export interface ChannelView {
  id: number;
  name: string;
  type: ChannelType;
  /** Mail addresses, or scheme and host. */
  target: string;
  addresses: string[];
  waitSeconds: number;
  intervalSeconds: number;
  quiet: QuietHours | null;
  pausedUntil: number | null;
  pauseReason: string | null;
  disabledAt: number | null;
  disabledReason: string | null;
  lastSuccessAt: number | null;
  failingSince: number | null;
  /** Messages of the last seven days. */
  doneCount: number;
  failedCount: number;
  waitingCount: number;
}

/** The company's channels, or the portal's, by name. @throws AccessDenied. */
export async function readChannels(context: CompanyContext): Promise<ChannelView[]> {
  assertMayManage(context);
  const { scope } = context;
  const rows = await readWithin(scope, (tx) => listChannels(tx, scope));
  const epoch = (at: Date | null) => at?.getTime() ?? null;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    type: row.type as ChannelType,
    target: row.urlOrigin ?? row.addresses.join(", "),
    addresses: row.addresses,
    waitSeconds: row.waitSeconds,
    intervalSeconds: row.intervalSeconds,
    quiet:
      row.quietFromMinute === null || row.quietToMinute === null
        ? null
        : { fromMinute: row.quietFromMinute, toMinute: row.quietToMinute },
    pausedUntil: epoch(row.pausedUntil),
    pauseReason: row.pauseReason,
    disabledAt: epoch(row.disabledAt),
    disabledReason: row.disabledReason,
    lastSuccessAt: epoch(row.lastSuccessAt),
    failingSince: epoch(row.failingSince),
    doneCount: row.doneCount,
    failedCount: row.failedCount,
    waitingCount: row.waitingCount,
  }));
}
