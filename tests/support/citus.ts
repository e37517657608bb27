import { it } from "vitest";

/** Whether this run is of `npm run test:citus`: the database is on the coordinator of a Citus cluster. */
export const isOnCitusRun = process.env.TEST_ON_CITUS === "true";

/**
 * `it` for what cannot be tried on Citus, such as a test that sets a trigger on a distributed table. The run names each
 * reason.
 */
export function itOnPlain(reason: string) {
  if (isOnCitusRun) console.log(`Left out on Citus: ${reason}`);
  return isOnCitusRun ? it.skip : it;
}
