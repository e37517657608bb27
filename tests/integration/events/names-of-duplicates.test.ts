import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { insertEvents } from "@/db/queries/events/insert-events";
import { forgetNameIds } from "@/db/queries/events/names";
import { erasePerson } from "@/db/queries/privacy/accounts";
import { writeWithin } from "@/db/scope";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, newEvents, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const START = Date.UTC(2026, 1, 3, 8);

let companies: TestCompany[];
beforeAll(async () => {
  companies = [await makeCompany("One"), await makeCompany("Two")];
});

const logon = (user: string, computer = "PC-1") => ({ type: "Logon", user, computer, at: START });

async function namesOf({ companyId }: TestCompany): Promise<string[]> {
  const rows = await database().execute<{ name: string }>(sql`
    select name from accounts where company_id = ${companyId}
    union all select name from computers where company_id = ${companyId} order by name`);
  return rows.map(({ name }) => name);
}

/** Erases the account; this server forgets ids then, as every server does that is told of it. */
async function erase({ companyId, scope }: TestCompany, name: string): Promise<void> {
  const [account] = await database().execute<{ id: number }>(
    sql`select id from accounts where company_id = ${companyId} and name = ${name}`,
  );
  await writeWithin(scope, (tx) => erasePerson(tx, scope, account!.id));
  forgetNameIds();
}

describe("an event that is sent again", () => {
  it("brings back no name of an erased account, alone or among new events of several companies", async () => {
    const [first, second] = companies as [TestCompany, TestCompany];
    const sent = newEvents(first, [logon("gone")]);
    await insertEvents(sent);
    await erase(first, "gone");
    const before = await namesOf(first);
    expect(before).not.toContain("gone");
    expect(await insertEvents(sent)).toEqual([null]);
    expect(await namesOf(first)).toEqual(before);

    const mixed = [
      ...sent,
      ...newEvents(first, [logon("new")]),
      ...newEvents(second, [logon("gone", "PC-9")]),
    ];
    expect((await insertEvents(mixed)).map((stored) => stored !== null)).toEqual([false, true, true]);
    expect(await namesOf(first)).toEqual([...before, "new"].toSorted());
    expect(await namesOf(second)).toEqual(["PC-9", "gone"]);
  });

  it("keeps a name that a new event of the same commit uses, and takes it for known afterwards", async () => {
    const [company] = companies as [TestCompany];
    const sent = newEvents(company, [logon("back")]);
    await insertEvents(sent);
    await erase(company, "back");
    const [again, later] = [sent[0]!, newEvents(company, [{ ...logon("back"), at: START + 1_000 }])[0]!];
    const [, stored] = await insertEvents([again, later]);
    expect(await namesOf(company)).toContain("back");
    const [next] = await insertEvents(newEvents(company, [{ ...logon("back"), at: START + 2_000 }]));
    expect(next!.accountId).toBe(stored!.accountId);
  });

  it("is followed by a new event under a row of its own", async () => {
    const [company] = companies as [TestCompany];
    const sent = newEvents(company, [logon("twice")]);
    await insertEvents(sent);
    await erase(company, "twice");
    await insertEvents(sent);
    const [stored] = await insertEvents(newEvents(company, [{ ...logon("twice"), at: START + 3_000 }]));
    expect(stored).not.toBeNull();
    expect((await namesOf(company)).filter((name) => name === "twice")).toEqual(["twice"]);
  });

  it("holds up no other commit of the company, each of which has new names as well", async () => {
    const [company] = companies as [TestCompany];
    const users = ["left.1", "left.2", "left.3"];
    const sent = newEvents(
      company,
      users.map((user) => logon(user)),
    );
    await insertEvents(sent);
    for (const user of users) await erase(company, user);
    for (let round = 0; round < 4; round += 1) {
      forgetNameIds();
      const commits = sent.map((again, place) =>
        insertEvents([again, ...newEvents(company, [logon(`other.${round}.${place}`)])]),
      );
      const answers = await Promise.all(commits);
      expect(answers.map(([again, other]) => [again, other !== null])).toEqual(sent.map(() => [null, true]));
    }
  });
});
