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
