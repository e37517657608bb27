import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { closeDatabase } from "@/db/client";
import { flushAnnouncements } from "@/lib/services/events/announce-events";
import { flushStoredErrors } from "@/lib/services/errors/store-error";
import { copyDatabase, dropDatabase, withDatabase } from "./database-nodes";

/** Gives a suite a migrated database of its own, for guarantees about what there is only one of in a portal. */
export function provideOwnDatabase(): void {
  const shared = process.env.DATABASE_URL!;
  const name = `winauthmon_test_${randomBytes(6).toString("hex")}`;

  beforeAll(async () => {
    await copyDatabase(shared, name, process.env.TEST_DATABASE_TEMPLATE!);
    process.env.DATABASE_URL = withDatabase(shared, name);
    process.env.AUTH_SECRET ??= randomBytes(33).toString("base64");
  });
  afterAll(async () => {
    await flushAnnouncements();
    await flushStoredErrors(); // a second later they would go into the next suite's database
    await closeDatabase();
    process.env.DATABASE_URL = shared;
    // To drop one takes a checkpoint of the whole server.
    if (!process.env.TEST_KEEPS_DATABASES) await dropDatabase(shared, name);
  });
}
