import { z } from "zod";
import { lineText } from "../form-input";
import { issue } from "../text";
import { GROUP_INTERVAL_SECONDS, GROUP_WAIT_SECONDS } from "./grouping";
import { KINDS } from "./kinds";
import { SEVERITIES } from "./severity";

export const MOST_ADDRESSES = 20;
const MOST_URL = 2_000;

/** An http or https address without a user name, which would be sent in the clear and shown in lists. */
export const webAddress = z
  .string(issue("notificationErrors.urlMissing"))
  .trim()
  .max(MOST_URL, issue("errors.tooLong", { max: MOST_URL }))
  .refine((text) => parseWebAddress(text) !== null, issue("notificationErrors.urlWrong"));

function parseWebAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === "http:" || url.protocol === "https:";
  return isWeb && url.hostname !== "" && url.username === "" && url.password === "" ? url : null;
}

const SECRET = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

/** A signing secret as Standard Webhooks spells it: 24 to 64 bytes in base64 behind `whsec_`. */
export const signingSecret = z.string().trim().regex(SECRET, issue("notificationErrors.secretWrong"));

const minuteOfDay = z.int().min(0).max(1439);

export const MOST_WAIT_SECONDS = 3_600;

const common = {
  name: lineText(100),
  /** Seconds from the first notification to its message, and from one message to the next. */
  waitSeconds: z.int().min(0).max(MOST_WAIT_SECONDS).default(GROUP_WAIT_SECONDS),
  intervalSeconds: z.int().min(0).max(86_400).default(GROUP_INTERVAL_SECONDS),
  quiet: z
    .object({ fromMinute: minuteOfDay, toMinute: minuteOfDay })
    .refine(({ fromMinute, toMinute }) => fromMinute !== toMinute, issue("notificationErrors.quietSame"))
    .nullable()
    .default(null),
};

/** What a channel is made of. `secret` signs webhooks (made when absent) and is the access token of an ntfy server. */
export const channelInput = z.discriminatedUnion("type", [
  z.object({
    ...common,
    type: z.literal("mail"),
    addresses: z
      .array(z.email(issue("notificationErrors.addressesWrong")).max(254))
      .min(1, issue("notificationErrors.addressesMissing"))
      .max(MOST_ADDRESSES, issue("notificationErrors.addressesTooMany", { max: MOST_ADDRESSES })),
  }),
  z.object({ ...common, type: z.literal("webhook"), url: webAddress, secret: signingSecret.optional() }),
  z.object({ ...common, type: z.enum(["slack", "teams"]), url: webAddress }),
  z.object({ ...common, type: z.literal("ntfy"), url: webAddress, secret: lineText(200).optional() }),
]);
export type ChannelInput = z.output<typeof channelInput>;

const kindName = z.enum(KINDS.map(({ name }) => name));
export const MOST_NAMES = 500;
const ids = z.array(z.int().positive()).max(MOST_NAMES).default([]);

/** Empty lists select everything. */
export const subscriptionInput = z.object({
  channelId: z.int().positive(),
  kinds: z.array(kindName).min(1, issue("notificationErrors.kindsMissing")),
  severities: z.array(z.enum(SEVERITIES)).default([]),
  siteIds: ids,
  accountIds: ids,
  computerIds: ids,
});
export type SubscriptionInput = z.output<typeof subscriptionInput>;
