import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { narrowScopeTo } from "@/db/scope";
import { membersQuery } from "@/lib/domain/reports/members";
import { siteKeysQuery } from "@/lib/domain/reports/site-keys";
import { ianaZone } from "@/lib/domain/zones";
import { recordDenied } from "@/lib/services/access/record-denied";
import { readAudit, type AuditFilter } from "@/lib/services/audit/read-audit";
import { recordExport } from "@/lib/services/audit/record-export";
import { readMembers } from "@/lib/services/reports/members";
import { readSiteKeys } from "@/lib/services/reports/site-keys";
import { readSites } from "@/lib/services/sites/read-sites";
import { permittedScope } from "@/lib/services/tables/permitted-scope";
import { findTable } from "@/lib/services/tables/registry";
import type { Mount } from "../../support/agent-mounts";
import { contextOf, makeUser, type Person } from "../../support/people";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

const NOW = Date.now();
const RANGE = { range: { from: NOW, to: NOW }, zone: ianaZone("UTC"), now: NOW };
const NO_FILTER: AuditFilter = {
  search: "",
  area: null,
  outcome: null,
  companyId: null,
  from: null,
  to: null,
};

let first: TestCompany;
let second: TestCompany;
let foreign: TestCompany;
let boss: Person;
let api: Mount;

beforeAll(async () => {
  first = await makeCompany("Across first", 2);
  second = await makeCompany("Across second");
  foreign = await makeCompany("Across foreign");
  boss = await makeUser("User", [
    { companyId: first.companyId, role: "CompanyAdmin" },
    { companyId: second.companyId, role: "User" },
  ]);
  await makeUser("User", [{ companyId: second.companyId, role: "CompanyAdmin" }]);
  await makeUser("Admin", [
    { companyId: first.companyId, role: "User" },
    { companyId: second.companyId, role: "User" },
  ]);
  await makeUser("User", [{ companyId: foreign.companyId, role: "CompanyAdmin" }]);
  api = await openReadApi();
});
afterAll(async () => {
  await api.close();
  await closeDatabase();
});

const all = () => scopeOver([first, second, foreign]);

describe("what several companies have, read together", () => {
  it.each(["site-keys", "members"])(
    "%s is narrowed to the companies in which one has the right",
    async (name) => {
      const { actor } = await contextOf(boss);
      const scope = scopeOver([first, second]);
      const source = findTable(name)!;
      expect(permittedScope(source, scope, actor).companyIds).toEqual([first.companyId]);
      const nowhere = narrowScopeTo(scope, [second.companyId]);
      expect(() => permittedScope(source, nowhere, actor)).toThrow("Your role doesn't allow");
      expect(() => permittedScope(source, scope, null)).toThrow("API keys can't read this");
    },
  );

  it.each(["site-keys", "members"])("%s is closed to API keys, whatever their scope", async (report) => {
    const key = await makeKey(first, { scopes: ["read", "ingest"] });
    const answer = await fetch(`${api.url}/api/v1/reports/${report}`, { headers: { "X-API-Key": key } });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("rows");
  });
});

describe("members", () => {
  const list = async (person: Person, params: Record<string, string> = {}, scope = all()) => {
    const { actor } = await contextOf(person);
    const rows = await readMembers(scope, { query: membersQuery.parse(params), actor, ...RANGE });
    return rows.map((row) => `${row.companyId} ${row.globalRole} ${row.role}`);
  };
  const [admin, plain] = ["User CompanyAdmin", "Admin User"];

  it("stand once for each of their companies, filtered and sorted", async () => {
    const global = await makeUser("GlobalAdmin");
    const rows = await list(global);
    const of = ({ companyId }: TestCompany) => rows.filter((row) => row.startsWith(`${companyId} `));
    expect(of(first).toSorted()).toEqual([`${first.companyId} ${plain}`, `${first.companyId} ${admin}`]);
    expect(of(second)).toHaveLength(3);
    expect(of(foreign)).toEqual([`${foreign.companyId} ${admin}`]);
    expect(await list(global, { role: "User" })).toHaveLength(3);
    expect(await list(global, { state: "inactive" })).toEqual([]);
    expect(await list(global, { q: boss.username })).toHaveLength(2);
    expect(await list(global, { q: "across FOREIGN" })).toHaveLength(1);
    expect((await list(global, { sort: "-company" }))[0]).toContain(String(second.companyId));
  });

  it("of a higher global role are not shown to an administrator of a company", async () => {
    const own = narrowScopeTo(all(), [first.companyId]);
    expect(await list(boss, {}, own)).toEqual([`${first.companyId} ${admin}`]);
  });

  it("of a company where one is only a member are refused", async () => {
    await expect(list(boss, {}, scopeOver([first, second]))).rejects.toThrow("Your role doesn't allow this");
  });
});

describe("sites and keys", () => {
  const list = async (params: Record<string, string> = {}, companies = [first, second]) =>
    readSiteKeys(scopeOver(companies), { query: siteKeysQuery.parse(params), ...RANGE });

  it("stand with their company, those without a key too, and never with another's", async () => {
    const key = await makeKey(second, { isActive: false });
    await storeEvents(second, [{ type: "Logon", user: "anna", computer: "PC-1", at: NOW - 60_000 }]);
    const rows = await list();
    expect(new Set(rows.map(({ companyId }) => companyId))).toEqual(
      new Set([first.companyId, second.companyId]),
    );
    expect(rows.find(({ siteName }) => siteName === "Office 2")).toMatchObject({
      keyId: null,
      state: "none",
    });
    expect(rows.find(({ end }) => end === key.slice(-4))).toMatchObject({
      companyId: second.companyId,
      state: "disabled",
      lastEventAt: NOW - 60_000,
    });
    expect(JSON.stringify(rows)).not.toContain(key);
    expect((await list({ q: key.slice(-4) })).map(({ companyId }) => companyId)).toEqual([second.companyId]);
    expect(await list({ state: "none" })).toHaveLength(1);
    expect((await list({ q: "office" })).map(({ siteName }) => siteName)).toEqual(["Office 2"]);
    expect(await list({ site: String(foreign.siteIds[0]) })).toEqual([]);
  });

  it("tell which sites are silent, as the company's own page does", async () => {
    const quiet = await makeCompany("Quiet", 2);
    const at = NOW - 60_000;
    const query = siteKeysQuery.parse({ health: "silent" });
    const silentAt = async (now: number) => {
      const rows = await readSiteKeys(scopeOver([quiet]), { query, ...RANGE, now });
      const sites = await readSites(quiet, "UTC", now);
      const own = sites.flatMap(({ name, silentSince }) =>
        silentSince === undefined ? [] : [[name, silentSince]],
      );
      const listed = rows.map(({ siteName, silentSince }) => [siteName, silentSince]);
      expect(own).toEqual(listed);
      return listed;
    };
    expect(await silentAt(NOW)).toEqual([]);
    await storeEvents(quiet, [{ type: "Logon", user: "anna", computer: "PC-1", at }]);
    expect(await silentAt(NOW)).toEqual([["Office 2", null]]);
    expect(await silentAt(NOW + 30 * 86_400_000)).toEqual([
      ["HO", at],
      ["Office 2", null],
    ]);
    expect((await list({ health: "reporting" }, [quiet])).map(({ siteName }) => siteName)).toEqual(["HO"]);
  });

  it("tell an expired key and one that will end", async () => {
    await makeKey(foreign);
    await database().execute(
      `update app_auth_api_keys set expires_at = now() - interval '1 day' where company_id = ${foreign.companyId}`,
    );
    expect((await list({ state: "expired" }, [foreign])).length).toBeGreaterThan(0);
    await database().execute(
      `update app_auth_api_keys set expires_at = now() + interval '1 day' where company_id = ${foreign.companyId}`,
    );
    expect((await list({ state: "ending" }, [foreign])).length).toBeGreaterThan(0);
  });
});

describe("the audit trail", () => {
  it("of several companies holds their rows and no other's", async () => {
    const { actor, audit } = await contextOf(await makeUser("GlobalAdmin"));
    const trail = { companies: { actor, audit, scope: scopeOver([first, second]) } };
    await recordExport(trail, "csv", "q=somebody");
    const { entries } = await readAudit(trail, { ...NO_FILTER, search: "audit.export" }, null);
    expect(new Set(entries.map(({ company }) => company?.id))).toEqual(
      new Set([first.companyId, second.companyId]),
    );
    // What one looked for among several companies may name people of another.
    expect(entries.map(({ after }) => after)).toEqual([
      { format: "csv", filter: "" },
      { format: "csv", filter: "" },
    ]);
    const one = { ...NO_FILTER, companyId: first.companyId };
    const held = await readAudit(trail, one, null);
    expect(new Set(held.entries.map(({ company }) => company?.id))).toEqual(new Set([first.companyId]));
    const other = await readAudit(trail, { ...NO_FILTER, companyId: foreign.companyId }, null);
    expect(other.entries).toEqual([]);
  });

  it("shows what an area did together with what was refused in it", async () => {
    const { actor, audit } = await contextOf(await makeUser("GlobalAdmin"));
    const trail = { companies: { actor, audit, scope: scopeOver([first]) } };
    await recordExport(trail, "csv", "");
    for (const action of ["alerts:manage", "portal-notifications:manage", "site:manage"]) {
      await recordDenied(audit, { action, companyId: first.companyId });
    }
    const found = async (filter: Partial<AuditFilter>) => {
      const { entries } = await readAudit(trail, { ...NO_FILTER, ...filter }, null);
      return [...new Set(entries.map(({ action }) => action))];
    };
    expect(await found({ area: "alert", outcome: "denied" })).toEqual(["alerts:manage"]);
    expect(await found({ area: "notification" })).toEqual(["portal-notifications:manage"]);
    expect(await found({ area: "site", outcome: "denied" })).toEqual(["site:manage"]);
    expect(await found({ area: "audit" })).toEqual(["audit.export"]);
    expect(await found({ area: "site", outcome: "success" })).not.toContain("site:manage");
  });

  it("is refused when one of the companies is not the person's to read", async () => {
    const { actor, audit } = await contextOf(boss);
    const trail = { companies: { actor, audit, scope: scopeOver([first, second]) } };
    await expect(readAudit(trail, NO_FILTER, null)).rejects.toThrow("Your role doesn't allow this");
  });
});
