import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { ACTIONS, can, type Action, type UserTarget } from "@/lib/domain/permissions";

const HEAD = "| | GlobalAdmin | Admin | CompanyAdmin (in that company) | User (in that company) |";

/** The contract's table: what is done, and a cell for each of ACTORS. */
function contractRows(): (readonly [deed: string, cells: string[]])[] {
  const [, section] = readFileSync("docs/domain.md", "utf8").split(/^## 4\. Roles and permissions$/m);
  const [head, , ...rows] = section!.split(/^## /m)[0]!.match(/^\|.+\|$/gm)!;
  expect(head).toBe(HEAD);
  return rows.map((row) => {
    const [deed, ...cells] = row.slice(2, -2).split(" | ");
    return [deed!, cells] as const;
  });
}

const OWN = 1;
const OTHER = 2;

function person<Id extends number | null>(userId: Id, globalRole: string, roles: Record<number, string>) {
  const memberships = Object.entries(roles).map(([companyId, role]) => ({
    companyId: Number(companyId),
    role,
  }));
  return { userId, globalRole, memberships };
}

/** As the columns of the table. */
const ACTORS: readonly Actor[] = [
  person(1, "GlobalAdmin", {}),
  person(2, "Admin", { [OWN]: "User" }),
  person(3, "User", { [OWN]: "CompanyAdmin" }),
  person(4, "User", { [OWN]: "User" }),
];

const PEOPLE = {
  member: person(900, "User", { [OWN]: "User" }),
  "company administrator": person(901, "User", { [OWN]: "CompanyAdmin" }),
  "member of two": person(902, "User", { [OWN]: "User", [OTHER]: "User" }),
  stranger: person(903, "User", { [OTHER]: "User" }),
  "without company": person(904, "User", {}),
  admin: person(905, "Admin", { [OWN]: "User" }),
  "admin without company": person(906, "Admin", {}),
  "global admin": person(907, "GlobalAdmin", {}),
} satisfies Record<string, UserTarget>;

type Name = keyof typeof PEOPLE;
const EVERYONE = Object.keys(PEOPLE) as Name[];

/** An action and its targets by name; those of companies are "own" and "other". */
type Ask = readonly [action: Action, targets: (actor: Actor) => Record<string, unknown>];

const inCompany = (action: Action): Ask => [
  action,
  () => ({ own: { companyId: OWN }, other: { companyId: OTHER } }),
];
const inPortal = (action: Action): Ask => [action, () => ({ own: undefined })];
const ofPerson = (action: Action, of: (person: UserTarget) => unknown = (user) => user): Ask => [
  action,
  () => Object.fromEntries(EVERYONE.map((name) => [name, of(PEOPLE[name])])),
];
const scheduleOf = (owner: (actor: Actor) => number | null): Ask => [
  "schedules:manage",
  (actor) => ({
    own: { companyId: OWN, ownerUserId: owner(actor) },
    other: { companyId: OTHER, ownerUserId: owner(actor) },
  }),
];
const only = (name: Name, [action, targets]: Ask): Ask => [
  action,
  (actor) => ({ own: targets(actor)[name] }),
];

/** What each row of the table asks for. */
const ASKS: Record<string, readonly Ask[]> = {
  "see events and reports": [inCompany("events:read")],
  "create, edit, and delete companies": [
    inPortal("company:create"),
    inCompany("company:update"),
    inCompany("company:delete"),
  ],
  "sites, API keys, agent package": [inCompany("site:manage")],
  "privacy text, export and erasure of accounts": [inCompany("privacy:manage")],
  "save your own views": [inCompany("events:read")],
  "share views with the company, and edit shared views": [inCompany("views:share")],
  "schedule reports of your own views, and edit these schedules": [scheduleOf(({ userId }) => userId)],
  "schedule shared views, edit every schedule, allow mail domains for reports": [
    scheduleOf(() => null),
    scheduleOf(() => 900),
    inCompany("report-domains:update"),
  ],
  "see alerts and rules": [inCompany("alerts:read")],
  "handle alerts, tune rules, make exceptions, edit the calendar and tags": [inCompany("alerts:manage")],
  "notifications, channels, and subscriptions": [
    inCompany("notifications:read"),
    inCompany("notifications:manage"),
  ],
  "the portal's own notifications, channels, and subscriptions": [inPortal("portal-notifications:manage")],
  "list users": [ofPerson("user:list")],
  "create users": [ofPerson("user:create", (user) => ({ ...user, userId: null }))],
  "choose exact usernames": [inPortal("user:choose-username")],
  "edit, activate, reset password, reset two-factor authentication, or sign out a user": [
    ofPerson("user:update"),
    ofPerson("user:activate"),
    ofPerson("user:reset-password"),
    ofPerson("user:reset-mfa"),
    ofPerson("user:sign-out"),
  ],
  "delete a user": [ofPerson("user:delete")],
  "give the global role Admin or GlobalAdmin": [
    only(
      "member",
      ofPerson("user:set-global-role", (user) => ({ user, role: "Admin" })),
    ),
    only(
      "member",
      ofPerson("user:set-global-role", (user) => ({ user, role: "GlobalAdmin" })),
    ),
  ],
  "add a user to a company as User, or remove such a member": [
    only(
      "member",
      ofPerson("membership:remove", (user) => ({ user, companyId: OWN })),
    ),
    only(
      "member",
      ofPerson("membership:set-role", (user) => ({ user, companyId: OWN, role: "User" })),
    ),
  ],
  "give the membership role CompanyAdmin": [
    only(
      "member",
      ofPerson("membership:set-role", (user) => ({ user, companyId: OWN, role: "CompanyAdmin" })),
    ),
  ],
  "remove a CompanyAdmin from a company": [
    only(
      "company administrator",
      ofPerson("membership:remove", (user) => ({ user, companyId: OWN })),
    ),
    only(
      "company administrator",
      ofPerson("membership:set-role", (user) => ({ user, companyId: OWN, role: "User" })),
    ),
  ],
  "audit of a company": [inCompany("audit:read-company")],
  "global settings, allowed domains, error log, all audit, the System page": [
    inPortal("settings:update"),
    inPortal("domains:update"),
    inPortal("error-log:read"),
    inPortal("audit:read-all"),
    inPortal("system:read"),
  ],
  "set the two-factor requirement for one user": [only("member", ofPerson("mfa-policy:set"))],
};

const BELOW_GLOBAL: readonly Name[] = EVERYONE.filter(
  (name) => name !== "global admin" && name !== "stranger",
);

/** The targets that a cell allows. */
const CELLS: Record<string, readonly string[]> = {
  "–": [],
  yes: ["own"],
  "all companies": ["own", "other"],
  "companies they belong to": ["own"],
  "that company": ["own"],
  "users they may list": ["own"],
  everyone: EVERYONE,
  "users below GlobalAdmin who share a company with them or have none": BELOW_GLOBAL,
  "members with the global role User": ["member", "company administrator", "member of two"],
  "users with the global role User and no higher role in a company, in companies they belong to or in none": [
    "member",
    "without company",
  ],
  "users with the global role User, in that company": ["member", "company administrator"],
  "users with the global role User whose companies are *all* the Admin's own, and those without a company": [
    "member",
    "company administrator",
    "without company",
  ],
  "members with the global role User who belong to no other company": ["member", "company administrator"],
};

/** A GlobalAdmin's "yes" is for every company. */
function allowedBy(cell: string, column: number, before: readonly string[]): readonly string[] {
  if (cell === "the same, but no CompanyAdmin")
    return before.filter((name) => name !== "company administrator");
  const [words] = cell.split(" (");
  return column === 0 && words === "yes" ? ["own", "other"] : CELLS[words!]!;
}

const ROWS = contractRows();

const CASES = ROWS.flatMap(([deed, cells], index) =>
  cells.map((cell, column) => {
    const before = CELLS[ROWS[index - 1]?.[1][column] ?? ""] ?? [];
    return { deed, cell, column, allowed: allowedBy(cell, column, before) };
  }),
);

function ask(who: Actor, action: Action, target: unknown): boolean {
  return (can as (actor: Actor, action: Action, target?: unknown) => boolean)(who, action, target);
}

describe("the contract's table of permissions", () => {
  it.each(CASES)("$deed: $cell", ({ deed, column, allowed }) => {
    const who = ACTORS[column]!;
    for (const [action, targets] of ASKS[deed]!) {
      const named = targets(who);
      const may = Object.keys(named).filter((name) => ask(who, action, named[name]));
      expect([action, may]).toEqual([action, Object.keys(named).filter((name) => allowed.includes(name))]);
    }
  });

  it("has a row for every action, four cells in each, and no row that nothing asks", () => {
    expect(ROWS.map(([deed]) => deed)).toEqual(Object.keys(ASKS));
    expect(CASES).toHaveLength(ROWS.length * ACTORS.length);
    const asked = Object.values(ASKS).flatMap((asks) => asks.map(([action]) => action));
    expect(new Set(asked)).toEqual(new Set(ACTIONS));
  });
});
