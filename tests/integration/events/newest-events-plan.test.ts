import { sql, type SQL } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { closeDatabase, connectionPool, type Transaction } from "@/db/client";
import { newestEvents } from "@/db/queries/events/live-events";
import { readWithin } from "@/db/scope";
import { makeCompany, storeEvents } from "../../support/stored-events";

const EVENTS = 2_000;
const WANTED = 25;

afterAll(() => closeDatabase());

interface PlanNode {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

/** How many rows of events the nodes of a plan have looked at. */
function eventsRead(node: PlanNode): number {
  const own =
    node["Relation Name"] === "events"
      ? (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]
      : 0;
  return (node.Plans ?? []).reduce((total, child) => total + eventsRead(child), own);
}

test("the newest events are found by the index, whatever the number of events", async () => {
  const company = await makeCompany("Newest plan");
  const now = Date.now();
  const events = Array.from({ length: EVENTS }, (_, n) => ({
    type: "Logon",
    user: `user.${n % 50}`,
    computer: "PC-1",
    at: now - n * 1_000,
  }));
  await storeEvents(company, events);
  await connectionPool()`analyze events`;
  const read = await readWithin(company.scope, async (tx) => {
    // Other suites fill the same tables meanwhile: whatever statistics there are, only the order of the key is left.
    for (const way of ["seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"])
      await tx.execute(sql.raw(`set local enable_${way} = off`));
    let plan: PlanNode | undefined;
    const explained = {
      execute: async (query: SQL) => {
        const [row] = await tx.execute<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
          sql`explain (analyze, format json) ${query}`,
        );
        plan = row!["QUERY PLAN"][0]!.Plan;
        return [];
      },
    } as unknown as Transaction;
    await newestEvents(explained, company.scope, WANTED);
    return eventsRead(plan!);
  });
  expect(read).toBeGreaterThanOrEqual(WANTED);
  expect(read).toBeLessThan(5 * WANTED);
});
