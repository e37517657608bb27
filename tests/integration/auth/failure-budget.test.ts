import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { auditLog } from "@/db/schema/logs";
import { recordFailure } from "@/lib/services/audit/record-failure";

const HOUR = 3_600_000;
/** One more than a window keeps. */
const MANY = 61;

test("keeps refusals again at once when the clock is set back", async () => {
  const address = `2001:db8::${randomInt(1, 65_536).toString(16)}:${randomInt(1, 65_536).toString(16)}`;
  const refuse = (at: number) =>
    recordFailure({ actorUserId: null, actorName: null, address, action: "session.refused" }, at);
  const countKept = () => database().$count(auditLog, eq(auditLog.address, address));
  // Ahead of the window of any other test in this process.
  const start = Date.now() + 2 * HOUR;
  for (let i = 0; i < MANY; i += 1) await refuse(start);
  expect(await countKept()).toBe(MANY - 1);
  await refuse(start - HOUR);
  expect(await countKept()).toBe(MANY);
});
