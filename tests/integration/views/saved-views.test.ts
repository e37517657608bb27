import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { newViewForm } from "@/lib/services/views/view-input";
import type { CompanyContext } from "@/lib/services/context";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import { changeView, deleteView, saveView } from "@/lib/services/views/manage-views";
import { readViews } from "@/lib/services/views/read-views";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { contextIn, contextOf, makeUser } from "../../support/people";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
let other: TestCompany;
let admin: CompanyContext;
let member: CompanyContext;
let colleague: CompanyContext;

const form = (name: string, part: Record<string, string> = {}) =>
  newViewForm.parse({ name, table: "failures", query: "range=last-month", columns: "", ...part });

const names = async (context: CompanyContext) => {
  const { own, shared } = await readViews(context);
  return { own: own.map(({ name }) => name), shared: shared.map(({ name }) => name) };
};

beforeAll(async () => {
  [company, other] = await Promise.all([makeCompany("Mine"), makeCompany("Theirs")]);
  [admin, member, colleague] = [
    await contextIn(company, "CompanyAdmin"),
    await contextIn(company, "User"),
    await contextIn(company, "User"),
  ];
});

describe("saved views", () => {
  it("are their owner's alone until an administrator shares one", async () => {
    const { viewId } = await saveView(member, form("Own"));
    const shared = await saveView(admin, form("Everybody's", { shared: "on" }));
    expect(await names(member)).toEqual({ own: ["Own"], shared: ["Everybody's"] });
    expect(await names(colleague)).toEqual({ own: [], shared: ["Everybody's"] });
    expect(await names(operatorIn(other))).toEqual({ own: [], shared: [] });
    const theirs = operatorIn(other);
    for (const context of [colleague, admin, theirs]) {
      await expect(deleteView(context, { viewId })).rejects.toMatchObject({ code: "not_found" });
    }
    for (const work of [
      () => saveView(member, form("Told", { shared: "on" })),
      () => changeView(member, { viewId, name: "Own", shared: true }),
      () => changeView(member, { viewId: shared.viewId, name: "Mine now", shared: true }),
      () => deleteView(member, shared),
      () => saveView({ ...member, scope: other.scope }, form("Elsewhere")),
      () => readViews({ ...member, scope: other.scope }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "forbidden" });
    }
    expect((await readViews(member)).shared[0]).toMatchObject({
      isManaged: false,
      words: [{ key: "lists.lastMonth" }, { key: "reports.byAccount" }],
    });
  });

  it("can be renamed, shared, taken back and deleted, each with its audit row", async () => {
    const { viewId } = await saveView(admin, form("First"));
    await changeView(admin, { viewId, name: "Second", shared: true });
    expect((await names(colleague)).shared).toContain("Second");
    await changeView(admin, { viewId, name: "Second", shared: false });
    await changeView(admin, { viewId, name: "Second", shared: false });
    expect((await names(colleague)).shared).not.toContain("Second");
    await deleteView(admin, { viewId });
    await expect(deleteView(admin, { viewId })).rejects.toMatchObject({ code: "not_found" });
    const rows = await database().execute<{ action: string }>(
      sql`select action from audit_log where target_type = 'view' and target_id = ${String(viewId)} order by seq`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "view.create",
      "view.update",
      "view.update",
      "view.delete",
    ]);
  });

  it("have names that are unique for their owner and within what is shared", async () => {
    await saveView(member, form("Twice"));
    await saveView(colleague, form("Twice"));
    await saveView(admin, form("Twice", { shared: "on" }));
    for (const work of [
      () => saveView(member, form("TWICE")),
      () => saveView(admin, form("twice", { shared: "on" })),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "conflict", fields: [{ field: "name" }] });
    }
  });

  it.each([
    [{ query: "range=sometime" }, "range"],
    [{ columns: "failures,none" }, "columns"],
    [{ table: "events", query: "sort=colour" }, "sort"],
  ])("hold only what the read API answers: %o", async (part, field) => {
    const saved = saveView(member, form(`Wrong ${JSON.stringify(part)}`, part as Record<string, string>));
    await expect(saved).rejects.toMatchObject({ code: "invalid", fields: [{ field }] });
  });

  it("say when this version no longer understands one, and still list the others", async () => {
    const { viewId } = await saveView(member, form("Of old"));
    await database().execute(
      sql`update saved_views set query = 'range=of-old' where company_id = ${company.companyId} and id = ${viewId}`,
    );
    expect((await readViews(member)).own.find(({ id }) => id === viewId)).toMatchObject({ words: null });
  });

  it("are at most a hundred, also when two are saved at once", async () => {
    const busy = await contextIn(company, "User");
    await database().execute(sql`
      insert into saved_views (company_id, owner_user_id, name, table_name, query)
      select ${company.companyId}, ${busy.actor.userId}, 'v' || n, 'events', '' from generate_series(1, 99) n`);
    const both = await Promise.allSettled([saveView(busy, form("a")), saveView(busy, form("b"))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await readViews(busy)).own).toHaveLength(100);
  });

  it("go with their owner, while what was shared stays", async () => {
    const leaver = await makeUser("User", [{ companyId: company.companyId, role: "CompanyAdmin" }]);
    const context = { ...(await contextOf(leaver)), scope: company.scope };
    await saveView(context, form("Leaver's own"));
    await saveView(context, form("Leaver's shared", { shared: "on" }));
    await database().execute(sql`delete from app_auth_users where id = ${context.actor.userId}`);
    const left = await database().execute<{ name: string }>(
      sql`select name from saved_views where name like 'Leaver%'`,
    );
    expect(left.map(({ name }) => name)).toEqual(["Leaver's shared"]);
  });

  it("that hold to an account are in its export and go when it is erased", async () => {
    const [account] = await database().execute<{ id: number }>(sql`
      insert into accounts (company_id, name, name_key, first_seen_at, last_seen_at)
      values (${company.companyId}, 'Zoe', 'zoe', now(), now()) returning id`);
    await saveView(member, form("Zoe by id", { query: `account=${account!.id}` }));
    await saveView(colleague, form("Zoe by name", { query: "q=zoe" }));
    await saveView(member, form("Other account", { query: "account=999999" }));
    const { text } = await exportAccount(admin, { account: account!.id, format: "json" });
    let whole = "";
    for await (const piece of text) whole += piece;
    const held = JSON.parse(whole) as { savedViews: { name: string }[] };
    expect(held.savedViews.map(({ name }) => name)).toEqual(["Zoe by id", "Zoe by name"]);
    await eraseAccount(admin, { accountId: account!.id, confirmedName: "Zoe" });
    expect((await names(member)).own).toContain("Other account");
    expect((await names(member)).own).not.toContain("Zoe by id");
    expect((await names(colleague)).own).not.toContain("Zoe by name");
  });
});
