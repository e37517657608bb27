import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { read, utils } from "xlsx";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { ENGLISH_READER } from "@/lib/english";
import type { SignedIn } from "@/lib/server/guards";
import { answerTable } from "@/lib/server/read-api/table-route";
import { memberFilesQuery, userFilterOf } from "@/lib/server/user-filter";
import { findTable } from "@/lib/services/tables/registry";
import { readUsers } from "@/lib/services/users/read-users";
import { makePeopleOfAllStates } from "../../support/people-of-all-states";
import { makeUser, type Person } from "../../support/people";
import { signedInAs } from "../../support/signed-in";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const session = vi.hoisted(() => ({ user: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => ({
  ...(await original<object>()),
  currentUser: async () => session.user,
}));
vi.mock("@/lib/server/texts/words", async (original) => ({
  ...(await original<object>()),
  getReader: async () => ENGLISH_READER,
}));

let own: TestCompany;
let admin: Person;
let people: Awaited<ReturnType<typeof makePeopleOfAllStates>>;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Membered");
  people = await makePeopleOfAllStates(own.companyId);
  admin = await makeUser("User", [{ companyId: own.companyId, role: "CompanyAdmin" }]);
  // Higher than the administrator, who doesn't see them.
  await makeUser("GlobalAdmin", [{ companyId: own.companyId, role: "User" }]);
  await makeUser("User", [{ companyId: (await makeCompany("Not membered")).companyId, role: "User" }]);
});
afterAll(closeDatabase);

async function signIn(person: Person): Promise<SignedIn> {
  const user = await signedInAs(person);
  session.user = user;
  return user;
}

/** The list's filter for an address, as its page makes it. */
const filterOf = (params: Record<string, string>) => ({
  ...userFilterOf(params),
  globalRole: null,
  companyId: own.companyId,
});

function ask(query: string, more: Record<string, string>) {
  const params = new URLSearchParams([...new URLSearchParams(query), ...Object.entries(more)]);
  params.set("company", String(own.companyId));
  return answerTable(new Request(`http://localhost/api/v1/reports/members?${params}`), findTable("members"));
}
const linesOf = async (answer: Response) => (await answer.text()).replace("\uFEFF", "").trim().split("\r\n");
const usernamesIn = async (query: string) => {
  const answer = await ask(query, { columns: "username", format: "csv", bom: "off" });
  expect(answer.status).toBe(200);
  // What keeps a spreadsheet from taking a name for a formula is no part of it.
  return (await linesOf(answer)).slice(1).map((name) => name.replace(/^'/, ""));
};

const ADDRESSES: [filter: string, address: Record<string, string>, found: (keyof typeof people)[] | "any"][] =
  [
    ["none", {}, "any"],
    ["active", { state: "active" }, ["active", "withCode", "mustSetUpCode", "invited", "invitedInVain"]],
    ["inactive", { state: "inactive" }, ["inactive", "waiting", "invitedAndInactive"]],
    ["waiting", { state: "waiting" }, ["waiting"]],
    ["invited", { state: "invited" }, ["invited", "invitedInVain", "invitedAndInactive"]],
    ["the second step on", { mfa: "on" }, ["withCode"]],
    [
      "the second step off",
      { mfa: "off", state: "invited" },
      ["invited", "invitedInVain", "invitedAndInactive"],
    ],
    ["members who are no administrators", { companyRole: "User" }, "any"],
    ["administrators", { companyRole: "CompanyAdmin" }, []],
    ["a search", { q: " invitedIN " }, ["invitedInVain"]],
    ["a sign that is no wildcard", { q: "%" }, []],
    ["a formula", { q: "=1+" }, ["active"]],
    // The company's name is no part of what one company's list is searched in.
    ["the company's name", { q: "Membered" }, []],
    [
      "nonsense",
      { state: "asleep", companyRole: "boss", mfa: "maybe", role: "GlobalAdmin", page: "2" },
      "any",
    ],
    [
      "several",
      { state: "active", companyRole: "User", mfa: "off", q: "invited" },
      ["invited", "invitedInVain"],
    ],
  ];

describe("a file of one company's members", () => {
  it.each(ADDRESSES)("has the rows of the list, in its order, under %s", async (_, address, found) => {
    const { access, auditActor } = await signIn(admin);
    const filter = filterOf(address);
    const screen = await readUsers({ actor: access.actor, audit: auditActor }, filter, {
      companyId: own.companyId,
      after: null,
    });
    const shown = screen.users.map(({ username }) => username);
    expect(await usernamesIn(memberFilesQuery(filter))).toEqual(shown);
    const known = Object.values(people).map(({ username }) => username);
    const expected = found === "any" ? known : found.map((state) => people[state].username);
    expect(shown.filter((name) => known.includes(name)).toSorted()).toEqual(expected.toSorted());
  });

  it("has a row for each member with the columns that are shown, and says its filters in words", async () => {
    await signIn(admin);
    const query = memberFilesQuery(filterOf({ state: "active", mfa: "on" }));
    const answer = await ask(query, { columns: "username,email,state,role,mfa", format: "xlsx" });
    const book = read(new Uint8Array(await answer.arrayBuffer()), { type: "array" });
    const rows = Object.values(book.Sheets).flatMap((sheet) =>
      utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: false }),
    );
    const { id, username } = people.withCode;
    expect(rows.filter(([first]) => first === username)).toHaveLength(1);
    expect(rows.flat().join("\n")).toContain("State: Active or invited; Two-factor authentication: On");
    const json = (await (await ask(query, { format: "json" })).json()) as { rows: object[] };
    expect(json.rows).toMatchObject([{ userId: id, username, state: "Active", role: "Member", mfa: true }]);
  });

  it("keeps a spreadsheet from taking a name for a formula", async () => {
    await signIn(admin);
    const lines = await linesOf(await ask("q=%3D1%2B", { columns: "username,state", format: "csv" }));
    expect(lines).toEqual(["User,State", `'${people.active.username},Active`]);
  });

  it("is for those who may list the members, and is told in the company's trail", async () => {
    const exportsOf = async () => [
      ...(await database().execute<{ after: { format: string } }>(sql`
        select after from audit_log
        where company_id = ${own.companyId} and action = 'report.export' and target_id = 'members' order by seq`)),
    ];
    await signIn(admin);
    for (const format of ["csv", "xlsx", "pdf"]) {
      expect((await ask("state=enabled", { format })).status).toBe(200);
      expect((await exportsOf()).at(-1)).toMatchObject({ after: { format } });
    }
    const before = await exportsOf();
    await signIn(people.active);
    expect((await ask("", { format: "csv" })).status).toBe(403);
    await signIn(await makeUser("User"));
    expect((await ask("", { format: "csv" })).status).toBe(404);
    await signIn(admin);
    expect((await ask("state=asleep", { format: "csv" })).status).toBe(400);
    expect(await exportsOf()).toEqual(before);
  });
});
