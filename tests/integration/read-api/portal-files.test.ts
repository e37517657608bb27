import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { read, utils } from "xlsx";
import * as companiesFile from "@/app/(portal)/admin/companies/export/route";
import * as usersFile from "@/app/(portal)/admin/users/export/route";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { ENGLISH_READER } from "@/lib/english";
import { portalUserFilterOf, userFilesQuery } from "@/lib/server/user-filter";
import { readCompanies } from "@/lib/services/companies/read-companies";
import { readUsers } from "@/lib/services/users/read-users";
import { provideOwnDatabase } from "../../support/own-database";
import { readPdf } from "../../support/pdf-text";
import { makePeopleOfAllStates } from "../../support/people-of-all-states";
import { makeUser, type Person } from "../../support/people";
import { signedInAs } from "../../support/signed-in";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const session = vi.hoisted(() => ({ user: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => ({
  ...(await original<object>()),
  currentUser: async () => session.user,
}));
vi.mock("@/lib/server/texts/words", async (original) => ({
  ...(await original<object>()),
  getReader: async () => ENGLISH_READER,
}));

// The trails of all companies tell of its exports.
provideOwnDatabase();

/** In each name or address of this suite alone: others make people and companies in the same database meanwhile. */
const MARK = `mark${randomBytes(6).toString("hex")}`;
const FORMULA = `=cmd|calc ${MARK}`;
let own: TestCompany;
let second: TestCompany;
let foreign: TestCompany;
let people: Awaited<ReturnType<typeof makePeopleOfAllStates>>;
let boss: Person;
let admin: Person;
/** In two companies, and in none. */
let shared: Person;
let free: Person;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [own, second, foreign] = [
    await makeCompany(`${MARK} listed`),
    await makeCompany(`${MARK} second listed`),
    await makeCompany(`${MARK} listed elsewhere`),
  ];
  people = await makePeopleOfAllStates(own.companyId);
  boss = await makeUser("GlobalAdmin");
  free = await makeUser("User");
  shared = await makeUser("User", [
    { companyId: own.companyId, role: "CompanyAdmin" },
    { companyId: second.companyId, role: "User" },
  ]);
  await makeUser("User", [{ companyId: foreign.companyId, role: "CompanyAdmin" }]);
  admin = await makeUser("Admin", [
    { companyId: own.companyId, role: "User" },
    { companyId: second.companyId, role: "User" },
  ]);
  await storeEvents(own, [{ type: "Logon", user: "anna", computer: "PC-1", at: Date.now() - 60_000 }]);
  await database().execute(sql`
    update app_auth_companies set description = ${FORMULA}, time_zone = 'Asia/Tokyo' where id = ${second.companyId}`);
  const companyIds = sql.raw([own, second, foreign].map(({ companyId }) => companyId).join(", "));
  await database().execute(sql`
    update app_auth_users u set email = ${`${MARK}.`} || username || '@example.com'
    where id in (${boss.id}, ${free.id})
      or exists (select from app_auth_user_companies m where m.user_id = u.id and m.company_id in (${companyIds}))`);
});

async function signIn(person: Person) {
  const user = await signedInAs(person);
  session.user = user;
  return { access: user.access, context: { actor: user.access.actor, audit: user.auditActor } };
}

const at = (list: string, query: string, headers = {}) =>
  new NextRequest(`http://localhost/admin/${list}/export?${query}`, { headers });
const none = { params: Promise.resolve({}) };
const askUsers = (query: string, headers = {}) => usersFile.GET(at("users", query, headers), none);
const askCompanies = (query: string, headers = {}) =>
  companiesFile.GET(at("companies", query, headers), none);

/** The cells of an Excel file, in which names stand as they are. */
async function rowsOf(answer: Response): Promise<string[][]> {
  expect(answer.status).toBe(200);
  const book = read(new Uint8Array(await answer.arrayBuffer()), { type: "array" });
  // The second sheet says what the first one holds.
  const sheet = book.Sheets[book.SheetNames[0]!]!;
  return utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: "" });
}
/** Those below the row of headers that begins with the word. */
const below = (rows: string[][], header: string) =>
  rows.slice(rows.findIndex(([cell]) => cell === header) + 1);

interface Told extends Record<string, unknown> {
  company: number | null;
  after: Record<string, unknown>;
}
/** What the trails say of the exports that the person made. */
const exportsBy = async ({ id }: Person) => [
  ...(await database().execute<Told>(sql`
    select company_id as company, after from audit_log
    where actor_user_id = ${id} and action = 'report.export' order by seq`)),
];

const USER_FILTERS: [name: string, address: Record<string, string>][] = [
  ["none", { q: MARK }],
  ["active", { q: MARK, state: "active" }],
  ["inactive", { q: MARK, state: "inactive" }],
  ["waiting", { q: MARK, state: "waiting" }],
  ["invited", { q: MARK, state: "invited" }],
  ["a global role", { q: MARK, role: "Admin" }],
  ["a role that an Admin never sees", { q: MARK, role: "GlobalAdmin" }],
  ["a role in a company", { q: MARK, companyRole: "CompanyAdmin" }],
  ["the second step on", { q: MARK, mfa: "on" }],
  ["the second step off", { q: MARK, mfa: "off" }],
  ["a search", { q: ` ${MARK.toUpperCase()}.Invited ` }],
  ["a sign that is no wildcard", { q: `${MARK}_%` }],
  ["nonsense", { q: MARK, state: "asleep", role: "boss", company: "x", after: "?" }],
];

describe("a file of the portal's users", () => {
  it.each(USER_FILTERS)("has the rows of the list, in its order, under %s", async (_, address) => {
    for (const person of [admin, boss]) {
      const { access, context } = await signIn(person);
      for (const company of [
        {},
        { company: String(own.companyId) },
        { company: String(foreign.companyId) },
      ]) {
        const filter = portalUserFilterOf({ ...address, ...company }, access.companies);
        const { users, nextCursor } = await readUsers(context, filter, { after: null });
        expect(nextCursor).toBeNull();
        const rows = below(await rowsOf(await askUsers(`${userFilesQuery(filter)}&format=xlsx`)), "User");
        expect(rows.map(([name]) => name)).toEqual(users.map(({ username }) => username));
      }
    }
  });

  it("tells states, companies with the role there, and the second step in words", async () => {
    await signIn(admin);
    const rows = below(await rowsOf(await askUsers(`company=${own.companyId}&format=xlsx`)), "User");
    const of = ({ username }: Person) => rows.find(([name]) => name === username)!;
    const roles = `${own.name} (Company administrator), ${second.name} (Member)`;
    expect(of(shared).slice(2, 7)).toEqual(["Active", "", roles, "User", "Off"]);
    expect(of(people.waiting)[2]).toBe("Waiting");
    expect(of(people.invited)[2]).toBe("Invited");
    expect(of(people.invited)[3]).toMatch(/^\d{4}-\d{2}-\d{2}/);
    expect(of(people.invitedAndInactive)[2]).toBe("Inactive");
    expect(of(people.withCode)[6]).toBe("On");
    expect(of(people.mustSetUpCode)[6]).toBe("Required, not set up");
    expect(rows.some(([name]) => name === free.username)).toBe(false);
  });

  it("tells of no company that the person may not see", async () => {
    const both = await makeUser("User", [
      { companyId: own.companyId, role: "User" },
      { companyId: foreign.companyId, role: "User" },
    ]);
    await signIn(admin);
    const text = await (await askUsers(`q=${both.username}`)).text();
    expect(text).toContain(own.name);
    expect(text).not.toContain(foreign.name);
  });

  it("is CSV with names that no spreadsheet takes for formulas, and a PDF with the filters in words", async () => {
    await signIn(admin);
    const { username } = people.active;
    const answer = await askUsers(`q=${encodeURIComponent(username)}`);
    expect(answer.headers.get("Content-Disposition")).toMatch(/filename="users_All-companies_[\d-]+\.csv"/);
    const [, line] = (await answer.text()).trim().split("\r\n");
    expect(line!.startsWith(`'${username},`)).toBe(true);
    const query = `q=invited&state=invited&company=${own.companyId}&companyRole=User&mfa=off&role=User&format=pdf`;
    const pages = await readPdf(new Uint8Array(await (await askUsers(query)).arrayBuffer()));
    const text = pages.flatMap(({ texts }) => texts).join(" ");
    expect(text).toContain(people.invited.username);
    expect(text.replaceAll(/\s+/g, " ")).toContain("State: Invited");
  });

  it("is told whole in the portal's trail, and without names in those of the companies", async () => {
    const asker = await makeUser("Admin", [
      { companyId: own.companyId, role: "User" },
      { companyId: second.companyId, role: "User" },
    ]);
    await signIn(asker);
    await (await askUsers(`q=nobody-${MARK}&state=active&format=pdf`)).arrayBuffer();
    const share = { report: "users", format: "pdf", filters: "" };
    const whole = { ...share, filters: `q=nobody-${MARK}&state=active`, rowCount: 0, companies: 2 };
    const told = await exportsBy(asker);
    // Which company is told first doesn't matter.
    expect(told.toSorted((a, b) => (a.company ?? 0) - (b.company ?? 0))).toEqual([
      { company: null, after: whole },
      { company: own.companyId, after: share },
      { company: second.companyId, after: share },
    ]);
    await (await askUsers(`q=nobody-${MARK}&company=${second.companyId}`)).text();
    const held = (await exportsBy(asker)).slice(3);
    expect(held.map(({ company }) => company)).toEqual([null, second.companyId]);
    expect(held[0]!.after).toMatchObject({ filters: `q=nobody-${MARK}&company=${second.companyId}` });
  });

  it("is refused below Admin, to other sites, and in a format there is none of, with nothing in the trail", async () => {
    for (const person of [shared, people.active]) {
      await signIn(person);
      expect((await askUsers("format=xlsx")).status).toBe(403);
      expect(await exportsBy(person)).toEqual([]);
    }
    const asker = await makeUser("Admin", [{ companyId: own.companyId, role: "User" }]);
    await signIn(asker);
    expect((await askUsers("", { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    for (const query of ["format=docx", "q=a&q=b", "q=%00"]) {
      expect([query, (await askUsers(query)).status]).toEqual([query, 400]);
    }
    session.user = null;
    expect((await askUsers("")).status).toBe(401);
    expect(await exportsBy(asker)).toEqual([]);
  });
});

describe("a file of the portal's companies", () => {
  it.each([
    ["a name", `${MARK} listed `],
    ["another case", `${MARK} SECOND L`],
    ["a description", FORMULA],
    ["a sign that is no wildcard", `${MARK}%`],
  ])("has the rows of the list, in its order, when it is searched for %s", async (_, q) => {
    const { access } = await signIn(boss);
    const { companies, nextCursor } = await readCompanies(access.scope, q.trim(), null);
    expect(nextCursor).toBeNull();
    const query = new URLSearchParams({ q, format: "xlsx" });
    const rows = below(await rowsOf(await askCompanies(query.toString())), "Company");
    expect(rows.map(([name]) => name)).toEqual(companies.map(({ name }) => name));
  });

  it("tells what each holds, and keeps a spreadsheet from taking a description for a formula", async () => {
    const { access } = await signIn(boss);
    const rows = below(await rowsOf(await askCompanies(`q=${MARK}&format=xlsx`)), "Company");
    const of = ({ name }: TestCompany) => rows.find(([cell]) => cell === name)!;
    const { companies } = await readCompanies(access.scope, own.name, null);
    const { eventCount, userCount, siteCount } = companies[0]!;
    expect([eventCount, siteCount]).toEqual([1, 1]);
    expect(of(own).slice(1, 5)).toEqual(["", "1", String(userCount), "1"]);
    expect(of(own)[5]).toMatch(/^\d{4}-\d{2}-\d{2}/);
    expect(of(own)[6]).toBe("Portal default");
    expect([of(second)[1], of(second)[2], of(second)[5], of(second)[6]]).toEqual([
      FORMULA,
      "0",
      "",
      "Asia/Tokyo",
    ]);
    const answer = await askCompanies(`q=${encodeURIComponent(second.name)}`);
    expect(answer.headers.get("Content-Disposition")).toMatch(
      /filename="company-list_All-companies_[\d-]+\.csv"/,
    );
    const [, line] = (await answer.text()).trim().split("\r\n");
    expect(line!.startsWith(`${second.name},"'${FORMULA}",0,`)).toBe(true);
  });

  it("is a PDF, too, and told in the portal's trail with its search", async () => {
    const asker = await makeUser("GlobalAdmin");
    await signIn(asker);
    const pages = await readPdf(
      new Uint8Array(await (await askCompanies(`q=${own.name}&format=pdf`)).arrayBuffer()),
    );
    const text = pages.flatMap(({ texts }) => texts).join(" ");
    expect(text).toContain("Companies");
    expect(text).toContain("Portal default");
    const [whole] = await exportsBy(asker);
    expect(whole).toMatchObject({
      company: null,
      after: {
        report: "company-list",
        format: "pdf",
        filters: new URLSearchParams({ q: own.name }).toString(),
      },
    });
  });

  it("is refused to everybody but global administrators, with nothing in the trail", async () => {
    for (const person of [admin, shared, people.active]) {
      const before = await exportsBy(person);
      await signIn(person);
      expect((await askCompanies("format=csv")).status).toBe(403);
      expect(await exportsBy(person)).toEqual(before);
    }
    await signIn(boss);
    expect((await askCompanies("format=docx")).status).toBe(400);
  });
});
