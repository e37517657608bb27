import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { listAllSavedViews } from "@/db/queries/views/saved-views";
import { readWithin } from "@/db/scope";
import { nameKey } from "@/lib/domain/events/wire";
import { matchesPattern } from "@/lib/domain/tags";
import { accountTagsForm, computerTagsForm, patternForm } from "@/lib/domain/tag-form";
import type { CompanyContext } from "@/lib/services/context";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import {
  addPattern,
  changeAccountTags,
  changeComputerTags,
  removePattern,
} from "@/lib/services/tags/manage-tags";
import { loadTagged, namedIn, type AskedOf } from "@/lib/services/detections/load-tagged";
import { readTagsOf, readTagsScreen } from "@/lib/services/tags/read-tags";
import { saveView } from "@/lib/services/views/manage-views";
import { newViewForm } from "@/lib/services/views/view-input";
import { operatorIn } from "../../support/notifying";
import { contextIn } from "../../support/people";
import { idOf, makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

let company: TestCompany;
let admin: CompanyContext;
let member: CompanyContext;
let stranger: CompanyContext;
let ids: Record<string, number>;

beforeAll(async () => {
  company = await makeCompany("Tagged");
  stranger = operatorIn(await makeCompany("Untagged"));
  [admin, member] = [await contextIn(company, "CompanyAdmin"), await contextIn(company, "User")];
  const users = ["SVC-Backup", "CORP\\svc-sql", "anna"];
  await storeEvents(
    company,
    users.map((user) => ({ type: "logon", user, computer: "ADM-1", at: Date.now() })),
  );
  const rows = await database().execute<{ id: number; name: string }>(sql`
    select id, name from accounts where company_id = ${company.companyId}
    union all select id, name from computers where company_id = ${company.companyId}`);
  ids = Object.fromEntries(rows.map(({ id, name }) => [name, id]));
});

const pattern = (text: string, tag = "service-account") => patternForm.parse({ tag, pattern: text });
const choose = (name: string, fields: Record<string, string>) =>
  accountTagsForm.parse({ accountId: String(ids[name]), touched: Object.keys(fields).join(" "), ...fields });
const tagsOf = async (name: string) => (await readTagsOf(company.scope, "accounts", ids[name]!)).tags;

it("patterns tag names in any case, with and without their domain", async () => {
  const { patternId } = await addPattern(admin, pattern("svc-*"));
  await expect(addPattern(admin, pattern("SVC-*"))).rejects.toMatchObject({ fields: [{ field: "pattern" }] });
  expect(await tagsOf("SVC-Backup")).toEqual(["service-account"]);
  expect(await tagsOf("CORP\\svc-sql")).toEqual(["service-account"]);
  expect(await tagsOf("anna")).toEqual([]);
  await expect(addPattern(member, pattern("x*"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(removePattern(member, { patternId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(removePattern(stranger, { patternId })).rejects.toMatchObject({ code: "not_found" });
});

it("tags by hand go before patterns, until they are left to them again", async () => {
  await changeAccountTags(admin, choose("SVC-Backup", { "service-account": "no", administrator: "yes" }));
  expect(await tagsOf("SVC-Backup")).toEqual(["administrator"]);
  await changeAccountTags(admin, choose("SVC-Backup", { "service-account": "pattern" }));
  expect(await readTagsOf(company.scope, "accounts", ids["SVC-Backup"]!)).toEqual({
    tags: ["service-account", "administrator"],
    choices: [
      { tag: "service-account", choice: "pattern" },
      { tag: "administrator", choice: "yes" },
    ],
  });
  const computerTags = computerTagsForm.parse({
    computerId: String(ids["ADM-1"]),
    touched: "administrators-computer",
    "administrators-computer": "yes",
  });
  await changeComputerTags(admin, computerTags);
  const tagged = await readWithin(company.scope, (tx) => loadTagged(tx, company.scope, "all"));
  expect([...tagged.administratorsComputers]).toEqual([ids["ADM-1"]]);
  expect([...tagged.administrators]).toEqual([ids["SVC-Backup"]]);
  expect([...tagged.serviceAccounts].toSorted()).toEqual(
    [ids["SVC-Backup"], ids["CORP\\svc-sql"]].toSorted(),
  );
  expect((await readTagsScreen(member)).byHand).toMatchObject([
    { table: "accounts", name: "SVC-Backup", tag: "administrator", hasTag: true },
    { table: "computers", name: "ADM-1", tag: "administrators-computer" },
  ]);
  const asMember = changeAccountTags(member, choose("anna", { administrator: "yes" }));
  await expect(asMember).rejects.toMatchObject({ code: "forbidden" });
  const abroad = changeAccountTags(stranger, choose("anna", { administrator: "yes" }));
  await expect(abroad).rejects.toMatchObject({ code: "not_found" });
  const audit = await database().execute(sql`
    select from audit_log where company_id = ${company.companyId} and action like 'tag.%'`);
  expect(audit.length).toBe(4);
});

it("the database finds by patterns what the screens show", async () => {
  const own = await makeCompany("Patterns");
  const names = [
    "svc-a",
    "CORP\\svc-a",
    "a_b",
    "axb",
    "a%b",
    "a\\b",
    "ann",
    "anna",
    "Äs",
    "x🙂y",
    "C\\D\\svc-z",
  ];
  await storeEvents(
    own,
    names.map((user) => ({ type: "logon", user, computer: "PC", at: Date.now() })),
  );
  const accounts = await database().execute<{ id: number; key: string }>(sql`
    select id, name_key as key from accounts where company_id = ${own.companyId}`);
  const operator = operatorIn(own);
  for (const text of ["svc-*", "corp\\*", "a_b", "a%b", "a?b", "*\\b", "ann?", "äs", "x?y", "*z"]) {
    const { patternId } = await addPattern(operator, pattern(text));
    const { serviceAccounts } = await readWithin(own.scope, (tx) => loadTagged(tx, own.scope, "all"));
    const shown = accounts.filter(({ key }) => matchesPattern(key, nameKey(text))).map(({ id }) => id);
    expect([text, [...serviceAccounts].toSorted()]).toEqual([text, shown.toSorted()]);
    expect(shown.length).toBeGreaterThan(0);
    await removePattern(operator, { patternId });
  }
});

it("a batch asks only of whom its events name, however many names have a tag", async () => {
  const own = await makeCompany("Batches");
  const events = Array.from({ length: 300 }, (_, number) => ({
    type: "logon",
    user: `svc-${number}`,
    computer: `ADM-${number}`,
    at: Date.now(),
  }));
  await storeEvents(own, events);
  const operator = operatorIn(own);
  await addPattern(operator, pattern("svc-*"));
  await addPattern(operator, pattern("*-1*", "administrators-computer"));
  const rows = await database().execute<{ accountId: number; computerId: number }>(sql`
    select account_id as "accountId", computer_id as "computerId" from events
    where company_id = ${own.companyId} order by id`);
  const [first, second] = rows as unknown as [(typeof rows)[number], (typeof rows)[number]];
  const tagged = async (of: AskedOf | "all") => {
    const { serviceAccounts, administratorsComputers } = await readWithin(own.scope, (tx) =>
      loadTagged(tx, own.scope, of),
    );
    return { accounts: [...serviceAccounts].toSorted(), computers: [...administratorsComputers] };
  };
  expect((await tagged("all")).accounts).toHaveLength(300);
  expect(await tagged(namedIn([first, first, second]))).toEqual({
    accounts: [first.accountId, second.accountId].toSorted(),
    computers: [second.computerId],
  });
  await changeAccountTags(
    operator,
    accountTagsForm.parse({
      accountId: String(second.accountId),
      touched: "service-account administrator",
      "service-account": "no",
      administrator: "yes",
    }),
  );
  expect(await tagged(namedIn([second]))).toEqual({ accounts: [], computers: [second.computerId] });
  expect(namedIn([first, first])).toEqual({ accountIds: [first.accountId], computerIds: [first.computerId] });
  expect(await tagged(namedIn([]))).toEqual({ accounts: [], computers: [] });
});

it("tags are part of a person's export; an erasure takes them and the pattern that is the name", async () => {
  await addPattern(admin, pattern("Anna"));
  await changeAccountTags(admin, choose("anna", { administrator: "yes" }));
  const account = ids.anna!;
  const { text } = await exportAccount(admin, { account, format: "json" });
  let whole = "";
  for await (const piece of text) whole += piece;
  expect(JSON.parse(whole)).toMatchObject({ tags: [{ tag: "administrator", hasTag: true }] });
  await eraseAccount(admin, { accountId: account, confirmedName: "anna" });
  expect(await tagsOf("anna")).toEqual([]);
  const { patterns, byHand } = await readTagsScreen(admin);
  expect(patterns.map((one) => one.pattern)).toEqual(["svc-*"]);
  expect(byHand.map(({ name }) => name)).not.toContain("anna");
});

it("an erasure leaves what names other accounts too, such as the administrator of another computer", async () => {
  const where = await makeCompany("Local administrators");
  const context = await contextIn(where, "CompanyAdmin");
  const at = Date.now() - 60_000;
  const names = ["PC1\\admin", "PC2\\admin"];
  await storeEvents(
    where,
    names.map((user) => ({ type: "Logon", user, computer: "pc", at })),
  );
  for (const text of ["admin", "PC1\\admin"]) {
    await addPattern(context, pattern(text));
    const query = new URLSearchParams({ q: text }).toString();
    await saveView(context, newViewForm.parse({ name: text, table: "events", query, columns: "" }));
  }
  const left = async () => {
    const { patterns } = await readTagsScreen(context);
    const views = await readWithin(where.scope, (tx) => listAllSavedViews(tx, where.scope));
    return [patterns.map((one) => one.pattern), views.map(({ name }) => name)];
  };
  const heldOf = async (name: string) => {
    const account = Number(await idOf("accounts", where, name));
    const { text } = await exportAccount(context, { account, format: "json" });
    let whole = "";
    for await (const piece of text) whole += piece;
    const { tagPatterns, savedViews } = JSON.parse(whole) as Record<string, Record<string, string>[]>;
    return [tagPatterns!.map((one) => one.pattern), savedViews!.map((one) => one.name)];
  };
  const erase = async (name: string) =>
    eraseAccount(context, { accountId: Number(await idOf("accounts", where, name)), confirmedName: name });

  expect(await heldOf(names[0]!)).toEqual([["PC1\\admin"], ["PC1\\admin"]]);
  expect(await heldOf(names[1]!)).toEqual([[], []]);
  await erase(names[0]!);
  expect(await left()).toEqual([["admin"], ["admin"]]);
  expect(await heldOf(names[1]!)).toEqual([["admin"], ["admin"]]);
  await erase(names[1]!);
  expect(await left()).toEqual([[], []]);
});
