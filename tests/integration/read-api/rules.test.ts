import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { RULES } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";
import { pageRules } from "@/lib/services/detections/list-rules";
import { rulesList } from "@/lib/services/tables/alert-lists";
import type { Mount } from "../../support/agent-mounts";
import { rowsOf } from "../../support/ask-table";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, scopeOver, type TestCompany } from "../../support/stored-events";

const NAMES = RULES.map(({ name }) => name);

let companies: TestCompany[];
let api: Mount;
let key: string;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  companies = [await makeCompany("Ruled"), await makeCompany("Ruled too"), await makeCompany("Ruled last")];
  key = await makeKey(companies[0]!, { scopes: ["read"] });
  api = await openReadApi();
});
afterAll(() => api.close());

async function read(query: string) {
  const answer = await fetch(`${api.url}/api/v1/rules?${query}`, { headers: { "X-API-Key": key } });
  const body = (await answer.json()) as { rows: { rule: string }[]; next: string | null };
  return { ...body, status: answer.status };
}

it("come page by page to an API key", async () => {
  const first = await read("limit=3");
  expect(first.rows.map(({ rule }) => rule)).toEqual(NAMES.slice(0, 3));
  const rest = await read(`after=${first.next}`);
  expect(rest.rows.map(({ rule }) => rule)).toEqual(NAMES.slice(3));
  expect(rest.next).toBeNull();
  expect((await read(`limit=${NAMES.length}`)).next).toBeNull();
});

it("refuse a cursor that is none of theirs", async () => {
  expect(await read("after=nonsense")).toMatchObject({ status: 400, errors: [{ field: "after" }] });
  const of = { after: null, limit: 1 };
  const { next } = await pageRules(companies[1]!.scope, ianaZone("UTC"), Date.now(), of);
  expect(await read(`after=${next}`)).toMatchObject({ status: 400, errors: [{ field: "after" }] });
});

it.each([1, 4, NAMES.length, NAMES.length + 1, 1_000])(
  "have each rule of each company once, in pages of %i",
  async (limit) => {
    const scope = scopeOver(companies.toReversed());
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page = await pageRules(scope, ianaZone("UTC"), Date.now(), { after, limit });
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      found.push(...page.rows.map(({ companyId, rule }) => `${companyId} ${rule}`));
      after = page.next;
    } while (after !== null);
    const ids = companies.map(({ companyId }) => companyId).toSorted((a, b) => a - b);
    expect(found).toEqual(ids.flatMap((id) => NAMES.map((name) => `${id} ${name}`)));
  },
);

it("are all in a file", async () => {
  expect(await rowsOf(rulesList, companies[0]!, {})).toHaveLength(NAMES.length);
});
