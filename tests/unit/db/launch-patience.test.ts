import { expect, it } from "vitest";
import { patienceWith } from "@/db/embedded/bring-up";

it("a launch outlasts the minute after which a server of a moved folder ends, and gives up at once on what stays", () => {
  const memory = "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use";
  expect(patienceWith(memory)).toBeGreaterThan(60_000);
  expect(patienceWith('FATAL:  lock file "postmaster.pid" already exists')).toBe(30_000);
  expect(patienceWith("FATAL:  could not open configuration file")).toBe(-1);
});
