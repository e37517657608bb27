import { z } from "zod";
import { ALERT_STATES } from "@/lib/domain/detections/alert";
import { alertPatch } from "@/lib/domain/detections/alert-form";
import {
  schemaRef,
  refused,
  type Answer,
  type JsonSchema,
  type Operation,
  type Parameter,
} from "./openapi-types";

const TEXT_OR_NULL = { type: ["string", "null"] };

/** Of one alert: the list's row with every column, and what people and programs did. */
export const ALERT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  AlertAnswer: {
    type: "object",
    properties: {
      company: schemaRef("Company"),
      alert: {
        description: "A row of the list with every column, and its history.",
        allOf: [
          { type: "object", properties: { history: { type: "array", items: schemaRef("AlertDeed") } } },
        ],
        required: ["id", "rule", "state", "events", "history"],
      },
    },
    required: ["company", "alert"],
    additionalProperties: false,
  },
  AlertDeed: {
    type: "object",
    description: "What was done with an alert.",
    properties: {
      at: { type: "string", format: "date-time", description: "RFC 3339 in UTC." },
      by: {
        ...TEXT_OR_NULL,
        description:
          "A user, an API key, or the command line, also one that is deleted; null in some rows of earlier releases.",
      },
      state: { enum: [...ALERT_STATES, null], description: "The new state; null if it didn't change." },
      assignee: { ...TEXT_OR_NULL, description: "The new assignee; absent if it didn't change." },
      comment: { type: "string" },
    },
    required: ["at", "by", "state", "comment"],
    additionalProperties: false,
  },
  AlertChange: patchSchema(),
};

function patchSchema(): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(alertPatch, { io: "input" });
  return { ...schema, description: "Omitted fields don't change." };
}

const PARAMETERS: Parameter[] = [
  {
    name: "alertId",
    in: "path",
    required: true,
    description: "The number of the alert.",
    schema: { type: "integer", examples: [1] },
  },
  {
    name: "company",
    in: "query",
    description: "The id of the company; a key needs none.",
    schema: { type: "string", examples: ["1"] },
  },
];

const answered: Answer = {
  description: "The alert as it is now.",
  content: { "application/json": { schema: schemaRef("AlertAnswer") } },
};

/** One alert, to be read and dealt with. */
export const ALERT_PATHS: Record<string, { get: Operation; patch: Operation }> = {
  "/api/v1/alerts/{alertId}": {
    get: {
      operationId: "getAlert",
      tags: ["Lists"],
      summary: "One alert",
      description: "An alert with its history.",
      security: [{ apiKey: [] }, { session: [] }],
      parameters: PARAMETERS,
      responses: {
        "200": answered,
        ...refused("Refused", ["400", "401", "403", "404", "429", "500", "503"]),
      },
    },
    patch: {
      operationId: "changeAlert",
      tags: ["Lists"],
      summary: "Change an alert",
      description:
        "Changes the state and the assignee and adds a comment. Either everything changes or nothing does. Needs a key with the scope manage, or the session of a user who may manage the company's alerts. The audit trail names the key or the user.",
      security: [{ apiKey: [] }, { session: [] }],
      parameters: PARAMETERS,
      requestBody: {
        description: "What changes.",
        required: true,
        content: {
          "application/json": {
            schema: schemaRef("AlertChange"),
            examples: {
              acknowledge: { value: { state: "acknowledged", comment: "On it", assignee: "anna" } },
            },
          },
        },
      },
      responses: {
        "200": answered,
        ...refused("Refused", ["400", "401", "403", "404", "429", "500", "503"]),
      },
    },
  },
};
