import { bytesOf, firstUnits } from "../cut-text";
import { z } from "zod";
import { wordText, type Reader } from "../text";
import { SEVERITIES } from "./severity";
import { declaredParams, sentenceOf } from "./kinds";
import type { Message } from "./message";

const instant = z.iso.datetime().meta({ description: "RFC 3339 in UTC." });

/** The body of a webhook. The API's description is made from this schema, and so is every body. */
export const webhookBody = z
  .object({
    type: z
      .literal("notifications")
      .meta({ description: "Other types may follow; ignore those that you don't know." }),
    version: z
      .literal(1)
      .meta({ description: "Increases when a member changes its meaning, and not for new members." }),
    timestamp: instant,
    data: z.object({
      reason: z.enum(["news", "reminder", "test"]).meta({
        description: "news; reminder of a state that lasts; test when someone tests the channel.",
      }),
      company: z.object({ id: z.int(), name: z.string() }).nullable().meta({
        description: "The company that the notifications are about; null for the portal.",
      }),
      severity: z.enum(SEVERITIES).meta({ description: "The highest among them." }),
      title: z.string().meta({ description: "A summary in one line." }),
      lines: z
        .array(z.string())
        .meta({ description: "A sentence for each kind; with the first names if there are many." }),
      count: z.int().meta({ description: "How many notifications the message is about." }),
      notifications: z
        .array(
          z.object({
            id: z.int().meta({ description: "Unique within the company." }),
            kind: z.string(),
            severity: z.enum(SEVERITIES),
            at: instant,
            sentence: z.string(),
            params: z.record(z.string(), z.unknown()).meta({ description: "Values of the kind, by name." }),
          }),
        )
        .meta({ description: "The first of them; can be fewer than count." }),
      url: z.string().nullable().meta({ description: "The page with all notifications." }),
    }),
  })
  .meta({ description: "What a channel of type webhook receives." });

export type WebhookBody = z.output<typeof webhookBody>;

const MOST_BYTES = 20_000;
const MOST_TITLE = 500;

/**
 * The message as JSON below 20 kB: as many notifications as fit, and all the lines that do. `at`: epoch milliseconds.
 * The reader is a program's.
 */
export function writeWebhookBody(message: Message, at: number, reader: Reader): string {
  const all = message.notifications.map(({ id, kind, severity, at: toldAt, params }) => ({
    id,
    kind,
    severity,
    at: new Date(toldAt).toISOString(),
    sentence: wordText(sentenceOf(kind, params), reader),
    params: declaredParams(kind, params),
  }));
  const { reason, company, severity, count, url } = message;
  const bodyWith = (
    notifications: WebhookBody["data"]["notifications"],
    lines: readonly string[],
  ): WebhookBody => ({
    type: "notifications",
    version: 1,
    timestamp: new Date(at).toISOString(),
    data: {
      reason,
      company,
      severity,
      title: firstUnits(message.title, MOST_TITLE),
      lines: [...lines],
      count,
      notifications,
      url,
    },
  });
  let lines = message.lines.map((line) => firstUnits(line, 2_000));
  let text = JSON.stringify(bodyWith([], lines));
  while (bytesOf(text) >= MOST_BYTES && lines.length > 1) {
    lines = lines.slice(0, -1);
    text = JSON.stringify(bodyWith([], lines));
  }
  let room = MOST_BYTES - bytesOf(text) - 1;
  const fitting = [];
  for (const notification of all) {
    room -= bytesOf(JSON.stringify(notification)) + 1;
    if (room < 0) break;
    fitting.push(notification);
  }
  return JSON.stringify(webhookBody.parse(bodyWith(fitting, lines)));
}
