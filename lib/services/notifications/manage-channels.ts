import { randomBytes, randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany } from "@/db/queries/companies/company";
import {
  countChannels,
  deleteChannelRow,
  insertChannel,
  lockChannel,
  updateChannel,
  type ChannelRow,
  type NewChannel,
} from "@/db/queries/notifications/channels";
import { writeWithin, type CompanyWriteScope } from "@/db/scope";
import type { ChannelInput } from "@/lib/domain/notifications/channel";
import type { ChannelEdit, pauseForm } from "@/lib/domain/notifications/channel-form";
import { USUAL_QUIET } from "@/lib/domain/notifications/quiet-hours";
import { mailboxesOf } from "@/lib/domain/mail/address";
import type { Text } from "@/lib/domain/text";
import { AppError, isUniqueViolation } from "@/lib/errors";
import { seal } from "@/lib/secret-box";
import type { CompanyContext } from "../context";
import { assertMayManage } from "./authority";
import { channelAudit } from "./channel-audit";
import { addDeliveries, replan } from "./make-messages";

/** Each may have a message under way, so many of them would keep other companies waiting. */
export const MOST_CHANNELS = 50;

const SECRET_BYTES = 32;
const ROTATION_HOURS = 24;
const HOUR_MILLISECONDS = 3_600_000;

function newSigningSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/**
 * Makes a channel. The answer holds the secret that signs a webhook's messages, this once; null for other types.
 *
 * @throws AccessDenied; AppError `conflict` when the name is taken, and at 50 channels.
 */
export async function createChannel(
  context: CompanyContext,
  input: ChannelInput,
): Promise<{ id: number; secret: string | null }> {
  assertMayManage(context);
  const { scope, actor } = context;
  const secret = secretOf(input);
  const row = { ...columnsOf(input), secretEncrypted: secret === null ? null : seal(secret, "channel") };
  const createdByUserId = actor.userId || null;
  const id = await withNameFree(input.name, () =>
    writeWithin(scope, async (tx) => {
      await assertRoom(tx, scope);
      const made = await insertChannel(tx, scope, { ...row, createdByUserId });
      const audit = channelAudit(context, "channel.create", { id: made, name: input.name });
      await insertAuditRow(tx, { ...audit, after: describe(row) });
      return made;
    }),
  );
  return { id, secret: input.type === "webhook" ? secret : null };
}

/** The company's row is locked first, so that two at once do not both find the last place free; the portal has none. */
async function assertRoom(tx: Transaction, scope: CompanyWriteScope): Promise<void> {
  await lockCompany(tx, scope);
  if ((await countChannels(tx, scope)) < MOST_CHANNELS) return;
  throw new AppError("conflict", { key: "notificationErrors.tooMany", values: { max: MOST_CHANNELS } });
}

function secretOf(input: ChannelInput): string | null {
  if (input.type === "webhook") return input.secret ?? newSigningSecret();
  return input.type === "ntfy" ? (input.secret ?? null) : null;
}

function columnsOf(input: ChannelInput) {
  const { name, type, waitSeconds, intervalSeconds, quiet } = input;
  const url = input.type === "mail" ? null : input.url;
  return {
    name,
    type,
    waitSeconds,
    intervalSeconds,
    quietFromMinute: quiet?.fromMinute ?? null,
    quietToMinute: quiet?.toMinute ?? null,
    addresses: input.type === "mail" ? mailboxesOf(input.addresses) : [],
    urlEncrypted: url === null ? null : seal(url, "channel"),
    urlOrigin: url === null ? null : new URL(url).origin,
  } satisfies NewChannel;
}

/** What the trail says of a channel: everything but what is sealed. */
function describe(row: object): object {
  return { ...row, urlEncrypted: undefined, secretEncrypted: undefined };
}

async function withNameFree<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error, "notification_channels_name_key")) throw error;
    throw new AppError("conflict", { key: "notificationErrors.nameTaken", values: { name } }, [
      { field: "name", message: { key: "notificationErrors.nameTakenField" } },
    ]);
  }
}

/**
 * Changes the edited fields of a channel and sends at once what waited because of the old ones; its type stays, and so do
 * sealed values without a new one, but for an access token when the URL leads to another server. @throws AppError.
 */
export async function changeChannel(
  context: CompanyContext,
  { channelId, ...edit }: ChannelEdit,
): Promise<void> {
  await onChannel(context, channelId, async (tx, channel) => {
    const shown = changesOf(channel, edit);
    const change: Partial<NewChannel> = { ...shown };
    if (edit.url && channel.type !== "mail") change.urlEncrypted = seal(edit.url, "channel");
    if (channel.type === "ntfy") {
      if (edit.secret) change.secretEncrypted = seal(edit.secret, "channel");
      // Otherwise a user who doesn't know the token could have it sent to a server of their own.
      else if (shown.urlOrigin && shown.urlOrigin !== channel.urlOrigin) change.secretEncrypted = null;
    }
    if (Object.keys(change).length === 0) return;
    const name = edit.name ?? channel.name;
    await withNameFree(name, () => updateChannel(tx, context.scope, channelId, change));
    await insertAuditRow(tx, { ...channelAudit(context, "channel.update", channel), after: shown });
    await replanIfEnabled(tx, context.scope, channel, new Date());
  });
}

/** The columns an edit changes, but for what is sealed. */
function changesOf(channel: ChannelRow, edit: Omit<ChannelEdit, "channelId">): Partial<NewChannel> {
  const { name, waitSeconds, addresses, url } = edit;
  return {
    ...(name !== undefined && { name }),
    ...(waitSeconds !== undefined && { waitSeconds }),
    ...(addresses && channel.type === "mail" && { addresses: mailboxesOf(addresses) }),
    ...(url && channel.type !== "mail" && { urlOrigin: new URL(url).origin }),
    ...quietChange(channel, edit),
  };
}

function quietChange(
  { quietFromMinute, quietToMinute }: ChannelRow,
  { hasQuietHours, quietFrom, quietTo }: Omit<ChannelEdit, "channelId">,
): Partial<NewChannel> {
  const isTouched = hasQuietHours !== undefined || quietFrom !== undefined || quietTo !== undefined;
  if (!isTouched) return {};
  if (!(hasQuietHours ?? quietFromMinute !== null)) return { quietFromMinute: null, quietToMinute: null };
  const from = quietFrom ?? quietFromMinute ?? USUAL_QUIET.fromMinute;
  const to = quietTo ?? quietToMinute ?? USUAL_QUIET.toMinute;
  if (from !== to) return { quietFromMinute: from, quietToMinute: to };
  const message: Text = { key: "notificationErrors.quietSame" };
  throw new AppError("invalid", message, [{ field: "quietTo", message }]);
}

/** Keeps messages back until then; they are sent when the pause is over. */
export async function pauseChannel(
  context: CompanyContext,
  { channelId, hours, reason }: z.output<typeof pauseForm>,
): Promise<{ pausedUntil: Date }> {
  const pausedUntil = new Date(Date.now() + hours * HOUR_MILLISECONDS);
  await onChannel(context, channelId, async (tx, channel) => {
    await updateChannel(tx, context.scope, channelId, { pausedUntil, pauseReason: reason });
    await insertAuditRow(tx, {
      ...channelAudit(context, "channel.pause", channel),
      after: { pausedUntil, reason },
    });
    // What waits for the end of an earlier pause, if that was longer.
    await replanIfEnabled(tx, context.scope, channel, pausedUntil);
  });
  return { pausedUntil };
}

/** What waits for a disabled channel is given up at its next attempt, so it waits on: the channel may be enabled before. */
async function replanIfEnabled(
  tx: Transaction,
  scope: CompanyWriteScope,
  channel: ChannelRow,
  at: Date,
): Promise<void> {
  if (channel.disabledAt === null) await replan(tx, scope, channel, at);
}

/** Ends a pause, enables a channel that was disabled, and sends what waited. @throws AppError `conflict` without an address. */
export async function resumeChannel(
  context: CompanyContext,
  { channelId }: { channelId: number },
): Promise<void> {
  await onChannel(context, channelId, async (tx, channel) => {
    assertReaches(channel);
    await updateChannel(tx, context.scope, channelId, {
      pausedUntil: null,
      pauseReason: null,
      disabledAt: null,
      disabledReason: null,
      failingSince: null,
    });
    await insertAuditRow(tx, channelAudit(context, "channel.resume", channel));
    await replan(tx, context.scope, channel, new Date());
  });
}

/** A channel that has lost its last address would take notifications and send them nowhere. */
function assertReaches({ type, addresses }: ChannelRow): void {
  if (type !== "mail" || addresses.length > 0) return;
  throw new AppError("conflict", { key: "notificationErrors.noAddresses" });
}

/** Signs with a new secret from now on, and for a day with the old one as well. @throws AppError `invalid`. */
export async function rotateSecret(
  context: CompanyContext,
  { channelId }: { channelId: number },
): Promise<{ secret: string; previousUntil: Date }> {
  const secret = newSigningSecret();
  const previousUntil = new Date(Date.now() + ROTATION_HOURS * HOUR_MILLISECONDS);
  await onChannel(context, channelId, async (tx, channel) => {
    if (channel.type !== "webhook") throw new AppError("invalid", { key: "notificationErrors.onlyWebhooks" });
    await updateChannel(tx, context.scope, channelId, {
      secretEncrypted: seal(secret, "channel"),
      previousSecretEncrypted: channel.secretEncrypted,
      previousSecretUntil: previousUntil,
    });
    const audit = channelAudit(context, "channel.rotate-secret", channel);
    await insertAuditRow(tx, { ...audit, after: { previousUntil } });
  });
  return { secret, previousUntil };
}

/** Deletes a channel with its subscriptions, its deliveries and what waits for it. */
export async function deleteChannel(
  context: CompanyContext,
  { channelId }: { channelId: number },
): Promise<void> {
  await onChannel(context, channelId, async (tx, channel) => {
    await deleteChannelRow(tx, context.scope, channelId);
    await insertAuditRow(tx, channelAudit(context, "channel.delete", channel));
  });
}

/** Sends a test message at once, by the way that every message takes; gives its deliveries, to be looked at. */
export async function testChannel(
  context: CompanyContext,
  { channelId }: { channelId: number },
): Promise<{ deliveryIds: number[] }> {
  return onChannel(context, channelId, async (tx, channel) => {
    if (channel.disabledAt) throw new AppError("conflict", { key: "notificationErrors.disabled" });
    assertReaches(channel);
    await insertAuditRow(tx, channelAudit(context, "channel.test", channel));
    const told = { count: 0, isCritical: false, hasWarning: false };
    const message = { groupId: randomUUID(), told, now: Date.now() };
    return { deliveryIds: await addDeliveries(tx, context.scope, channel, "test", message) };
  });
}

async function onChannel<Result>(
  context: CompanyContext,
  channelId: number,
  work: (tx: Transaction, channel: ChannelRow) => Promise<Result>,
): Promise<Result> {
  assertMayManage(context);
  const { scope } = context;
  return writeWithin(scope, async (tx) => {
    const channel = await lockChannel(tx, scope, channelId);
    if (!channel) throw new AppError("not_found", { key: "errors.gone" });
    return work(tx, channel);
  });
}
