import path from "node:path";
import { Children, isValidElement, type ReactNode } from "react";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { closeDatabase } from "@/db/client";
import { companyViewOf, type SignedIn } from "@/lib/server/guards";
import { readAccess } from "@/lib/services/access/read-access";
import { makeUser } from "../../support/people";
import { sourceFiles } from "../../support/source-files";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const signedIn = vi.hoisted(() => ({ user: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => ({
  ...(await original<object>()),
  requireCompany: () => viewOfAll(),
  requireCompanyPermission: async () => {
    const view = await viewOfAll();
    return { view, choices: view.access.companies };
  },
}));
vi.mock("next-intl/server", () => ({ getTranslations: async () => (key: string) => key }));

async function viewOfAll() {
  return (await companyViewOf(signedIn.user as SignedIn, "all"))!;
}

const FOLDER = "app/(portal)/[company]";
/** The ways in which a page is told which companies its list is of. */
const HOLDS = /\b(heldToOne|listedCompanies|readListedAsk|readAllCompanies|reportPage)\(/;
/** The list behind an address of its own beside each page, where a page has several. */
const FURTHER_VIEWS: Readonly<Record<string, string>> = { "logons/page.tsx": "view=inactive" };

const pages = [...sourceFiles([FOLDER])]
  .filter(([name, text]) => name.endsWith("/page.tsx") && HOLDS.test(text))
  .map(([name]) => name.slice(FOLDER.length + 1));
const lists = pages.flatMap((name) =>
  ["", FURTHER_VIEWS[name] ?? []].flat().map((search) => ({ name, search })),
);

type Page = (props: object) => Promise<ReactNode>;

/** The properties of the view that a page shows. */
async function shownBy({ name, search }: (typeof lists)[number], only: string) {
  const searchParams = Object.fromEntries(new URLSearchParams(`${search}&only=${only}`));
  const { default: page } = (await import(path.resolve(FOLDER, name))) as { default: Page };
  const params = Promise.resolve({ company: "all" });
  return viewIn(await page({ params, searchParams: Promise.resolve(searchParams) }))!;
}

function viewIn(node: ReactNode): Record<string, unknown> | undefined {
  if (!isValidElement<{ children?: ReactNode }>(node)) return undefined;
  if ("ignored" in node.props) return node.props;
  return Children.toArray(node.props.children).map(viewIn).find(Boolean);
}

let own: TestCompany;
let unseen: TestCompany;

beforeAll(async () => {
  [own, unseen] = [await makeCompany("Held"), await makeCompany("Unseen")];
  const other = await makeCompany("Not held");
  const logon = { type: "Logon", user: "Anna", computer: "PC", at: Date.now() - 60_000 };
  for (const company of [own, other]) await storeEvents(company, [logon]);
  const memberships = [own, other].map(({ companyId }) => ({ companyId, role: "CompanyAdmin" }));
  const { id, username } = await makeUser("User", memberships);
  const session = { userId: id, username, pending: null, timeZone: null };
  signedIn.user = { session, access: await readAccess(id), auditActor: { actorUserId: id } };
});
afterAll(() => closeDatabase());

it("finds the lists of all companies that can be held to one", () => {
  expect(pages.toSorted()).toEqual([
    "accounts/(list)/page.tsx",
    "alerts/page.tsx",
    "computers/(list)/page.tsx",
    "events/page.tsx",
    "failures/page.tsx",
    "logons/page.tsx",
    "members/page.tsx",
    "sites/page.tsx",
    "time-spent/(list)/page.tsx",
    "who-was-on/concurrent/page.tsx",
    "who-was-on/roll-call/page.tsx",
  ]);
});

describe.each(lists)("the list of $name $search", (list) => {
  it("says that it is not held to a company that does not exist", async () => {
    expect(await shownBy(list, "999999999")).toMatchObject({ ignored: ["only"] });
  });

  it("says the same of one that its reader may not see, and of nonsense", async () => {
    expect(await shownBy(list, String(unseen.companyId))).toMatchObject({ ignored: ["only"] });
    expect(await shownBy(list, "nonsense")).toMatchObject({ ignored: ["only"] });
  });

  it("says nothing of one that holds it", async () => {
    expect(await shownBy(list, String(own.companyId))).toMatchObject({ ignored: [] });
  });
});
