import { z } from "zod";
import { editOf } from "../edit-input";
import { checkbox, lineText, listOf, rowId } from "../form-input";
import { issue } from "../text";
import {
  channelInput,
  MOST_ADDRESSES,
  MOST_NAMES,
  MOST_WAIT_SECONDS,
  subscriptionInput,
  webAddress,
  type ChannelInput,
} from "./channel";
import { CHANNEL_TYPES } from "./channel-type";
import { SEVERITIES } from "./severity";

const fields = {
  type: z.enum(CHANNEL_TYPES, issue("notificationErrors.typeMissing")),
  name: z.string().default(""),
  addresses: z.string().default(""),
  url: z.string().default(""),
  secret: z.string().default(""),
  waitSeconds: z
    .string()
    .regex(/^\d{1,5}$/, issue("notificationErrors.choiceMissing"))
    .transform(Number)
    .pipe(z.int().max(MOST_WAIT_SECONDS, issue("notificationErrors.choiceMissing"))),
  hasQuietHours: checkbox,
  quietFrom: z.string().default(""),
  quietTo: z.string().default(""),
};
type Typed = z.output<z.ZodObject<typeof fields>>;

/** A channel as the form that adds one sends it. */
export const newChannelForm = z.object(fields).transform((typed, context) => read(typed, context));

const addressList = z
  .string()
  .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
  .pipe(
    z
      .array(z.email(issue("notificationErrors.addressesWrong")).max(254))
      .min(1, issue("notificationErrors.addressesMissing"))
      .max(MOST_ADDRESSES, issue("notificationErrors.addressesTooMany", { max: MOST_ADDRESSES })),
  );

const clock = z
  .string()
  .transform(minuteOf)
  .refine((minute) => minute >= 0, issue("notificationErrors.timeWrong"));

/** An empty secret or web address keeps the present one, which is sealed and so not in the form. */
const kept = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal("").transform(() => undefined), schema]);

/** What of a channel its form changes. */
export const channelForm = editOf(
  { channelId: rowId },
  {
    name: lineText(100),
    addresses: addressList,
    url: kept(webAddress),
    secret: kept(lineText(200)),
    waitSeconds: fields.waitSeconds,
    hasQuietHours: checkbox,
    quietFrom: clock,
    quietTo: clock,
  },
  { quietFrom: "hasQuietHours", quietTo: "hasQuietHours" },
);
export type ChannelEdit = z.output<typeof channelForm>;

function read(typed: Typed, context: z.RefinementCtx): ChannelInput {
  const { type, name, url, waitSeconds } = typed;
  const quiet = typed.hasQuietHours
    ? { fromMinute: minuteOf(typed.quietFrom), toMinute: minuteOf(typed.quietTo) }
    : null;
  const addresses = typed.addresses.split(/[\s,;]+/).filter(Boolean);
  const secret = typed.secret.trim() || undefined;
  const parsed = channelInput.safeParse({ type, name, url, waitSeconds, quiet, addresses, secret });
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const [field, place] = path;
    const address = field === "addresses" && typeof place === "number" ? addresses[place] : undefined;
    context.addIssue({
      code: "custom",
      path: [field === "quiet" ? "quietTo" : String(field)],
      message: address === undefined ? message : issue("notificationErrors.addressWrong", { address }),
    });
  }
  return z.NEVER;
}

/** `HH:MM` as a minute of the day; -1, which is refused, for anything else. */
function minuteOf(text: string): number {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hour === undefined ? -1 : Number(hour) * 60 + Number(minute);
}

const names = z
  .string()
  .default("")
  .transform((text) => [...new Set(text.split(/[\n,;]+/).map((name) => name.trim()))].filter(Boolean))
  .pipe(z.array(z.string()).max(MOST_NAMES, issue("notificationErrors.namesTooMany", { max: MOST_NAMES })));

/** A subscription as its form sends it: accounts and computers by name, one a line. */
export const subscriptionForm = z.object({
  channelId: rowId,
  kinds: listOf(subscriptionInput.shape.kinds.element, 100).refine(
    (list) => list.length > 0,
    issue("notificationErrors.kindsMissing"),
  ),
  severities: listOf(z.enum(SEVERITIES), 3),
  siteIds: listOf(rowId),
  accounts: names,
  computers: names,
});
export type SubscriptionForm = z.output<typeof subscriptionForm>;

export const channelRef = z.object({ channelId: rowId });
export const subscriptionRef = z.object({ subscriptionId: rowId });

const MOST_REASON = 200;

/** A pause as the form sends it. */
export const pauseForm = z.object({
  channelId: rowId,
  hours: z
    .string()
    .regex(/^\d{1,4}$/, issue("notificationErrors.choiceMissing"))
    .transform(Number)
    .pipe(z.int().min(1).max(2_160)),
  reason: z
    .string()
    .trim()
    .min(1, issue("notificationErrors.reasonMissing"))
    .max(MOST_REASON, issue("errors.tooLong", { max: MOST_REASON })),
});

/** One delivery, or all deliveries of a channel that failed within a number of hours. */
export const replayForm = z.union([
  z.object({ deliveryId: rowId }),
  z.object({
    channelId: rowId,
    hours: z
      .string()
      .regex(/^\d{1,4}$/, issue("notificationErrors.choiceMissing"))
      .transform(Number),
  }),
]);
