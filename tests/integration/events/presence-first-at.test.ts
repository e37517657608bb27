import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { makeCompany, storeEvents, type SentEvent } from "../../support/stored-events";

afterAll(() => closeDatabase());

const START = Date.UTC(2026, 1, 3, 8);

function batches(): fc.Arbitrary<SentEvent[][]> {
  const event = fc.record({
    type: fc.constantFrom("Logon", "Lock", "Logoff", "4625", "Sleep", "Startup", "Wake"),
    user: fc.constantFrom("anna", "bert"),
    computer: fc.constantFrom("PC-1", "PC-2"),
    at: fc.nat(500).map((n) => START + n * 60_000),
  });
  return fc.array(fc.array(event, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 });
}

test("whatever the order of arrival, a presence begins with the oldest of its events and stands at the newest", async () => {
  await fc.assert(
    fc.asyncProperty(batches(), async (sent) => {
      const company = await makeCompany("First seen");
      for (const batch of sent) await storeEvents(company, batch);
      const rows = await database().execute<Record<string, string>>(sql`
        select p.first_at = min(e.occurred_at) as is_oldest, p.at = max(e.occurred_at) as is_newest
        from presence p join events e on e.company_id = p.company_id and e.computer_id = p.computer_id
          and e.kind between 1 and 9
          and p.account_id = case when e.kind >= 8 then -1 when e.kind = 7 then 0 else e.account_id end
        where p.company_id = ${company.companyId} group by p.company_id, p.computer_id, p.account_id`);
      const kinds = sent.flat().filter(({ type }) => type !== "4625" && type !== "Wake");
      expect(rows.length > 0).toBe(kinds.length > 0);
      expect(rows.filter((row) => !row.is_oldest || !row.is_newest)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
