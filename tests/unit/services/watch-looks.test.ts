import { expect, it } from "vitest";
import { nameOf, parseFolders, walk, type Node } from "../../support/parsed-source";

/** A round over companies fails at its end where it failed for one, so what follows it in the same look is not done. */
const ROUNDS = ["writeByCompany", "forEachCompany"];

interface Declared extends Node {
  declaration?: Declared;
  declarations?: Declared[];
  body: Declared[];
  id?: unknown;
}

interface Call extends Node {
  callee: Node & { object?: unknown };
}

/** What each function and constant at the top of a file calls. */
const calls = new Map(
  [...parseFolders(["lib/services/watch"]).values()].flatMap(({ program }) =>
    (program as Declared).body
      .map(({ declaration, ...statement }) => declaration ?? statement)
      .flatMap((one) => one.declarations ?? [one])
      .map((one) => [nameOf(one.id), callsIn(one)] as const)
      .filter(([name]) => name !== "" && !ROUNDS.includes(name)),
  ),
);

function callsIn(body: Node): string[] {
  const names: string[] = [];
  walk(body, (node, ancestors) => {
    if (node.type === "CallExpression" && !ancestors.some(isCount)) names.push(nameOf(node.callee));
  });
  return names;
}

/** Whether it waits for a look whose failure the job keeps until all are done. */
function isCount(node: Node): boolean {
  const { type, callee } = node as Call;
  return type === "CallExpression" && nameOf(callee) === "count" && nameOf(callee.object) === "looks";
}

/** How many rounds over companies a function makes, those of what it calls included. */
function roundsOf(name: string, callers: readonly string[] = []): number {
  if (ROUNDS.includes(name)) return 1;
  if (callers.includes(name)) return 0;
  return (calls.get(name) ?? []).reduce((sum, one) => sum + roundsOf(one, [...callers, name]), 0);
}

const looks = [...calls.keys()].filter((name) => roundsOf(name) > 0);

it("finds the looks, and that a job of several counts each", () => {
  expect(looks).toEqual(expect.arrayContaining(["tellSites", "endOrphans", "tellExpiringKeys"]));
  expect([...calls.keys()]).toContain("watchFleet");
  expect(looks).not.toContain("watchFleet");
});

it.each(looks)("%s makes one round over the companies", (name) => {
  expect(roundsOf(name)).toBe(1);
});
