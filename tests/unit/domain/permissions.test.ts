import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import {
  ACTIONS,
  can,
  isCompanyRole,
  isGlobalRole,
  isLastGlobalAdmin,
  isLossToSelf,
  type Action,
  type ActionTarget,
  type UserTarget,
} from "@/lib/domain/permissions";

type Memberships = Record<number, string>;

function memberships(roles: Memberships) {
  return Object.entries(roles).map(([companyId, role]) => ({ companyId: Number(companyId), role }));
}

function actor(userId: number, globalRole: string, roles: Memberships = {}): Actor {
  return { userId, globalRole, memberships: memberships(roles) };
}

function user(globalRole: string, roles: Memberships = {}, userId: number | null = 900): UserTarget {
  return { userId, globalRole, memberships: memberships(roles) };
}

/** The columns of the table below, in order. Company 1 is the one acted in, 2 another. */
const ACTORS: [string, Actor][] = [
  ["GlobalAdmin", actor(1, "GlobalAdmin")],
  ["Admin in company 1", actor(2, "Admin", { 1: "User" })],
  ["Admin and CompanyAdmin in company 1", actor(3, "Admin", { 1: "CompanyAdmin" })],
  ["Admin in company 2", actor(4, "Admin", { 2: "User" })],
  ["CompanyAdmin of 1", actor(5, "User", { 1: "CompanyAdmin", 3: "User" })],
  ["CompanyAdmin of 1 and 2", actor(6, "User", { 1: "CompanyAdmin", 2: "CompanyAdmin" })],
  ["CompanyAdmin of 2", actor(7, "User", { 2: "CompanyAdmin" })],
  ["User in company 1", actor(8, "User", { 1: "User" })],
  ["User without company", actor(9, "User")],
  ["unknown global role", actor(10, "Root", { 1: "CompanyAdmin" })],
  ["unknown role in company 1", actor(11, "User", { 1: "Owner" })],
];

const plain1 = user("User", { 1: "User" });
const admin1 = user("User", { 1: "CompanyAdmin" });
const plain12 = user("User", { 1: "User", 2: "User" });
const boss2 = user("User", { 1: "User", 2: "CompanyAdmin" });
const plain2 = user("User", { 2: "User" });
const unattached = user("User");
const staff1 = user("Admin", { 1: "User" });
const staffUnattached = user("Admin");
const global1 = user("GlobalAdmin", { 1: "User" });
const globalUnattached = user("GlobalAdmin");
const odd1 = user("Root", { 1: "User" });
const oddMember1 = user("User", { 1: "Owner" });

type Row<A extends Action = Action> = { [B in A]: [B, string, ActionTarget<B>, string] }[A];

const ACCOUNT_ACTIONS = [
  "user:update",
  "user:activate",
  "user:reset-password",
  "user:reset-mfa",
  "user:sign-out",
] as const;

// The columns are ACTORS; y may, - may not.
const TABLE: Row[] = [
  ["events:read", "company 1", { companyId: 1 }, "y y y - y y - y - - -"],
  ["events:read", "an unknown company", { companyId: NaN }, "y - - - - - - - - - -"],
  ["company:create", "", undefined, "y - - - - - - - - - -"],
  ["company:update", "company 1", { companyId: 1 }, "y - - - - - - - - - -"],
  ["company:delete", "company 1", { companyId: 1 }, "y - - - - - - - - - -"],
  ["site:manage", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["privacy:manage", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["views:share", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["schedules:manage", "a shared view's", { companyId: 1, ownerUserId: null }, "y y y - y y - - - - -"],
  ["schedules:manage", "somebody else's", { companyId: 1, ownerUserId: 900 }, "y y y - y y - - - - -"],
  ["schedules:manage", "the User's own", { companyId: 1, ownerUserId: 8 }, "y y y - y y - y - - -"],
  ["schedules:manage", "one's of a company left", { companyId: 1, ownerUserId: 9 }, "y y y - y y - - - - -"],
  ["report-domains:update", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["alerts:read", "company 1", { companyId: 1 }, "y y y - y y - y - - -"],
  ["alerts:manage", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["notifications:read", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["notifications:manage", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["portal-notifications:manage", "", undefined, "y - - - - - - - - - -"],
  ["system:read", "", undefined, "y - - - - - - - - - -"],
  ["user:choose-username", "", undefined, "y - - - - - - - - - -"],
  ["settings:update", "", undefined, "y - - - - - - - - - -"],
  ["domains:update", "", undefined, "y - - - - - - - - - -"],
  ["error-log:read", "", undefined, "y - - - - - - - - - -"],
  ["audit:read-all", "", undefined, "y - - - - - - - - - -"],
  ["audit:read-company", "company 1", { companyId: 1 }, "y - y - y y - - - - -"],
  ["mfa-policy:set", "a member", plain1, "y - - - - - - - - - -"],

  ["user:list", "anybody", undefined, "y y y y y y y - - - -"],
  ["user:list", "company 1", { companyId: 1 }, "y y y - y y - - - - -"],
  ["user:list", "a member", plain1, "y y y - y y - - - - -"],
  ["user:list", "a CompanyAdmin", admin1, "y y y - y y - - - - -"],
  ["user:list", "a member of two companies", plain12, "y y y y y y y - - - -"],
  ["user:list", "someone of another company", plain2, "y - - y - y y - - - -"],
  ["user:list", "someone in no company", unattached, "y y y y - - - - - - -"],
  ["user:list", "an Admin", staff1, "y y y - - - - - - - -"],
  ["user:list", "an Admin in no company", staffUnattached, "y y y y - - - - - - -"],
  ["user:list", "a GlobalAdmin", global1, "y - - - - - - - - - -"],
  ["user:list", "an unknown global role", odd1, "y - - - - - - - - - -"],

  ...ACCOUNT_ACTIONS.flatMap((action): Row[] => [
    [action, "a member", plain1, "y y y - y y - - - - -"],
    [action, "a CompanyAdmin", admin1, "y y y - y y - - - - -"],
    [action, "a member of two companies", plain12, "y - - - - - - - - - -"],
    [action, "a member here who is CompanyAdmin elsewhere", boss2, "y - - - - - - - - - -"],
    [action, "someone of another company", plain2, "y - - y - y y - - - -"],
    [action, "someone in no company", unattached, "y y y y - - - - - - -"],
    [action, "an Admin", staff1, "y - - - - - - - - - -"],
    [action, "an Admin in no company", staffUnattached, "y - - - - - - - - - -"],
    [action, "a GlobalAdmin in no company", globalUnattached, "y - - - - - - - - - -"],
    [action, "an unknown membership role", oddMember1, "y - - - - - - - - - -"],
    [action, "a GlobalAdmin", global1, "y - - - - - - - - - -"],
    [action, "an unknown global role", odd1, "y - - - - - - - - - -"],
  ]),
  ["user:delete", "a member", plain1, "y y y - y y - - - - -"],
  ["user:delete", "a CompanyAdmin", admin1, "y - - - - - - - - - -"],
  ["user:delete", "a member of two companies", plain12, "y - - - - - - - - - -"],
  ["user:delete", "someone of another company", plain2, "y - - y - y y - - - -"],
  ["user:delete", "someone in no company", unattached, "y y y y - - - - - - -"],
  ["user:delete", "an Admin", staff1, "y - - - - - - - - - -"],
  ["user:delete", "a GlobalAdmin", global1, "y - - - - - - - - - -"],
  ["user:delete", "an unknown membership role", oddMember1, "y - - - - - - - - - -"],

  ["user:create", "in no company", user("User", {}, null), "y y y y - - - - - - -"],
  ["user:create", "a member", user("User", { 1: "User" }, null), "y y y - y y - - - - -"],
  ["user:create", "a CompanyAdmin", user("User", { 1: "CompanyAdmin" }, null), "y - y - y y - - - - -"],
  ["user:create", "a member of two", user("User", { 1: "User", 2: "User" }, null), "y - - - - y - - - - -"],
  ["user:create", "an Admin", user("Admin", { 1: "User" }, null), "y - - - - - - - - - -"],
  ["user:create", "a GlobalAdmin", user("GlobalAdmin", {}, null), "y - - - - - - - - - -"],
  ["user:create", "an unknown role", user("Root", {}, null), "- - - - - - - - - - -"],
  ["user:create", "an unknown membership", user("User", { 1: "Owner" }, null), "- - - - - - - - - - -"],

  ...(["GlobalAdmin", "Admin", "User"] as const).map((role): Row => [
    "user:set-global-role",
    `of a member to ${role}`,
    { user: plain1, role },
    "y - - - - - - - - - -",
  ]),
  ["user:set-global-role", "of an Admin to User", { user: staff1, role: "User" }, "y - - - - - - - - - -"],
  ["user:set-global-role", "to an unknown role", { user: plain1, role: "Root" }, "- - - - - - - - - - -"],

  [
    "membership:set-role",
    "a member to CompanyAdmin",
    { user: plain1, companyId: 1, role: "CompanyAdmin" },
    "y - y - y y - - - - -",
  ],
  [
    "membership:set-role",
    "a member to User",
    { user: plain1, companyId: 1, role: "User" },
    "y y y - y y - - - - -",
  ],
  [
    "membership:set-role",
    "a CompanyAdmin to User",
    { user: admin1, companyId: 1, role: "User" },
    "y - - - - - - - - - -",
  ],
  [
    "membership:set-role",
    "someone of company 2 into 1",
    { user: plain2, companyId: 1, role: "User" },
    "y - - - - y - - - - -",
  ],
  [
    "membership:set-role",
    "someone in no company",
    { user: unattached, companyId: 1, role: "User" },
    "y y y - - - - - - - -",
  ],
  [
    "membership:set-role",
    "the same as CompanyAdmin",
    { user: unattached, companyId: 1, role: "CompanyAdmin" },
    "y - y - - - - - - - -",
  ],
  [
    "membership:set-role",
    "an Admin to CompanyAdmin",
    { user: staff1, companyId: 1, role: "CompanyAdmin" },
    "y - y - - - - - - - -",
  ],
  [
    "membership:set-role",
    "an Admin into company 1",
    { user: staffUnattached, companyId: 1, role: "User" },
    "y y y - - - - - - - -",
  ],
  [
    "membership:set-role",
    "a GlobalAdmin",
    { user: global1, companyId: 1, role: "User" },
    "y - - - - - - - - - -",
  ],
  [
    "membership:set-role",
    "to an unknown role",
    { user: plain1, companyId: 1, role: "Owner" },
    "- - - - - - - - - - -",
  ],
  [
    "membership:set-role",
    "from an unknown role",
    { user: oddMember1, companyId: 1, role: "User" },
    "y - - - - - - - - - -",
  ],

  ["membership:remove", "a member", { user: plain1, companyId: 1 }, "y y y - y y - - - - -"],
  ["membership:remove", "a CompanyAdmin", { user: admin1, companyId: 1 }, "y - - - - - - - - - -"],
  ["membership:remove", "a member of two, from 1", { user: plain12, companyId: 1 }, "y y y - y y - - - - -"],
  ["membership:remove", "a member of two, from 2", { user: plain12, companyId: 2 }, "y - - y - y y - - - -"],
  [
    "membership:remove",
    "someone of company 2, from 1",
    { user: plain2, companyId: 1 },
    "y - - - - - - - - - -",
  ],
  ["membership:remove", "an Admin", { user: staff1, companyId: 1 }, "y y y - - - - - - - -"],
  ["membership:remove", "a GlobalAdmin", { user: global1, companyId: 1 }, "y - - - - - - - - - -"],
];

function ask(who: Actor, action: Action, target: unknown): boolean {
  return (can as (actor: Actor, action: Action, target?: unknown) => boolean)(who, action, target);
}

const CASES = TABLE.flatMap(([action, label, target, columns]) =>
  columns.split(" ").map((mark, index) => {
    const [name, who] = ACTORS[index]!;
    return { name, who, action, label, target, isAllowed: mark === "y" };
  }),
);

describe("who may do what", () => {
  it.each(CASES)("$name: $action $label → $isAllowed", ({ who, action, target, isAllowed }) => {
    expect(ask(who, action, target)).toBe(isAllowed);
  });

  it("has a row for every action and a mark for every actor", () => {
    expect(new Set(TABLE.map(([action]) => action))).toEqual(new Set(ACTIONS));
    expect(CASES).toHaveLength(TABLE.length * ACTORS.length);
  });

  it.each(["constructor", "toString", "__proto__", "", "events:write"])(
    "lets nobody do %j, which is no action",
    (action) => {
      expect(ask(actor(1, "GlobalAdmin"), action as Action, { companyId: 1 })).toBe(false);
    },
  );

  it.each(["", "globaladmin", "GLOBALADMIN", "Admin ", "CompanyAdmin", "constructor", "0"])(
    "lets the unknown global role %j do nothing",
    (role) => {
      for (const { action, target } of CASES)
        expect(ask(actor(1, role, { 1: "CompanyAdmin" }), action, target)).toBe(false);
    },
  );
});

describe("an account that reaches into several companies", () => {
  const roles = fc.dictionary(
    fc.integer({ min: 1, max: 4 }).map(String),
    fc.constantFrom("CompanyAdmin", "User"),
  );
  const actors = fc.record({ globalRole: fc.constantFrom("Admin", "User"), roles });
  const globalRoles = fc.constantFrom("GlobalAdmin", "Admin", "User", "User", "User");
  /** Mostly with companies of the actor's alone, as few others are within anybody's reach. */
  const pairs = actors.chain((given) => {
    const shared = fc
      .subarray(Object.keys(given.roles))
      .chain((ids) =>
        fc.record(Object.fromEntries(ids.map((id) => [id, fc.constantFrom("CompanyAdmin", "User")]))),
      );
    const target = fc.record({
      globalRole: globalRoles,
      roles: fc.oneof({ arbitrary: shared, weight: 3 }, roles),
    });
    return fc.tuple(fc.constant(given), target);
  });

  it.each([...ACCOUNT_ACTIONS, "user:delete"] as const)(
    "%s asks for the right in every one of them",
    (action) => {
      const reached = { any: 0, ofSeveral: 0 };
      fc.assert(
        fc.property(pairs, ([given, target]) => {
          const who = actor(1, given.globalRole, given.roles);
          const whom = user(target.globalRole, target.roles);
          if (!can(who, action, whom)) return;
          reached.any += 1;
          if (whom.memberships.length > 1) reached.ofSeveral += 1;
          expect(whom.globalRole).toBe("User");
          for (const { companyId } of whom.memberships)
            expect(can(who, "site:manage", { companyId })).toBe(true);
          expect(whom.memberships.length).toBeLessThanOrEqual(given.globalRole === "User" ? 1 : 4);
        }),
        { numRuns: 1_000, seed: 20 },
      );
      expect(reached.any).toBeGreaterThan(100);
      expect(reached.ofSeveral).toBeGreaterThan(10);
    },
  );
});

describe("what nobody does to themselves", () => {
  const self = (who: Actor): UserTarget => ({ ...who, userId: who.userId });

  it.each(ACTORS)("%s neither deletes, deactivates nor demotes themselves", (_, who) => {
    expect(can(who, "user:delete", self(who))).toBe(false);
    expect(can(who, "user:activate", self(who))).toBe(false);
    for (const role of ["GlobalAdmin", "Admin", "User"].filter((other) => other !== who.globalRole)) {
      expect(can(who, "user:set-global-role", { user: self(who), role })).toBe(false);
    }
    expect(
      can(who, "membership:set-role", {
        user: { ...self(who), memberships: memberships({ 1: "CompanyAdmin" }) },
        companyId: 1,
        role: "User",
      }),
    ).toBe(false);
  });

  it("nor does anybody but a GlobalAdmin leave a company by themselves", () => {
    const admin = ACTORS[1]![1];
    expect(can(admin, "membership:remove", { user: self(admin), companyId: 1 })).toBe(false);
    expect(can(ACTORS[0]![1], "membership:remove", { user: { ...global1, userId: 1 }, companyId: 1 })).toBe(
      true,
    );
  });

  it("tells a loss to oneself by the id alone", () => {
    expect(isLossToSelf({ userId: 5 }, { userId: 5 })).toBe(true);
    expect(isLossToSelf({ userId: 5 }, { userId: 6 })).toBe(false);
    expect(isLossToSelf({ userId: 5 }, { userId: null })).toBe(false);
  });
});

describe("the last active GlobalAdmin", () => {
  it.each([
    ["GlobalAdmin", true, 1, true],
    ["GlobalAdmin", true, 0, true],
    ["GlobalAdmin", true, 2, false],
    ["GlobalAdmin", false, 1, false],
    ["Admin", true, 1, false],
    ["User", true, 1, false],
  ])("%s, active %s, of %d: must stay %s", (globalRole, isActive, count, mustStay) => {
    expect(isLastGlobalAdmin({ globalRole, isActive }, count)).toBe(mustStay);
  });
});

describe("role names", () => {
  it("are these and no others", () => {
    expect(["GlobalAdmin", "Admin", "User"].every(isGlobalRole)).toBe(true);
    expect(["CompanyAdmin", "User"].every(isCompanyRole)).toBe(true);
    expect(["CompanyAdmin", "user", "", null, undefined, 1].some(isGlobalRole)).toBe(false);
    expect(["Admin", "GlobalAdmin", "companyadmin", null, 0].some(isCompanyRole)).toBe(false);
  });
});
