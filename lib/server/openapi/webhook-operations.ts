import { z } from "zod";
import { webhookBody } from "@/lib/domain/notifications/webhook-body";
import { schemaRef, type JsonSchema, type Method, type Operation, type Parameter } from "./openapi-types";

const { $schema: _, ...bodySchema } = z.toJSONSchema(webhookBody) as JsonSchema;

export const WEBHOOK_SCHEMAS: Readonly<Record<string, JsonSchema>> = { WebhookBody: bodySchema };

const header = (name: string, description: string): Parameter => ({
  name,
  in: "header",
  description,
  required: true,
  schema: { type: "string" },
});

/** Messages to channels of type webhook, made of the schema that every body is checked against. */
export const WEBHOOKS: Readonly<Record<string, Partial<Record<Method, Operation>>>> = {
  notifications: {
    post: {
      operationId: "receiveNotifications",
      tags: ["Webhooks"],
      summary: "Notifications",
      description:
        "Signed as described by Standard Webhooks 1.0. Respond with 200 to 299 within 15 seconds. After any other response, the message is sent again under the same webhook-id; 410 disables the channel.",
      security: [],
      parameters: [
        header("webhook-id", "The message's id, the same in every attempt."),
        header("webhook-timestamp", "When the attempt was made, in seconds since 1970."),
        header("webhook-signature", "v1 and the signature; two of them for a day after a rotation."),
      ],
      requestBody: {
        description: "Less than 20 kB.",
        required: true,
        content: { "application/json": { schema: schemaRef("WebhookBody") } },
      },
      responses: {
        "2XX": { description: "Received." },
        "410": { description: "Send nothing more to this address." },
      },
    },
  },
};
