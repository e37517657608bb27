import { setImmediate as nextPass } from "node:timers/promises";
import { expect, test } from "vitest";
import { inHashQueue } from "@/lib/services/passwords/password-queue";
import { sourceFiles } from "../../support/source-files";

/** Asks for turns in the order given; what ran in its order, and what was refused, once all is done. */
async function runAll(
  names: readonly string[],
): Promise<{ ran: string[]; refusals: string[]; mostAtOnce: number }> {
  const ran: string[] = [];
  const refusals: string[] = [];
  let running = 0;
  let mostAtOnce = 0;
  await Promise.all(
    names.map((name) => {
      const [asker, kind] = name.split(" ") as [string, string];
      return inHashQueue({ asker, isKnown: kind === "known" }, async () => {
        ran.push(name);
        running += 1;
        mostAtOnce = Math.max(mostAtOnce, running);
        await nextPass();
        running -= 1;
      }).catch((error: Error) => void refusals.push(error.message));
    }),
  );
  return { ran, refusals, mostAtOnce };
}

test("few hashes run at once, and addresses take turns however many tries one of them sends", async () => {
  const { ran, refusals, mostAtOnce } = await runAll([
    ...Array<string>(30).fill("attacker new"),
    "person new",
    "other new",
  ]);
  expect(refusals).toEqual([]);
  expect(mostAtOnce).toBeLessThanOrEqual(2);
  // Behind those that run already and one more of the attacker.
  expect(ran.slice(0, 6)).toEqual(expect.arrayContaining(["person new", "other new"]));
});

test("a known browser waits behind one of the others at most, and has a place when those fill the queue", async () => {
  const crowd = Array.from({ length: 200 }, (_, i) => `address${i} new`);
  const { ran, refusals } = await runAll([...crowd, "owner known"]);
  expect(ran.indexOf("owner known")).toBeLessThanOrEqual(4);
  expect(refusals.length).toBeGreaterThan(0);
  expect(new Set(refusals.map((text) => text.replace(/\d+ seconds?/, "N seconds")))).toEqual(
    new Set(["Too many people are signing in at once. Try again in N seconds."]),
  );
});

test("a hundred known browsers and users may wait, however many of the others do", async () => {
  const crowd = Array.from({ length: 200 }, (_, i) => `address${i} new`);
  const known = Array.from({ length: 100 }, (_, i) => `owner${i} known`);
  const { ran } = await runAll([...crowd, ...known]);
  expect(ran.filter((name) => name.endsWith("known"))).toHaveLength(100);
});

test("one address fills no more than its own part of the queue", async () => {
  const { ran, refusals } = await runAll([...Array<string>(120).fill("attacker new"), "person new"]);
  expect(ran).toContain("person new");
  expect(refusals.length).toBeGreaterThan(60);
});

test("no request takes a turn of the portal itself, whose places all would share", () => {
  const users = [...sourceFiles(["app", "lib"])].filter(([, text]) => /\bPORTAL_TURN\b/.test(text));
  expect(users.map(([name]) => name).toSorted()).toEqual([
    "lib/services/import/place-users.ts",
    "lib/services/install/seed-installation.ts",
    "lib/services/passwords/hash-password.ts",
    "lib/services/passwords/password-queue.ts",
  ]);
});
