import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** The first whose locks the guide describes. */
const FIRST = "0026";

const guide = readFileSync("docs/upgrading.md", "utf8");
const [, after] = guide.split("| migration | lock, and for how long |\n|---|---|\n");
const table = after!.split("\n\n")[0]!;
const migrations = readdirSync("db/migrations")
  .filter((file) => file.endsWith(".sql"))
  .map((file) => file.slice(0, 4))
  .filter((number) => number >= FIRST)
  .toSorted();

it("docs/upgrading.md says of every migration since 0026 what it locks, and names no other", () => {
  const named = table
    .split("\n")
    .flatMap((row) => row.split("|")[1]!.match(/\d{4}/g) ?? [])
    .toSorted();
  expect(migrations).toContain("0040");
  expect(named).toEqual(migrations);
});
