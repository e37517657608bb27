import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { operatorScope } from "@/db/scope";
import { inEnglish } from "@/lib/english";
import { recordDenied } from "@/lib/services/access/record-denied";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany } from "@/lib/services/companies/create-company";
import { operatorContext, type CompanyContext } from "@/lib/services/context";
import { createKey, deleteKey, disableKey } from "@/lib/services/sites/change-key";
import { findPastedKey } from "@/lib/services/sites/find-key";
import { findNamedKeys } from "@/lib/services/sites/find-named-keys";
import { readSites } from "@/lib/services/sites/read-sites";
import { keySearchInput } from "@/lib/services/sites/site-input";
import { ensureSettings } from "@/db/queries/global/first-start";
import { provideOwnDatabase } from "../../support/own-database";

provideOwnDatabase();

const operator = operatorContext("command line");
let company: CompanyContext;
let other: CompanyContext;
let gate: { id: number; key: string };

beforeAll(async () => {
  await database().transaction(ensureSettings);
  const make = async (name: string) => {
    const { id } = await createCompany(operatorActor("command line"), { name });
    return { ...operator, scope: operatorScope(id) };
  };
  company = await make("With keys");
  other = await make("Other");
  const [site] = await readSites(company, "UTC");
  gate = await createKey(company, {
    siteId: site!.id,
    description: "gate",
    scopes: ["ingest"],
    expiresInDays: null,
  });
});

const NONE = { code: "not_found", message: inEnglish({ key: "errors.noKeyMatches" }) };
const find = (context: CompanyContext, key: string) => findPastedKey(context, keySearchInput.parse({ key }));

describe("which key is this", () => {
  it("lists each key with its last four characters, and no more of it", async () => {
    const [site] = await readSites(company, "UTC");
    const listed = site!.keys.find(({ id }) => id === gate.id)!;
    expect(listed.end).toBe(gate.key.slice(-4));
    expect(JSON.stringify(site)).not.toContain(gate.key.slice(-5));
  });

  it("finds a pasted key, whole and by its end, however it is written", async () => {
    const found = [{ id: gate.id, siteName: "HO", description: "gate" }];
    expect(await find(company, ` ${gate.key.toUpperCase()} `)).toEqual(found);
    expect(await find(company, gate.key.slice(-4))).toEqual(expect.arrayContaining(found));
    expect(await find(company, `…${gate.key.slice(-4)}`)).toEqual(expect.arrayContaining(found));
  });

  it("knows nothing of another company's key", async () => {
    await expect(find(other, gate.key)).rejects.toMatchObject(NONE);
  });

  it.each(["", "12345", "zzzz", "a".repeat(63)])("asks for a key instead of %j", (key) => {
    expect(keySearchInput.safeParse({ key }).success).toBe(false);
  });
});

describe("keys in the palette", () => {
  const names = async (words: string, context = company) =>
    (await findNamedKeys(context, words)).map(({ description, isActive }) => [description, isActive]);

  it("are found by name, with the verb before it or without", async () => {
    expect(await names("gat")).toEqual([["gate", true]]);
    expect(await names("Disable key gate")).toEqual([["gate", true]]);
    expect(await names("disable key nothing")).toEqual([]);
    expect(await names("gate", other)).toEqual([]);
    const german = await findNamedKeys(company, "Schlüssel gate deaktivieren", ["schlüssel", "deaktivieren"]);
    expect(german).toMatchObject([{ description: "gate" }]);
  });

  it("are only those that the actor manages", async () => {
    const member = { userId: 1, globalRole: "User" as const, memberships: [] };
    expect(await findNamedKeys({ scope: company.scope, actor: member }, "gate")).toEqual([]);
  });

  it("say whether they are disabled, and go when they are deleted", async () => {
    await disableKey(company, { keyId: gate.id });
    expect(await names("gate")).toEqual([["gate", false]]);
    await deleteKey(company, { keyId: gate.id });
    expect(await names("gate")).toEqual([]);
    await expect(find(company, gate.key)).rejects.toMatchObject(NONE);
  });
});

it("leaves one row of a refusal that a page meets twice, and one of each other refusal", async () => {
  const actor = { ...operatorActor("command line"), address: "192.0.2.77" };
  for (const targetId of ["41", "41", "42"]) {
    await recordDenied(actor, { action: "company:read", companyId: null, targetType: "company", targetId });
  }
  const rows = await database().execute<{ target_id: string }>(
    "select target_id from audit_log where address = '192.0.2.77' and outcome = 'denied' order by seq",
  );
  expect(rows.map((row) => row.target_id)).toEqual(["41", "42"]);
});
