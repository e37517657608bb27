import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import type { Mount } from "../../support/agent-mounts";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

let api: Mount;
let own: TestCompany;
let other: TestCompany;
let readKey: string;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Own");
  other = await makeCompany("Other");
  readKey = await makeKey(own);
  const at = Date.now() - 60_000;
  await storeEvents(own, [{ type: "Logon", user: "Anna", computer: "PC-1", at }]);
  await storeEvents(other, [{ type: "Logon", user: "Bogdan", computer: "PC-9", at }]);
  api = await openReadApi();
});
afterAll(async () => {
  await api.close();
  await closeDatabase();
});

function ask(query: string, key?: string): Promise<Response> {
  return fetch(`${api.url}/api/v1/${query}`, {
    headers: key === undefined ? {} : { "X-API-Key": key },
  });
}

it("gives a key with scope read its own company's rows, whether the company is named or not", async () => {
  for (const query of ["accounts", `accounts?company=${own.companyId}`, "accounts?company=all"]) {
    const response = await ask(query, readKey);
    expect({ query, status: response.status }).toEqual({ query, status: 200 });
    const body = (await response.json()) as { rows: { userName: string }[]; company: object };
    expect(body.rows.map((row) => row.userName)).toEqual(["Anna"]);
    expect(body.company).toEqual({ id: own.companyId, name: own.name });
  }
});

it("answers another company's id exactly as one that does not exist", async () => {
  const bodies = await Promise.all(
    [String(other.companyId), "987654321", "x"].map(async (company) => {
      const response = await ask(`accounts?company=${company}`, readKey);
      expect(response.status).toBe(404);
      const { request_id: _, ...body } = (await response.json()) as Record<string, unknown>;
      return body;
    }),
  );
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
});

it("refuses keys that are unknown, disabled or without the scope", async () => {
  const disabled = await makeKey(own, { isActive: false });
  const ingest = await makeKey(own, { scopes: ["ingest"] });
  expect((await ask("accounts", "ab".repeat(32))).status).toBe(401);
  expect((await ask("accounts", "short")).status).toBe(401);
  expect((await ask("accounts", disabled)).status).toBe(401);
  expect((await ask("accounts", ingest)).status).toBe(403);
});

it.each([
  ["events?range=week", "range"],
  ["events?from=2026-02-30", "from"],
  ["events?to=yesterday", "to"],
  ["events?tz=Mars/Base", "tz"],
  ["events?site=abc", "site"],
  ["events?kind=logon,logonn", "kind"],
  ["events?account=0", "account"],
  ["events?sort=name", "sort"],
  ["events?from=2026-03-02&to=2026-03-01", "from"],
  ["events?limit=0", "limit"],
  ["events?limit=1001", "limit"],
  ["events?after=abc", "after"],
  ["accounts?after=abc", "after"],
  ["computers?format=exe", "format"],
  ["computers?q=a&q=b", "q"],
  ["computers?columns=computerName,colour", "columns"],
  ["computers?columns=", "columns"],
])("refuses %s and names the parameter", async (query, field) => {
  const response = await ask(query, readKey);
  const body = (await response.json()) as { errors: { field: string }[]; message: string };
  expect(response.status).toBe(400);
  expect(body.errors.map((error) => error.field)).toContain(field);
  expect(body.message).toContain(field);
});

it("answers 404 for a report that does not exist", async () => {
  expect((await ask("reports/nothing", readKey)).status).toBe(404);
});
