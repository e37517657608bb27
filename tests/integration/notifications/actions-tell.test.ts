import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { operatorContext } from "@/lib/services/context";
import { disableMfa } from "@/lib/services/mfa/own-mfa";
import { rotateKey, createKey } from "@/lib/services/sites/change-key";
import { createSite } from "@/lib/services/sites/create-site";
import { setGlobalRole, setMembership } from "@/lib/services/users/change-roles";
import { createUser } from "@/lib/services/users/create-user";
import { resetMfa } from "@/lib/services/users/reset-access";
import type { LiveSession } from "@/lib/services/auth/sessions";
import { recoveryCodeDigest } from "@/lib/services/mfa/recovery-codes";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { makeCompany, type TestCompany } from "../../support/stored-events";
import { sentencesIn, toldIn } from "../../support/told";

provideOwnDatabase();

let company: TestCompany;
beforeEach(async () => {
  company = await makeCompany("Acting");
  await database().execute(sql`delete from notifications where company_id = 0`);
});

const kindsIn = async (companyId: number) => (await toldIn(companyId)).map(({ kind }) => kind);
const newKey = (siteId: number) => ({
  siteId,
  description: "Reception",
  scopes: ["ingest" as const],
  expiresInDays: null,
});

/** Lets an audit row be written no more, so that whatever writes one rolls back. */
async function withoutTrail(work: () => Promise<unknown>): Promise<void> {
  await database().execute(sql`alter table audit_log add constraint no_trail check (false) not valid`);
  try {
    await expect(work()).rejects.toThrow(/no_trail|audit_log/);
  } finally {
    await database().execute(sql`alter table audit_log drop constraint no_trail`);
  }
}

describe("a key", () => {
  it("is told when it is created, with its site and who did it", async () => {
    await createKey(operatorIn(company), newKey(company.siteIds[0]!));
    expect(await sentencesIn(company.companyId)).toEqual([
      ["key.created", "The operator created API key “Reception” of site HO."],
    ]);
    expect((await toldIn(company.companyId))[0]!.site_id).toBe(company.siteIds[0]);
  });

  it("of a new site is told as well", async () => {
    await createSite(operatorIn(company), { name: "Annex" });
    expect((await sentencesIn(company.companyId))[0]![1]).toContain("“Annex” of site Annex");
  });

  it("is told when it is rotated, as that and not as a new one", async () => {
    const { id } = await createKey(operatorIn(company), newKey(company.siteIds[0]!));
    await rotateKey(operatorIn(company), { keyId: id, overlapHours: 24, expiresInDays: null });
    expect(await kindsIn(company.companyId)).toEqual(["key.created", "key.rotated"]);
  });
});

describe("a person", () => {
  const admin = () => operatorContext("command line");

  it("who becomes an administrator of the company is told once, one who stays a user never", async () => {
    const user = await makeUser("User", [{ companyId: company.companyId, role: "User" }]);
    const membership = { userId: user.id, memberCompanyId: company.companyId };
    await setMembership(admin(), { ...membership, role: "User" });
    expect(await kindsIn(company.companyId)).toEqual([]);
    await setMembership(admin(), { ...membership, role: "CompanyAdmin" });
    await setMembership(admin(), { ...membership, role: "CompanyAdmin" });
    expect(await sentencesIn(company.companyId)).toEqual([
      ["member.admin-added", `The operator made ${user.username} an administrator of the company.`],
    ]);
  });

  it("made with a role is told like one who is given it", async () => {
    await createUser(admin(), {
      username: `new-${company.companyId}`,
      email: `new-${company.companyId}@example.com`,
      globalRole: "Admin",
      memberships: [{ companyId: company.companyId, role: "User" }],
    });
    expect(await kindsIn(company.companyId)).toEqual(["member.admin-added"]);
    expect(await kindsIn(0)).toEqual(["user.role-raised"]);
  });

  it("who is made an Admin is told to each company that gets an administrator by it", async () => {
    await makeUser("GlobalAdmin");
    const other = await makeCompany("Administered before");
    const user = await makeUser("User", [
      { companyId: company.companyId, role: "User" },
      { companyId: other.companyId, role: "CompanyAdmin" },
    ]);
    const setRoles = async (...roles: ("Admin" | "GlobalAdmin" | "User")[]) => {
      for (const role of roles) await setGlobalRole(admin(), { userId: user.id, role });
    };
    await setRoles("GlobalAdmin", "Admin");
    expect(await kindsIn(company.companyId)).toEqual([]);
    await setRoles("User", "Admin");
    expect(await sentencesIn(company.companyId)).toEqual([
      ["member.admin-added", `The operator made ${user.username} an administrator of the company.`],
    ]);
    expect(await kindsIn(other.companyId)).toEqual([]);
  });

  it("whose global role is raised is told to the portal, one whose role is lowered is not", async () => {
    const user = await makeUser("User");
    await setGlobalRole(admin(), { userId: user.id, role: "Admin" });
    await setGlobalRole(admin(), { userId: user.id, role: "User" });
    expect(await sentencesIn(0)).toEqual([
      ["user.role-raised", `The operator gave ${user.username} the global role Administrator.`],
    ]);
  });

  it("whose second step is reset is told to each of their companies", async () => {
    const user = await makeUser("User", [{ companyId: company.companyId, role: "User" }]);
    const boss = await makeUser("GlobalAdmin");
    const reset = async () => resetMfa(await contextOf(boss), { userId: user.id });
    await reset();
    expect(await kindsIn(company.companyId)).toEqual([]);
    await database().execute(sql`update app_auth_users set mfa_enabled = true where id = ${user.id}`);
    await reset();
    expect(await sentencesIn(company.companyId)).toEqual([
      ["member.mfa-off", `${boss.username} turned off two-factor authentication for ${user.username}.`],
    ]);
    expect(await kindsIn(0)).toEqual([]);
  });

  it("who switches the own second step off is told too, to the portal when of no company", async () => {
    const user = await makeUser("User");
    const code = "abcde-fghij";
    await database().execute(
      sql`update app_auth_users set mfa_enabled = true, mfa_secret = 'x' where id = ${user.id}`,
    );
    await database().execute(
      sql`insert into mfa_recovery_codes (user_id, code_digest) values (${user.id}, ${recoveryCodeDigest(code)})`,
    );
    const session = { userId: user.id, username: user.username, isMfaRequired: false } as LiveSession;
    await disableMfa({ actorUserId: user.id, actorName: user.username, address: null }, session, code);
    expect(await sentencesIn(0)).toEqual([
      ["user.mfa-off", `${user.username} turned off two-factor authentication for their own account.`],
    ]);
  });
});

describe("what is rolled back", () => {
  it("is told nowhere: keys, roles, administrators and second steps", async () => {
    const user = await makeUser("User", [{ companyId: company.companyId, role: "User" }]);
    await database().execute(sql`update app_auth_users set mfa_enabled = true where id = ${user.id}`);
    const boss = await contextOf(await makeUser("GlobalAdmin"));
    const membership = { userId: user.id, memberCompanyId: company.companyId, role: "CompanyAdmin" as const };
    for (const work of [
      () => createKey(operatorIn(company), newKey(company.siteIds[0]!)),
      () => setMembership(boss, membership),
      () => setGlobalRole(boss, { userId: user.id, role: "Admin" }),
      () => resetMfa(boss, { userId: user.id }),
    ]) {
      await withoutTrail(work);
    }
    expect([...(await toldIn(company.companyId)), ...(await toldIn(0))]).toEqual([]);
  });
});
