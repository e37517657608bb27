import { z } from "zod";
import type { Text } from "../text";
import { reasonText } from "./reasons";

/** For a kind of each audience. */
export const CHANNEL_DISABLED = {
  title: { key: "notificationKinds.channelDisabled" },
  severity: "warning",
  params: z.object({ channelId: z.int(), channel: z.string(), reason: z.string() }),
  sentence: ({ channel, reason }: { channel: string; reason: string }): Text => ({
    key: "notificationSentences.channelDisabled",
    values: { channel, reason: reasonText(reason) },
  }),
  several: (count: number): Text => ({
    key: "notificationSentences.several.channelDisabled",
    values: { count },
  }),
  nameOf: ({ channel }: { channel: string }) => channel,
} as const;
