import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "@/db/client";

export interface PlanNode {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Join Filter"?: number;
  Plans?: PlanNode[];
  /** What the nodes of Citus did. */
  "Distributed Query"?: { Job: { Tasks: { "Remote Plan": { Plan: PlanNode }[][] }[] } };
}

function partsOf(node: PlanNode): PlanNode[] {
  const tasks = node["Distributed Query"]?.Job.Tasks ?? [];
  return [
    ...(node.Plans ?? []),
    ...tasks.flatMap((task) => task["Remote Plan"].flat().map(({ Plan }) => Plan)),
  ];
}

/** The table's own name; each node of Citus numbers its part of it. */
const tableOf = (node: PlanNode) => node["Relation Name"]?.replace(/_\d+$/, "");

const WAYS = ["seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin", "material"];

/**
 * Does the work with a transaction that also explains each statement, and gives their plans.
 *
 * Other suites fill the same tables meanwhile: whatever statistics there are, the ways that are left are the orders of
 * the indexes. `isSorted`: of work that sorts in any case. Before PostgreSQL 18, whatever is above a sort that is turned
 * off costs so much that the planner takes any of its plans.
 */
export async function plansOf(
  tx: Transaction,
  work: (explained: Transaction) => Promise<unknown>,
  isSorted = false,
): Promise<PlanNode[]> {
  const isSortLeft = isSorted && (await versionOf(tx)) < 18;
  for (const way of WAYS.filter((name) => name !== "sort" || !isSortLeft))
    await tx.execute(sql.raw(`set local enable_${way} = off`));
  return usualPlansOf(tx, work);
}

/** The same with the plans that PostgreSQL takes by its statistics: for a suite with a database of its own. */
export async function usualPlansOf(
  tx: Transaction,
  work: (explained: Transaction) => Promise<unknown>,
): Promise<PlanNode[]> {
  const plans: PlanNode[] = [];
  const explained = {
    execute: async (query: SQL) => {
      const [row] = await tx.execute<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
        sql`explain (analyze, format json) ${query}`,
      );
      plans.push(row!["QUERY PLAN"][0]!.Plan);
      return tx.execute(query);
    },
  } as unknown as Transaction;
  await work(explained);
  return plans;
}

async function versionOf(tx: Transaction): Promise<number> {
  const [row] = await tx.execute<{ number: number }>(sql`
    select current_setting('server_version_num')::int / 10000 as number`);
  return row!.number;
}

/** The sum of a figure over all nodes of the plans. */
export function sumOver(plans: readonly PlanNode[], figure: (node: PlanNode) => number): number {
  return plans.reduce((total, node) => total + figure(node) + sumOver(partsOf(node), figure), 0);
}

/** How many rows of the table were looked at. */
export function rowsRead(plans: readonly PlanNode[], table: string): number {
  return sumOver(plans, (node) =>
    tableOf(node) === table
      ? (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"]
      : 0,
  );
}
