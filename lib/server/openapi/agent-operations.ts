import { z } from "zod";
import { wireEventSchema } from "@/lib/domain/events/wire-schema";
import { refused, schemaRef, type Answer, type JsonSchema, type OpenApiDocument } from "./openapi-types";

const MOST_EVENTS = 1_000;
const WITH_KEY = [{ apiKey: [] }];
const TAGS: [string] = ["Agents"];
const FAILURES = ["400", "401", "403", "405", "408", "413", "429", "500", "503"];
/** Of a health check, which passes over a body that can't be read. */
const HEALTH_FAILURES = FAILURES.filter((status) => status !== "400");

const EXAMPLE = {
  EventType: "Logon",
  UserName: "anna",
  ComputerName: "PC-01",
  Timestamp: "2026-01-05T08:00:00Z",
};

/** What agents send. The parser behind it is a little wider where odd agents differ; it decides. */
export const AGENT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Event: eventSchema(),
  EventBatch: {
    description: `1 to ${MOST_EVENTS.toLocaleString("en")} events; an invalid event is listed in the response and doesn't affect the others.`,
    anyOf: [{ type: "object", properties: { events: listOfEvents() }, required: ["events"] }, listOfEvents()],
  },
  EventAnswer: {
    type: "object",
    properties: { message: { type: "string" }, status: { const: "success" } },
    required: ["message", "status"],
    additionalProperties: false,
  },
  BatchAnswer: {
    type: "object",
    properties: {
      status: { const: "success" },
      accepted: { type: "integer", description: "Events that are new." },
      duplicates: { type: "integer", description: "Events that were already recorded." },
      rejected: {
        type: "array",
        items: {
          type: "object",
          properties: {
            index: { type: "integer", description: "The place in the list, from 0." },
            message: { type: "string" },
            field: { type: "string" },
          },
          required: ["index", "message", "field"],
          additionalProperties: false,
        },
      },
    },
    required: ["status", "accepted", "duplicates", "rejected"],
    additionalProperties: false,
  },
  HealthReport: {
    type: "object",
    description: "All fields are optional. With ComputerName, the computer is marked as seen.",
    properties: {
      ComputerName: { type: "string" },
      AgentVersion: { type: "string" },
      Timestamp: { description: "The agent's clock, in any form that events can have." },
      SpoolLength: { type: "integer", description: "Events waiting on the computer." },
      DroppedFailures: {
        type: "integer",
        description: "Failed logons that were dropped because the spool was full.",
      },
      DroppedSessions: {
        type: "integer",
        description: "Other events that were dropped because the spool was full.",
      },
      LocalIP: { type: "string" },
      PublicIP: { type: "string" },
    },
  },
  HealthAnswer: {
    type: "object",
    properties: {
      status: { const: "ok" },
      message: { type: "string" },
      timestamp: { type: "string", format: "date-time", description: "In the portal's time zone." },
      database: { const: "connected" },
      api_key_verified: { const: true },
      company_id: { type: "integer" },
    },
    required: ["status", "message", "timestamp", "database", "api_key_verified", "company_id"],
    additionalProperties: false,
  },
  Alive: {
    type: "object",
    properties: { status: { const: "ok" }, message: { type: "string" } },
    required: ["status", "message"],
    additionalProperties: false,
  },
};

function eventSchema(): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(wireEventSchema, { io: "input" });
  return schema;
}

function listOfEvents(): JsonSchema {
  return { type: "array", items: schemaRef("Event"), minItems: 1, maxItems: MOST_EVENTS };
}

function json(description: string, schema: string): Answer {
  return { description, content: { "application/json": { schema: schemaRef(schema) } } };
}

/** The paths that agents post to. */
export const AGENT_PATHS: OpenApiDocument["paths"] = {
  "/api/log_event": {
    post: {
      operationId: "logEvent",
      tags: TAGS,
      summary: "Log an event",
      description:
        "The response comes only after the event is committed. The body is at most 64 KiB; gzip is supported.",
      security: WITH_KEY,
      requestBody: {
        description: "One event.",
        required: true,
        content: {
          "application/json": { schema: schemaRef("Event"), examples: { logon: { value: EXAMPLE } } },
        },
      },
      responses: {
        "200": json("The event was already recorded.", "EventAnswer"),
        "201": json("The event is new and stored.", "EventAnswer"),
        ...refused("Agent", FAILURES),
      },
    },
  },
  "/api/log_events": {
    post: {
      operationId: "logEvents",
      tags: TAGS,
      summary: "Log up to 1,000 events",
      description: "Stored in one commit. The body is at most 5 MiB; gzip is supported.",
      security: WITH_KEY,
      requestBody: {
        description: "A list of events, or an object with one.",
        required: true,
        content: {
          "application/json": {
            schema: schemaRef("EventBatch"),
            examples: { one: { value: { events: [EXAMPLE] } } },
          },
        },
      },
      responses: { "200": json("The result for each event.", "BatchAnswer"), ...refused("Agent", FAILURES) },
    },
  },
  "/api/health": {
    get: {
      operationId: "isAlive",
      tags: TAGS,
      summary: "Check that the server is running",
      description:
        "For load balancers. Needs no key, doesn't ask the database, and reveals nothing about companies.",
      security: [],
      responses: { "200": json("The server is running.", "Alive") },
    },
    post: {
      operationId: "checkHealth",
      tags: TAGS,
      summary: "Check the key and the database",
      description: "Checks the key and the database, and marks the computer that it names as seen.",
      security: WITH_KEY,
      requestBody: {
        description: "What the agent reports about its computer.",
        content: { "application/json": { schema: schemaRef("HealthReport") } },
      },
      responses: {
        "200": {
          ...json("The key is valid and the database is available.", "HealthAnswer"),
          headers: {
            "X-Agent-Version": {
              description: "The version of the agent in this portal's agent package, if it has one.",
              schema: { type: "string" },
            },
          },
        },
        ...refused("Agent", HEALTH_FAILURES),
      },
    },
  },
};
