import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import bcrypt from "bcrypt";
import { database } from "@/db/client";
import { countsOf, everythingStored, importFrom, remarksOf, startAfresh } from "../../support/import-suite";
import {
  originalLogs,
  originalStatements,
  runOnSqlite,
  writeSqliteOriginal,
} from "../../support/original-database";
import { provideOwnDatabase } from "../../support/own-database";

const zone = { timeZone: "Europe/London", company: "Keyless" };
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An original with two companies without keys, of one moment, besides its own two. */
async function makeOriginal(name: string): Promise<string> {
  file = path.join(folder, `${name}.db`);
  const source = await writeSqliteOriginal(
    file,
    await originalStatements("sqlite", "Europe/London", originalLogs(300)),
  );
  const builtIn = await bcrypt.hash("adminsuper", 4);
  runOnSqlite(file, [
    `update app_auth_users set password = '${builtIn}' where id = 1`,
    "insert into app_auth_api_keys values (6, 'no key', 'Cellar', '2025-01-02 09:00:00.123456', null, 1, 1)",
    "update api_logs set company_id = 1, api_key_id = 6 where id = 150",
    ...["Gamma", "Delta"].flatMap((company, index) => [
      `insert into app_auth_companies values (${index + 11}, '${company}', null, '2025-01-05 09:00:00.123456')`,
      `update api_logs set company_id = ${index + 11}, api_key_id = null where id between ${index * 20 + 100} and ${index * 20 + 109}`,
    ]),
  ]);
  return source;
}

async function here(statement: string): Promise<void> {
  await database().execute(sql.raw(statement));
}

/** What an administrator can change here of what identifies what was imported. */
const CHANGES: Record<string, string> = {
  "the name of a key's site": "update sites set name = 'Head office' where name = 'HO'",
  "the name of the site of deleted keys":
    "update sites set name = 'Old' where name = 'Deleted keys (imported)'",
  "that there is a site of deleted keys": "update sites set deleted_at = now() where name = 'Old'",
  "the name of the site of a key that no agent can use":
    "update sites set name = 'Attic' where name = 'Cellar'",
  "who belongs to a company": "delete from app_auth_user_companies where role = 'CompanyAdmin'",
  "the role in a company": "update app_auth_user_companies set role = 'CompanyAdmin'",
  "the allowed domains": "delete from app_auth_allowed_domains",
  "that a key is active": "update app_auth_api_keys set is_active = false where description = 'Branch'",
  "that there is a key": "update app_auth_api_keys set deleted_at = now() where description = 'Old office'",
  "the first administrator's address, name, and password":
    "update app_auth_users set email = 'boss@example.org', username = 'boss', password = 'other', last_sign_in_at = now() where username = 'superadmin'",
  "a user's address": "update app_auth_users set email = 'anna@new.example' where username = 'anna'",
  "a user's name": "update app_auth_users set username = 'robert' where username = 'bob'",
  "a user's role": "update app_auth_users set role = 'User' where username = 'anna'",
  "that a user is active": "update app_auth_users set is_active = false where username = 'anna'",
  "that there is a user": "delete from app_auth_users where username = 'Dora'",
  "a company's name": "update app_auth_companies set name = 'Acme Ltd' where name = 'Acme'",
  "the name of a company without keys":
    "update app_auth_companies set name = name || ' Ltd' where name in ('Gamma', 'Delta')",
  "the name of the company for what belongs to none":
    "update app_auth_companies set name = 'Keyless Ltd' where name = 'Keyless'",
};

describe("after an administrator changed", () => {
  provideOwnDatabase();
  let source: string;
  beforeAll(async () => {
    await startAfresh();
    source = await makeOriginal("changed-here");
    await importFrom(source, zone);
  });

  it.each(Object.entries(CHANGES))(
    "%s, another run changes nothing and brings nothing back",
    async (_, change) => {
      const before = await everythingStored();
      await here(change);
      const stored = await everythingStored();
      expect(stored, "the change was made").not.toEqual(before);
      for (const isDryRun of [true, false]) {
        const counts = countsOf(await importFrom(source, { ...zone, isDryRun }));
        for (const table of Object.values(counts)) expect(table).toMatchObject({ written: 0, changed: 0 });
      }
      expect(await everythingStored()).toEqual(stored);
    },
  );
});

/** What can change in the original between two runs. */
const CHANGES_THERE: Record<string, string> = {
  "a user's address": "update app_auth_users set email = 'anna@other.example' where username = 'anna'",
  "a user's name": "update app_auth_users set username = 'annabel' where username = 'anna'",
  "a company's name": "update app_auth_companies set name = 'Epsilon' where name = 'Gamma'",
  "the company of a key": "update app_auth_api_keys set company_id = 2 where id = 1",
};

describe("after there changed in the original", () => {
  provideOwnDatabase();
  let source: string;
  beforeAll(async () => {
    await startAfresh();
    source = await makeOriginal("changed-there");
    await importFrom(source, zone);
  });

  it.each(Object.entries(CHANGES_THERE))("%s, another run makes nothing of it anew", async (_, change) => {
    const stored = await everythingStored();
    runOnSqlite(file, [change]);
    for (const table of Object.values(countsOf(await importFrom(source, zone))))
      expect(table).toMatchObject({ written: 0, changed: 0 });
    expect(await everythingStored()).toEqual(stored);
  });

  it("a user, who has the number of a deleted one now, the new one is not taken for the old one", async () => {
    const hash = await bcrypt.hash("Eve-Passw0rd!", 4);
    runOnSqlite(file, [
      "delete from app_auth_users where id = 4",
      `insert into app_auth_users values (4, 'eve', 'eve@acme.example', '${hash}', 'User', 1, null, 0, null)`,
    ]);
    expect(countsOf(await importFrom(source, zone)).users).toMatchObject({ written: 1, present: 3 });
    const users = await database().execute<{ username: string; isActive: boolean }>(
      sql`select username, is_active as "isActive" from app_auth_users where username in ('Dora', 'eve') order by 1`,
    );
    expect([...users]).toEqual([
      { username: "Dora", isActive: false },
      { username: "eve", isActive: true },
    ]);
  });
});

describe("access that was taken away on one side only", () => {
  provideOwnDatabase();
  let source: string;
  beforeAll(async () => {
    await startAfresh();
    source = await makeOriginal("access");
    await importFrom(source, zone);
  });

  it.each([
    [
      "a user is inactive there",
      "update app_auth_users set is_active = 0 where username = 'bob'",
      "users: is inactive in the original, active here; unchanged: bob@acme.example",
    ],
    [
      "a user has a lower role there",
      "update app_auth_users set role = 'User' where username = 'anna'",
      "users: has another global role here; unchanged: Anna@acme.example: User → Admin",
    ],
    [
      "a user has a new password there",
      `update app_auth_users set password = '$2b$04$${"a".repeat(53)}' where username = 'Dora'`,
      "users: has a new password in the original; not taken over: Dora",
    ],
    [
      "a key is disabled there",
      "update app_auth_api_keys set is_active = 0 where id = 2",
      "API keys: is disabled in the original, active here; unchanged: Branch",
    ],
    [
      "a member has a lower role there",
      "update app_auth_user_companies set role = 'User' where id = 1",
      "memberships: has another role here (CompanyAdmin); unchanged: number 1",
    ],
  ])("%s: nothing changes here, and the report says so", async (_, change, remark) => {
    const [before, stored] = [remarksOf(await importFrom(source, zone)), await everythingStored()];
    runOnSqlite(file, [change]);
    const told = remarksOf(await importFrom(source, zone));
    expect(told.filter((one) => !before.includes(one))).toEqual([remark]);
    expect(await everythingStored()).toEqual(stored);
  });

  it.each([
    [
      "a user is inactive here",
      "update app_auth_users set is_active = false where username = 'superadmin'",
      "users: is active in the original, inactive here; unchanged: superadmin@example.com",
    ],
    [
      "a key is disabled here",
      "update app_auth_api_keys set is_active = false where description = 'Initial Admin API Key'",
      "API keys: is active in the original, disabled here; unchanged: Initial Admin API Key",
    ],
    [
      "a member was removed here",
      "delete from app_auth_user_companies m using app_auth_users u where u.id = m.user_id and username = 'Dora'",
      "memberships: was removed here; stays removed: number 4",
    ],
    [
      "a domain was removed here",
      "delete from app_auth_allowed_domains",
      "allowed domains: was removed here; stays removed: @acme.example",
    ],
    [
      "a user was deleted here",
      "delete from app_auth_users where username = 'Dora'",
      "users: was deleted here; stays deleted: Dora",
    ],
  ])("%s: it stays so, and the report says so", async (_, change, remark) => {
    await here(change);
    const stored = await everythingStored();
    expect(remarksOf(await importFrom(source, zone))).toContain(remark);
    expect(await everythingStored()).toEqual(stored);
  });
});

describe("the first administrator of an original", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("gets a new password here while no one has signed in, and no longer once someone has", async () => {
    const source = await makeOriginal("first-administrator");
    await importFrom(source, zone);
    const withPassword = async (password: string) => {
      runOnSqlite(file, [
        `update app_auth_users set password = '${await bcrypt.hash(password, 4)}' where id = 1`,
      ]);
      return countsOf(await importFrom(source, zone)).users;
    };
    expect(await withPassword("Second-Passw0rd!")).toMatchObject({ written: 0, changed: 1 });
    await here("update app_auth_users set last_sign_in_at = now() where username = 'superadmin'");
    expect(await withPassword("Third-Passw0rd!")).toMatchObject({ written: 0, changed: 0 });
  });

  it("is inactive with the built-in password where another one is in use, and must change it", async () => {
    const source = await makeOriginal("open-door");
    runOnSqlite(file, [
      "update app_auth_users set username = 'root', email = 'root@beta.example' where id = 1",
    ]);
    expect(remarksOf(await importFrom(source, zone))).toContain(
      "users: has the built-in password; imported as inactive: root",
    );
    const [root] = await database().execute(
      sql`select role, is_active, must_change_password from app_auth_users where username = 'root'`,
    );
    expect(root).toEqual({ role: "GlobalAdmin", is_active: false, must_change_password: true });
  });
});

describe("two originals whose rows have the same numbers and names", () => {
  provideOwnDatabase();
  beforeAll(startAfresh);

  it("are not mixed up", async () => {
    await importFrom(await makeOriginal("one"), zone);
    await here("update app_auth_users set last_sign_in_at = now() where username = 'superadmin'");
    const source = await makeOriginal("two");
    runOnSqlite(file, [
      "update app_auth_api_keys set key = substr(key, 1, 63) || '0'",
      `update app_auth_users set email = 'two.' || email, password = '$2b$04$${"b".repeat(53)}'`,
    ]);
    const { users, memberships } = countsOf(await importFrom(source, { ...zone, company: "Keyless too" }));
    expect(users).toMatchObject({ written: 4, present: 0 });
    expect(memberships).toMatchObject({ written: 4, present: 0 });
  });
});
