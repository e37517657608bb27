import { Validator } from "@seriousme/openapi-schema-validator";
import { readFile } from "node:fs/promises";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET } from "@/app/api/v1/openapi.json/route";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { OpenApiDocument } from "@/lib/server/openapi/openapi-types";
import { apiGuide } from "@/lib/server/openapi/api-guide";
import { findTable, TABLES } from "@/lib/services/tables/registry";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import { writeWebhookBody } from "@/lib/domain/notifications/webhook-body";
import { composeMessage } from "@/lib/domain/notifications/message";
import { PROGRAM_READER } from "@/lib/english";
import { tablePath } from "@/lib/domain/reports/table-address";
import { openNodeMount, type Mount } from "../../support/agent-mounts";
import { neededOf } from "../../support/ask-table";
import { followStoredOf } from "../../support/detecting";
import { openReadApi } from "../../support/read-api-mount";
import { makeChannel, operatorIn, tellSilent } from "../../support/notifying";
import { makeKey } from "../../support/read-keys";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

const HOUR = 3_600_000;
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 12 * HOUR;
const ALERT_PATH = "/api/v1/alerts/{alertId}";
const AGENT_PATHS = ["/api/log_event", "/api/log_events", "/api/health"];

let document: OpenApiDocument;
let company: TestCompany;
let api: Mount;
let agents: Mount;
let readKey: string;
let ajv: Ajv2020;

function event(type: string, user: string, computer: string, hour: number): SentEvent {
  return { type, user, computer, at: NOON + hour * HOUR };
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  document = (await (await GET()).json()) as OpenApiDocument;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat("date-time", {
    validate: (text: string) => /T.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  });
  ajv.addFormat("date", /^\d{4}-\d\d-\d\d$/);
  ajv.addSchema({ $id: "api.json", ...document });
  company = await makeCompany("Described");
  await storeEvents(company, [
    event("Logon", "anna", "PC-1", 0),
    event("Logon", "anna", "PC-2", 1),
    event("Lock", "anna", "PC-1", 2),
    event("Logoff", "anna", "PC-2", 3),
    event("Logoff", "anna", "PC-1", 4),
    ...Array.from({ length: 6 }, (_, n) => event("LogonFailed", "anna", "PC-1", 5 + n / 100)),
    event("Logon", "anna", "PC-1", 5.1),
    // Signed in now, whatever the time of day.
    { type: "Logon", user: "anna", computer: "PC-1", at: Date.now() - 60_000 },
  ]);
  await followStoredOf(company);
  await tellSilent(company, 1);
  const { id: channelId } = await makeChannel(company, { type: "webhook", url: "https://example.com/hook" });
  await testChannel(operatorIn(company), { channelId });
  readKey = await makeKey(company, { scopes: ["read", "ingest"] });
  api = await openReadApi();
  agents = await openNodeMount();
});
afterAll(async () => {
  await api.close();
  await agents.close();
  await closeDatabase();
});

const inTicks = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

/** A validator for what the document says of an answer. */
function answerSchema(path: string, method: "get" | "post", status: string): ValidateFunction {
  const pointer = [path, method, "responses", status].map((part) => part.replaceAll("/", "~1")).join("/");
  const found = document.paths[path]?.[method]?.responses[status];
  if (!found) throw new Error(`${method} ${path} tells nothing of ${status}`);
  const answer = "$ref" in found ? found.$ref : `#/paths/${pointer}`;
  return ajv.compile({ $ref: `api.json${answer}/content/application~1json/schema` });
}

function expectValid(validate: ValidateFunction, body: unknown): void {
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
}

async function read(address: string, key = readKey): Promise<{ status: number; body: { rows: object[] } }> {
  const answer = await fetch(`${api.url}${address}`, { headers: { "X-API-Key": key } });
  return { status: answer.status, body: (await answer.json()) as { rows: object[] } };
}

describe("the document", () => {
  it("is valid OpenAPI 3.1", async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
  });

  it("has every list, every report and the agent API, and nothing else", () => {
    const expected = [...TABLES.map(({ name }) => tablePath(name)), ALERT_PATH, ...AGENT_PATHS];
    expect(Object.keys(document.paths).toSorted()).toEqual(expected.toSorted());
    expect(Object.keys(document.paths["/api/health"]!)).toEqual(["get", "post"]);
  });

  it("names every list that comes in pages, and so does the guide", async () => {
    const paged = TABLES.filter(({ isPaged }) => isPaged).map(({ name }) => name);
    const { description } = document.tags.find(({ name }) => name === "Lists")!;
    expect(paged.filter((name) => !description!.toLowerCase().includes(name))).toEqual([]);
    const guide = await readFile("docs/api.md", "utf8");
    expect(guide).toContain(`Lists (${inTicks(paged)}) come in pages`);
    const unpaged = paged.filter((name) => {
      const { parameters = [] } = document.paths[tablePath(name)]!.get!;
      return !["limit", "after"].every((wanted) => parameters.some((given) => given.name === wanted));
    });
    expect(unpaged).toEqual([]);
  });

  it("says of every parameter what it is, once, and names every operation once", () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId, parameters = [] } of operations) {
      const names = parameters.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      const unsaid = parameters.filter(({ description }) => !description).map(({ name }) => name);
      expect({ operationId, unsaid }).toEqual({ operationId, unsaid: [] });
    }
  });

  it("describes the bodies that webhooks receive", () => {
    const validate = ajv.compile({ $ref: "api.json#/components/schemas/WebhookBody" });
    const params = { computer: { id: 1, name: "PC-1" }, lastSeenAt: "2026-01-05T09:00:00Z" };
    const told = { id: 1, kind: "computer.silent", severity: "warning", at: NOON, params } as const;
    const kinds = [{ kind: "computer.silent", severity: "warning", count: 1, first: [told] }] as const;
    const company = { id: 1, name: "Acme" };
    const message = composeMessage({ reason: "news", company, url: null, kinds }, PROGRAM_READER);
    expectValid(validate, JSON.parse(writeWebhookBody(message, NOON, PROGRAM_READER)));
    expect(validate({ type: "notifications" })).toBe(false);
    const body = document.webhooks.notifications!.post!.requestBody!.content["application/json"]!;
    expect(body.schema).toEqual({ $ref: "#/components/schemas/WebhookBody" });
  });

  it("refers only to what it has", () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g);
    const components: Record<string, Record<string, unknown>> = document.components;
    const missing = [...references].filter(([, kind, name]) => !components[kind!]?.[name!]);
    expect(missing).toEqual([]);
  });

  it("is what the page about the API is made of", async () => {
    const shown = (await apiGuide()).flatMap(({ operations }) =>
      operations.map(({ method, path, parameters, members }) => {
        const count = document.paths[path]![method.toLowerCase() as "get"]!.parameters?.length ?? 0;
        return { path, hasAll: parameters.length === count && members.length > 0 };
      }),
    );
    expect(shown.filter(({ hasAll }) => !hasAll)).toEqual([]);
    expect(new Set(shown.map(({ path }) => path))).toEqual(new Set(Object.keys(document.paths)));
  });
});

describe("real answers of the read API are what the document says", () => {
  const withKey = TABLES.filter(({ isForPeople }) => !isForPeople).map(({ name }) => name);
  const ofPeople = TABLES.filter(({ isForPeople }) => isForPeople).map(({ name }) => name);

  it.each(ofPeople)("%s refuses a key, as the document says", async (name) => {
    const { security } = document.paths[tablePath(name)]!.get!;
    expect(security).toEqual([{ session: [] }]);
    const { status, body } = await read(tablePath(name));
    expect(status).toBe(403);
    expectValid(answerSchema(tablePath(name), "get", "403"), body);
  });

  it.each(withKey)("%s", async (name) => {
    const path = tablePath(name);
    const validate = answerSchema(path, "get", "200");
    const table = findTable(name)!;
    const needed = Object.entries(await neededOf(table, company));
    // Of a moment, not of now: who is on now depends on the time of day.
    if ("at" in table.query.shape) needed.push(["at", new Date(NOON + 1.5 * HOUR).toISOString()]);
    const subject = needed.map(([parameter, value]) => `&${parameter}=${value}`).join("");
    const ranges = "range" in table.query.shape ? ["range=7d", "from=2020-01-01&to=2020-01-01"] : [""];
    const queries = [...ranges, ...choicesOf(name)];
    let rows = 0;
    for (const query of queries) {
      const { status, body } = await read(`${path}?${query}${subject}`);
      expect({ query, status }).toEqual({ query, status: 200 });
      expectValid(validate, body);
      rows += body.rows.length;
    }
    // Nothing here is long enough unseen to be in the one report of what is inactive.
    expect(rows > 0 || name === "inactive").toBe(true);
  });

  it("with columns chosen, paged, and refused", async () => {
    const events = answerSchema("/api/v1/events", "get", "200");
    const first = await read("/api/v1/events?range=7d&limit=2&columns=userName,occurredAt");
    expectValid(events, first.body);
    const reports = answerSchema("/api/v1/reports/time-spent", "get", "400");
    const wrong = await read("/api/v1/reports/time-spent?range=week");
    expect(wrong.status).toBe(400);
    expectValid(reports, wrong.body);
    const unknown = await read("/api/v1/reports/time-spent", "ab".repeat(32));
    expect(unknown.status).toBe(401);
    expectValid(answerSchema("/api/v1/reports/time-spent", "get", "401"), unknown.body);
    const foreign = await read("/api/v1/events?company=987654321");
    expect(foreign.status).toBe(404);
    expectValid(answerSchema("/api/v1/events", "get", "404"), foreign.body);
  });
});

describe("real answers of the agent API are what the document says", () => {
  const good = {
    EventType: "Logon",
    UserName: "bert",
    ComputerName: "PC-9",
    Timestamp: new Date(NOON).toISOString(),
  };

  it.each([
    ["POST", "/api/log_event", good, 201],
    ["POST", "/api/log_event", good, 200],
    ["POST", "/api/log_event", { ...good, Timestamp: "noon" }, 400],
    ["POST", "/api/log_events", { events: [{ ...good, UserName: "carl" }, good, {}] }, 200],
    ["POST", "/api/log_events", [], 400],
    ["POST", "/api/health", { ComputerName: "PC-9", AgentVersion: "1.2.3", SpoolLength: 0 }, 200],
    ["GET", "/api/health", null, 200],
  ] as const)("%s %s", async (method, path, body, status) => {
    const answer = await fetch(agents.url + path, {
      method,
      headers: { "X-API-Key": readKey },
      ...(body !== null && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(status);
    const lower = method === "GET" ? "get" : "post";
    expectValid(answerSchema(path, lower, String(status)), await answer.json());
  });

  it("refused without a good key, and the event that the document shows is accepted", async () => {
    const refusal = await fetch(`${agents.url}/api/log_event`, { method: "POST", body: "{}" });
    expect(refusal.status).toBe(401);
    expectValid(answerSchema("/api/log_event", "post", "401"), await refusal.json());
    const { content } = document.paths["/api/log_event"]!.post!.requestBody!;
    const { schema, examples } = content["application/json"]!;
    const { value } = examples!.logon!;
    expectValid(ajv.compile({ $ref: `api.json${String(schema.$ref)}` }), value);
    const headers = { "X-API-Key": readKey };
    const sent = await fetch(`${agents.url}/api/log_event`, {
      method: "POST",
      headers,
      body: JSON.stringify(value),
    });
    expect(sent.status).toBe(201);
  });
});

/** A query for each choice of each of the table's own parameters that has choices. */
function choicesOf(name: string): string[] {
  const { parameters = [] } = document.paths[tablePath(name)]!.get!;
  const own = parameters.filter(({ name: parameter }) => !["format", "bom", "range"].includes(parameter));
  const range = parameters.some(({ name: parameter }) => parameter === "range") ? "range=7d&" : "";
  return own.flatMap(({ name: parameter, schema }) =>
    ((schema.enum ?? []) as string[]).map((choice) => `${range}${parameter}=${choice}`),
  );
}
