import { afterEach, expect, it, vi } from "vitest";
import { runMigrations } from "@/db/migrate";
import { refreshEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { isLeftOut } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents } from "../../support/stored-events";

provideOwnDatabase();

afterEach(() => {
  vi.restoreAllMocks();
  delete process.env.CITUS_SHARD_COUNT;
  refreshEnv();
});

/** What the log warns of when a server starts with so many shards. */
async function warnings(shards: string): Promise<string[]> {
  process.env.CITUS_SHARD_COUNT = shards;
  refreshEnv();
  const warn = vi.spyOn(logger, "warn");
  await runMigrations(process.env.DATABASE_URL!);
  return warn.mock.calls.map((call) => String(call.at(-1)));
}

it.skipIf(isLeftOut("it is of a database without Citus"))(
  "CITUS_SHARD_COUNT without effect is told, with the reason",
  async () => {
    expect(await warnings("0")).toEqual([]);
    expect(await warnings("4")).toEqual([expect.stringContaining("the database has no extension citus")]);
    const company = await makeCompany("Acme");
    await storeEvents(company, [{ type: "Logon", user: "anna", computer: "PC-1", at: Date.now() - 60_000 }]);
    vi.restoreAllMocks();
    expect(await warnings("4")).toEqual([expect.stringContaining("holds events already")]);
  },
);
