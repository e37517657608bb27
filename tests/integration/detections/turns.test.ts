import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { connect, database } from "@/db/client";
import { listCompaniesToAsk } from "@/db/queries/global/detection-clock";
import { Served, takeTurns } from "@/lib/services/detections/company-turns";
import { followCompany } from "@/lib/services/detections/follow-company";
import { askingTurns, learnOnce } from "@/lib/services/detections/follow-events";
import { isLeftOut } from "../../support/citus";
import { followStored, settleStored } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const MINUTE = 60_000;

const guesses = (count: number): SentEvent[] =>
  Array.from({ length: count }, (_, number) => ({
    type: "logon_failed",
    user: "anna",
    computer: "PC-1",
    at: Date.now() - MINUTE + number,
  }));

async function countAlerts({ companyId }: TestCompany): Promise<number> {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from alerts where company_id = ${companyId}`);
  return row!.count;
}

async function learn(): Promise<void> {
  await settleStored();
  await learnOnce(new AbortController().signal, () => false);
}

describe("companies whose events are checked", () => {
  it("take turns with one whose backlog never ends: what is stored meanwhile is found", async () => {
    const [busy, late] = [await makeCompany("Never done"), await makeCompany("Stored meanwhile")];
    for (const company of [busy, late]) await storeEvents(company, guesses(1));
    await followStored();
    await storeEvents(busy, guesses(1));
    await settleStored();
    const { signal } = new AbortController();
    const turns = askingTurns(signal, () => false);
    let isStored = false;
    let found = 0;
    await takeTurns(
      {
        ...turns,
        step: async (companyId) => {
          if (companyId !== busy.companyId) return turns.step(companyId);
          if (!isStored) await storeEvents(late, guesses(5));
          isStored = true;
          found = await countAlerts(late);
          // Its cursor stays behind, as a backlog leaves it.
          return found === 0 ? "more" : "done";
        },
      },
      new Served(),
    );
    expect(found).toBe(1);
  });

  it("are asked while others learn habits, however many these are", async () => {
    const [learned, learning] = [await makeCompany("Has learned"), await makeCompany("Has yet to learn")];
    await storeEvents(learned, guesses(1));
    await learn();
    for (const company of [learned, learning]) await storeEvents(company, guesses(1));
    await settleStored();
    const asked = [await listCompaniesToAsk(false), await listCompaniesToAsk(true)];
    expect(asked.map((ids) => [learned, learning].map(({ companyId }) => ids.includes(companyId)))).toEqual([
      [true, false],
      [false, true],
    ]);
    await learn();
    expect(await listCompaniesToAsk(true)).toEqual([]);
    expect(await listCompaniesToAsk(false)).toContain(learning.companyId);
  });

  it.skipIf(isLeftOut("locks of a distributed table are seen on its nodes"))(
    "aren't held up by the long look with which another begins to learn",
    async () => {
      const company = await makeCompany("Begins to learn");
      await storeEvents(company, guesses(5));
      await settleStored();
      const holder = connect(process.env.DATABASE_URL!, { max: 1 });
      const lock = await holder.reserve();
      await lock`begin`;
      await lock`lock table presence in access exclusive mode`;
      const following = followCompany(company.companyId);
      const waiting = async () => {
        const [row] = await database().execute<{ numbered: boolean }>(sql`
          select backend_xid is not null as numbered from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query ~ 'from presence'`);
        return row;
      };
      let look = await waiting();
      while (!look) {
        await delay(20);
        look = await waiting();
      }
      await lock`commit`;
      await following;
      lock.release();
      await holder.end();
      // A transaction with a number would keep the detection clock from settling what is stored after it.
      expect(look.numbered).toBe(false);
      expect(await following).toBe("more");
      await followStored();
      expect(await countAlerts(company)).toBe(1);
    },
  );
});
