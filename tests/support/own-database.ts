import { randomBytes } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { closeDatabase, connect } from "@/db/client";
import { flushAnnouncements } from "@/lib/services/events/announce-events";
import { flushStoredErrors } from "@/lib/services/errors/store-error";

/** Gives a suite a migrated database of its own, for guarantees about what there is only one of in a portal. */
export function provideOwnDatabase(): void {
  const shared = process.env.DATABASE_URL!;
  const name = `winauthmon_test_${randomBytes(6).toString("hex")}`;

  async function onShared(statement: string): Promise<void> {
    const sql = connect(shared, { max: 1 });
    await sql.unsafe(statement).finally(() => sql.end());
  }

  beforeAll(async () => {
    await onShared(`create database ${name} template ${process.env.TEST_DATABASE_TEMPLATE}`);
    const url = new URL(shared);
    url.pathname = `/${name}`;
    process.env.DATABASE_URL = url.href;
    process.env.AUTH_SECRET ??= randomBytes(33).toString("base64");
  });
  afterAll(async () => {
    await flushAnnouncements();
    await flushStoredErrors(); // a second later they would go into the next suite's database
    await closeDatabase();
    process.env.DATABASE_URL = shared;
    await onShared(`drop database if exists ${name} with (force)`);
  });
}
