/** Whether this run is of `npm run test:citus`: the database is on the coordinator of a Citus cluster. */
export const isOnCitusRun = process.env.TEST_ON_CITUS === "true";

/**
 * For `it.skipIf`: whether a test is left out because it cannot be tried on Citus, such as one that sets a trigger on a
 * distributed table. The run names each reason.
 */
export function isLeftOut(reason: string): boolean {
  if (isOnCitusRun) console.log(`Left out on Citus: ${reason}`);
  return isOnCitusRun;
}

/** How often a property is tried: less on Citus, where each statement goes to several nodes and takes as much longer. */
export function runs(count: number): number {
  return isOnCitusRun ? Math.ceil(count / 10) : count;
}
