import { appVersion } from "@/lib/services/system/app-version";
import { TABLES } from "@/lib/services/tables/registry";
import { AGENT_PATHS, AGENT_SCHEMAS } from "./agent-operations";
import { ALERT_PATHS, ALERT_SCHEMAS } from "./alert-operations";
import { schemaRef, type Answer, type JsonSchema, type OpenApiDocument } from "./openapi-types";
import { describeTable } from "./table-operations";
import { WEBHOOKS, WEBHOOK_SCHEMAS } from "./webhook-operations";

const FIELD_ERRORS: JsonSchema = {
  type: "array",
  items: {
    type: "object",
    properties: { field: { type: "string" }, message: { type: "string" } },
    required: ["field", "message"],
    additionalProperties: false,
  },
};

const COMMON_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Company: {
    description: "The company that was asked for; null for all that the session may see.",
    type: ["object", "null"],
    properties: { id: { type: "integer" }, name: { type: "string" } },
    required: ["id", "name"],
    additionalProperties: false,
  },
  Error: {
    type: "object",
    properties: {
      message: { type: "string", description: "What is wrong, in words for people." },
      errors: { ...FIELD_ERRORS, description: "The invalid parameters, each with a message." },
      status: { const: "error" },
      request_id: { type: "string", description: "Finds the request in the portal's error log." },
    },
    required: ["message", "status", "request_id"],
    additionalProperties: false,
  },
  AgentError: {
    type: "object",
    properties: {
      message: { type: "string" },
      status: { const: "error" },
      errors: { ...FIELD_ERRORS, description: "The invalid fields, each with a message." },
      request_id: { type: "string" },
      timestamp: { type: "string", format: "date-time" },
      database: { const: "disconnected" },
    },
    required: ["message", "status"],
    additionalProperties: false,
  },
};

const REFUSALS: Readonly<Record<string, string>> = {
  "400": "A parameter or field is invalid; errors lists each one.",
  "401": "No session and no API key, or the key is unknown, disabled, or expired.",
  "403": "The API key lacks the scope that this needs, or the user must complete a sign-in step first.",
  "404": "It doesn't exist, or it belongs to another company.",
  "405": "The path doesn't take this method; Allow lists the methods that it takes.",
  "408": "The body arrived too slowly.",
  "413": "The body is too large.",
  "429":
    "Too many requests with this API key, or too many reports, lists, and files at once; Retry-After says when to try again.",
  "500": "An internal error of the portal; the request id finds it in the error log.",
  "503":
    "The database can't be reached, or the search or report takes too long; Retry-After says when to try again.",
};

const AGENT_REFUSALS: typeof REFUSALS = {
  ...REFUSALS,
  "429":
    "Too many requests with this API key, too much data in transit with it or from the address, or too many of the company's events waiting to be stored; Retry-After says when to try again.",
  "503":
    "The database can't be reached or can't store the events, or too much data is in transit or waits to be stored; Retry-After says when to try again.",
};

function refusals(prefix: string, schema: string, words: typeof REFUSALS): Record<string, Answer> {
  const content = { "application/json": { schema: schemaRef(schema) } };
  return Object.fromEntries(
    Object.entries(words).map(([status, description]) => [`${prefix}${status}`, { description, content }]),
  );
}

const TAGS: OpenApiDocument["tags"] = [
  {
    name: "Lists",
    description: "Events, accounts, computers, notifications, deliveries, alerts, and rules, page by page.",
  },
  { name: "Reports", description: "Complete reports, as on their pages." },
  { name: "Webhooks", description: "What the portal sends to channels of type webhook." },
  { name: "Agents", description: "What agents on Windows computers send." },
];

/**
 * The API as an OpenAPI 3.1 document, made of the registry and of the schemas that validate.
 *
 * It is the same for everyone and tells nothing of any company.
 */
export async function openApiDocument(): Promise<OpenApiDocument> {
  const { version } = await appVersion();
  const tables = TABLES.map(describeTable);
  return {
    openapi: "3.1.1",
    info: {
      title: "WinAuthMon",
      version,
      description:
        "Read what the portal shows as JSON or as files, and send events from agents. A key gives access to its own company: the scope read covers lists and reports, manage covers changes to alerts, and ingest covers the paths for agents.",
    },
    servers: [{ url: "/", description: "This portal" }],
    tags: TAGS,
    paths: {
      ...Object.fromEntries(tables.map(({ path, operation }) => [path, { get: operation }])),
      ...ALERT_PATHS,
      ...AGENT_PATHS,
    },
    webhooks: WEBHOOKS,
    components: {
      schemas: {
        ...COMMON_SCHEMAS,
        ...Object.fromEntries(tables.map(({ rowName, rowSchema }) => [rowName, rowSchema])),
        ...ALERT_SCHEMAS,
        ...AGENT_SCHEMAS,
        ...WEBHOOK_SCHEMAS,
      },
      responses: {
        ...refusals("Refused", "Error", REFUSALS),
        ...refusals("Agent", "AgentError", AGENT_REFUSALS),
      },
      securitySchemes: {
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "X-API-Key",
          description: "A key of one of the company's sites, 64 hexadecimal digits.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "winauthmon.session",
          description: "The cookie of a signed-in user; over HTTPS, its name begins with __Host-.",
        },
      },
    },
  };
}
