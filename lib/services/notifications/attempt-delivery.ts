import { finishEntry, putOffEntry, type TakenEntry } from "@/db/queries/global/queue";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import {
  findChannel,
  lockChannel,
  updateChannel,
  type ChannelRow,
} from "@/db/queries/notifications/channels";
import {
  findDelivery,
  insertAttempt,
  readOtherAddresses,
  updateDelivery,
  type DeliveryRow,
} from "@/db/queries/notifications/deliveries";
import { PORTAL_ID, readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import type { ChannelType } from "@/lib/domain/notifications/channel-type";
import { heldBackUntil } from "@/lib/domain/notifications/held-back";
import type { MessageReason } from "@/lib/domain/notifications/message";
import { isHopeless, nextStep, type NextStep } from "@/lib/domain/notifications/retry-schedule";
import type { Severity } from "@/lib/domain/notifications/severity";
import type { Text } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import { inEnglish } from "@/lib/english";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";
import { operatorActor } from "../audit/actor";
import type { QueueHandler } from "../queue/queue-handler";
import { disableChannel } from "./disable-channel";
import { groupRulesOf, readOwner } from "./group-rules";
import { deliveryQueueOf, putDeliveries } from "./make-messages";
import { readMessage, type WordedMessage } from "./read-message";
import { scopeOfNumber } from "./route-notifications";
import { TRANSPORTS } from "./transports/registry";
import type { SendOutcome } from "./transports/transport";

/** Sends what is due, each delivery once at a time and by one server. Leases are longer than an attempt may take. */
export const deliverySenders: readonly QueueHandler[] = [
  { queue: "deliveries", concurrency: 8, mostPerCompany: 3, leaseSeconds: 45, run: attemptDelivery },
  { queue: "mail-deliveries", concurrency: 4, mostPerCompany: 2, leaseSeconds: 90, run: attemptDelivery },
];

interface Loaded {
  delivery: DeliveryRow;
  channel: ChannelRow;
  /** Of the channel's company. */
  zone: IanaZone;
  /** null when what it told of is gone. */
  told: WordedMessage | null;
}

async function attemptDelivery(entry: TakenEntry, signal: AbortSignal): Promise<void> {
  const scope = scopeOfNumber(entry.companyId);
  const loaded = await readWithin(scope, (tx) => load(tx, scope, Number(entry.key)));
  const settle = (work: (tx: Transaction) => Promise<void>) => writeWithin(scope, work);
  if (!loaded) return settle((tx) => finishEntry(tx, entry));
  const { delivery, channel, told } = loaded;
  if (entry.queue !== deliveryQueueOf(channel)) {
    return settle((tx) => moveToItsQueue(tx, scope, entry, channel));
  }
  if (whyNot(loaded) !== null) return settle((tx) => drop(tx, scope, entry, loaded));
  if (heldBack(loaded, Date.now()) !== null) return settle((tx) => putOff(tx, scope, entry, loaded));
  const startedAt = Date.now();
  const outcome = await TRANSPORTS[channel.type as ChannelType]({
    channel,
    delivery,
    ...told!,
    signal,
  });
  const attempt = { startedAt, durationMs: Date.now() - startedAt, outcome };
  await settle((tx) => record(tx, scope, entry, loaded, attempt));
  metrics()?.deliveryAttempts.inc({ type: channel.type, result: outcome.result });
}

/** Mail that an earlier version put with the rest, before it had a queue of its own. */
async function moveToItsQueue(
  tx: Transaction,
  scope: CompanyWriteScope,
  entry: TakenEntry,
  channel: ChannelRow,
): Promise<void> {
  await finishEntry(tx, entry);
  await putDeliveries(tx, scope, channel, [Number(entry.key)], new Date());
}

function whyNot({ delivery: { address }, channel, told }: Loaded): Text | null {
  if (channel.disabledAt) return { key: "deliveryNotes.channelDisabled" };
  if (address !== null && !channel.addresses.includes(address)) return { key: "deliveryNotes.unsubscribed" };
  return told ? null : { key: "deliveryNotes.deleted" };
}

/** null when there is nothing to do: it was sent, or it is gone with its channel. */
async function load(tx: Transaction, scope: CompanyWriteScope, deliveryId: number): Promise<Loaded | null> {
  const delivery = await findDelivery(tx, scope, deliveryId);
  if (!delivery || delivery.state !== "waiting") return null;
  const channel = await findChannel(tx, scope, delivery.channelId);
  const owner = channel && (await readOwner(tx, scope));
  if (!owner) return null;
  const told = await readMessage(tx, scope, owner, delivery, channel);
  return { delivery, channel, zone: owner.zone, told };
}

/** Until when the channel holds the delivery back; null when it is to be sent now. */
function heldBack({ delivery, channel, zone }: Omit<Loaded, "told">, now: number): Date | null {
  const message = {
    reason: delivery.reason as MessageReason,
    severity: delivery.severity as Severity,
    isReplayed: delivery.earlierAttemptCount > 0,
  };
  const until = heldBackUntil(message, groupRulesOf(channel, zone), now);
  return until === null ? null : new Date(until);
}

/** Decides on the locked channel: one that has been resumed meanwhile gets its message, at the next look. */
async function drop(
  tx: Transaction,
  scope: CompanyWriteScope,
  entry: TakenEntry,
  loaded: Loaded,
): Promise<void> {
  const { id, channelId } = loaded.delivery;
  const channel = await lockChannel(tx, scope, channelId);
  if (!channel) return finishEntry(tx, entry);
  const reason = whyNot({ ...loaded, channel });
  if (reason === null) return putOffEntry(tx, entry, new Date());
  // Delivery before entry, as when deliveries are brought forward, to avoid a deadlock.
  const lastNote = inEnglish(reason);
  const change = { state: "dropped", finishedAt: new Date(), nextAttemptAt: null, lastNote };
  await updateDelivery(tx, scope, id, change);
  await finishEntry(tx, entry);
}

/** Decides on the locked channel: a pause that has ended meanwhile must not hold the delivery any longer. */
async function putOff(
  tx: Transaction,
  scope: CompanyWriteScope,
  entry: TakenEntry,
  { delivery, zone }: Loaded,
): Promise<void> {
  const channel = await lockChannel(tx, scope, delivery.channelId);
  const now = new Date();
  const nextAttemptAt = (channel && heldBack({ delivery, channel, zone }, now.getTime())) ?? now;
  await putOffEntry(tx, entry, nextAttemptAt);
  await updateDelivery(tx, scope, delivery.id, { nextAttemptAt });
}

interface Attempt {
  /** Epoch milliseconds. */
  startedAt: number;
  durationMs: number;
  outcome: SendOutcome;
}

/** Writes what came of an attempt and gives back the queue's entry in one transaction, or neither when it was lost. */
async function record(
  tx: Transaction,
  scope: CompanyWriteScope,
  entry: TakenEntry,
  { delivery, channel: { id: channelId } }: Loaded,
  { startedAt, durationMs, outcome }: Attempt,
): Promise<void> {
  const channel = await lockChannel(tx, scope, channelId);
  if (!channel) return finishEntry(tx, entry);
  const now = Date.now();
  const attemptCount = delivery.attemptCount + 1;
  const number = attemptCount - delivery.earlierAttemptCount;
  const step = nextStep({ number, ...outcome }, now, Math.random());
  await (step.kind === "retry" ? putOffEntry(tx, entry, new Date(step.at)) : finishEntry(tx, entry));
  const { result, status, note } = outcome;
  const attempt = { startedAt: new Date(startedAt), durationMs, result, status, note };
  await insertAttempt(tx, scope, { deliveryId: delivery.id, number: attemptCount, ...attempt });
  await updateDelivery(tx, scope, delivery.id, {
    attemptCount,
    lastStatus: status,
    lastNote: note,
    ...stateAfter(step, now),
  });
  await noteOnChannel(tx, scope, channel, { delivery, outcome, step, now });
  if (step.kind === "done") await auditSent(tx, scope, channel, delivery);
  else
    logger.info(
      { companyId: scope.companyId, deliveryId: delivery.id, status, note, next: step.kind },
      "Delivery attempt failed",
    );
}

function stateAfter(step: NextStep, now: number) {
  if (step.kind === "retry") return { nextAttemptAt: new Date(step.at) };
  return { state: step.kind === "done" ? "done" : "failed", finishedAt: new Date(now), nextAttemptAt: null };
}

interface Noted {
  delivery: DeliveryRow;
  outcome: SendOutcome;
  step: NextStep;
  /** Epoch milliseconds. */
  now: number;
}

async function noteOnChannel(
  tx: Transaction,
  scope: CompanyWriteScope,
  channel: ChannelRow,
  { delivery, outcome, step, now }: Noted,
): Promise<void> {
  if (outcome.result === "success") {
    return updateChannel(tx, scope, channel.id, { lastSuccessAt: new Date(now), failingSince: null });
  }
  // One dead address doesn't make a channel fail whose others receive the same message.
  const others = await readOtherAddresses(tx, scope, delivery);
  if (others.isDone) return;
  // Also for a refused message: a channel whose addresses are all closed gets nothing else, and no retries.
  const failingSince = channel.failingSince ?? new Date(now);
  await updateChannel(tx, scope, channel.id, { failingSince });
  if (channel.disabledAt) return;
  if (step.kind === "disable") {
    await disableChannel(tx, scope, channel, "the receiver answered 410, which means that it is gone");
  } else if (step.kind === "give-up" && !others.isWaiting && isHopeless(failingSince.getTime(), now)) {
    await disableChannel(tx, scope, channel, "nothing could be delivered for five days");
  }
}

/** Messages may name people, so the trail tells who received one. */
async function auditSent(
  tx: Transaction,
  scope: CompanyWriteScope,
  channel: ChannelRow,
  { id, address, notificationCount, reason }: DeliveryRow,
): Promise<void> {
  await insertAuditRow(tx, {
    ...operatorActor("scheduled job"),
    companyId: scope.companyId === PORTAL_ID ? null : scope.companyId,
    action: "notification.send",
    outcome: "success",
    targetType: "channel",
    targetId: channel.id,
    targetName: channel.name,
    after: { delivery: id, to: address ?? channel.urlOrigin, notifications: notificationCount, reason },
  });
}
