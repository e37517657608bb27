import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, expect, it, test } from "vitest";
import { database } from "@/db/client";
import { agentPackageInput } from "@/lib/domain/agent-package";
import type { ApiScope } from "@/lib/domain/api-scopes";
import { buildAgentPackage } from "@/lib/services/agent-package/build-package";
import { readPackageSites, type PackageSite } from "@/lib/services/agent-package/package-key";
import { createKey, disableKey, rotateKey } from "@/lib/services/sites/change-key";
import { createSite } from "@/lib/services/sites/create-site";
import { operatorIn } from "../../support/notifying";
import { makeCompany, type TestCompany } from "../../support/stored-events";

let company: TestCompany;
beforeAll(async () => {
  company = await makeCompany("Packages");
});

interface MadeKey {
  name: string;
  /** Days ago. */
  made?: number;
  /** In days from now; null for never. */
  ends?: number | null;
  scopes?: ApiScope[];
  isDisabled?: boolean;
}

async function makeKey(siteId: number, key: MadeKey): Promise<{ id: number; key: string }> {
  const context = operatorIn(company);
  const { made = 0, ends = null, scopes = ["ingest"] } = key;
  const input = { siteId, description: key.name, scopes, expiresInDays: null };
  const revealed = await createKey(context, input);
  await database().execute(sql`
    update app_auth_api_keys set created_at = now() - make_interval(hours => ${made * 24}),
      expires_at = now() + make_interval(hours => ${ends === null ? null : ends * 24}::int)
    where company_id = ${company.companyId} and id = ${revealed.id}`);
  if (key.isDisabled) await disableKey(context, { keyId: revealed.id });
  return revealed;
}

/** A site without keys. */
async function makeSite(name: string): Promise<number> {
  const { siteId } = await createSite(operatorIn(company), { name });
  await database().execute(sql`
    update app_auth_api_keys set deleted_at = now() where company_id = ${company.companyId} and site_id = ${siteId}`);
  return siteId;
}

async function shownKey(siteId: number): Promise<PackageSite["key"]> {
  return (await readPackageSites(company.scope)).find(({ id }) => id === siteId)!.key;
}

async function packageOf(siteId: number, choices: Record<string, string> = {}) {
  const options = agentPackageInput.parse({
    siteId: String(siteId),
    serverUrl: "https://portal.example.com",
    installDir: "C:\\ProgramData\\UserSessionMon",
    healthIntervalSeconds: "300",
    sessionLogMb: "5",
    errorLogMb: "5",
    eventLogMb: "5",
    ...choices,
  });
  const built = await buildAgentPackage(operatorIn(company), options);
  return Object.fromEntries(
    Object.entries(unzipSync(built.zip())).map(([name, bytes]) => [
      name,
      strFromU8(bytes, name.endsWith(".exe")),
    ]),
  );
}

const KEY_SETS: [holds: string, why: string, keys: MadeKey[]][] = [
  [
    "new",
    "the newest goes before one that works longer",
    [
      { name: "forever", made: 400 },
      { name: "new", made: 1, ends: 90 },
    ],
  ],
  [
    "new",
    "the newest goes before one that ends later",
    [
      { name: "old", made: 30, ends: 60 },
      { name: "new", made: 1, ends: 30 },
    ],
  ],
  [
    "old",
    "a newer one that has expired or is disabled counts for nothing",
    [
      { name: "old", made: 30, ends: 1 },
      { name: "expired", made: 2, ends: -1 },
      { name: "disabled", made: 1, isDisabled: true },
    ],
  ],
  [
    "agents",
    "a newer one that may do more is never handed out",
    [
      { name: "agents", made: 30, ends: 5 },
      { name: "programs", made: 1, scopes: ["ingest", "read"] },
      { name: "alerts", made: 1, scopes: ["ingest", "manage"] },
      { name: "reports", made: 1, scopes: ["read"] },
    ],
  ],
  [
    "broad",
    "one that may do more is no key for a package",
    [{ name: "all", scopes: ["ingest", "read", "manage"] }],
  ],
  ["none", "one that may not send events is no key for a package", [{ name: "reports", scopes: ["read"] }]],
  [
    "none",
    "none works",
    [
      { name: "expired", ends: -1 },
      { name: "disabled", isDisabled: true },
    ],
  ],
  ["none", "there is none", []],
];

test.each(KEY_SETS)("a package holds the key %j, as the page says: %s", async (holds, why, keys) => {
  const siteId = await makeSite(why);
  const digits = new Map<string, string>();
  for (const key of keys) digits.set(key.name, (await makeKey(siteId, key)).key);
  const held = digits.get(holds);

  const shown = await shownKey(siteId);
  const built = await packageOf(siteId).catch((error: Error) => error.message);
  const said = typeof shown === "string" ? shown : shown.end;
  expect(said).toBe(held?.slice(-4) ?? holds);
  expect(typeof built === "string" ? built : built["config.ini"]).toMatch(
    held === undefined ? /Add a key that|add or enable one/ : new RegExp(`^api_key = ${held}\r$`, "m"),
  );
});

it("holds a rotated key's successor while the old key still works, and says when it ends", async () => {
  const siteId = await makeSite("Rotated");
  const old = await makeKey(siteId, { name: "Reception" });
  const successor = await rotateKey(operatorIn(company), {
    keyId: old.id,
    overlapHours: 168,
    expiresInDays: 90,
  });
  expect((await packageOf(siteId))["config.ini"]).toContain(successor.key);
  const rows = await database().execute<{ at: number }>(sql`
    select extract(epoch from expires_at)::float8 * 1000 as at from app_auth_api_keys
    where company_id = ${company.companyId} and id = ${successor.id}`);
  expect(await shownKey(siteId)).toEqual({
    id: successor.id,
    description: "Reception",
    end: successor.key.slice(-4),
    expiresAt: rows[0]!.at,
  });
});

it("names a time zone of the logs only where one is chosen", async () => {
  const siteId = await makeSite("Zones");
  await makeKey(siteId, { name: "Reception" });
  const lineOf = async (choices: Record<string, string>) =>
    /^timezone.*$/m.exec((await packageOf(siteId, choices))["config.ini"]!)?.[0];
  expect(await lineOf({})).toBeUndefined();
  expect(await lineOf({ timeZone: "" })).toBeUndefined();
  expect(await lineOf({ timeZone: "Europe/London" })).toBe("timezone = Europe/London");
});

it("lists the company's own sites by name", async () => {
  const other = await makeCompany("Other packages");
  const names = (await readPackageSites(other.scope)).map(({ name }) => name);
  expect(names).toEqual(["HO"]);
});

/** The detection script with what it compares config.ini with taken out, and that. */
function detection(files: Record<string, string>): { script: string; config: string } {
  const [line, config] = /^\$config = '([0-9A-F]{64})'\r$/m.exec(files["detect.ps1"]!)!;
  return { script: files["detect.ps1"]!.replace(line, ""), config: config! };
}

it("is not found installed where another package's config.ini is, and found where its own is", async () => {
  const siteId = await makeSite("Detected");
  const first = await makeKey(siteId, { name: "Reception" });
  const before = await packageOf(siteId);
  const again = await packageOf(siteId);
  await rotateKey(operatorIn(company), { keyId: first.id, overlapHours: 1, expiresInDays: null });
  const rotated = await packageOf(siteId);
  const moved = await packageOf(siteId, { serverUrl: "https://elsewhere.example.com" });
  const scripts = [before, again, rotated, moved].map(detection);
  expect(scripts.map(({ config }) => config)).toEqual(
    [before, again, rotated, moved].map((files) =>
      createHash("sha256").update(files["config.ini"]!).digest("hex").toUpperCase(),
    ),
  );
  expect(new Set(scripts.map(({ config }) => config)).size).toBe(3);
  expect(new Set(scripts.map(({ script }) => script)).size).toBe(1);
});
