import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

/** What these answer doesn't go through Next. */
const WITHOUT_NEXT = /^lib\/server\/(front|agent-api)\//;

/** The headers that Next leaves out of an answer of a handler. */
function droppedHeaders(): string[] {
  const sender = createRequire(import.meta.url).resolve("next/dist/server/send-response.js");
  const list = /FORBIDDEN_HEADERS = \[([^\]]*)\]/.exec(readFileSync(sender, "utf8"))![1]!;
  return [...list.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name!);
}

it("no answer has a header that Next drops, so that nothing relies on one", () => {
  const dropped = droppedHeaders();
  expect(dropped).toContain("content-length");
  const header = new RegExp(`["'](${dropped.join("|")})["']\\s*[:,]`, "i");
  const found = [...sourceFiles(["app", "lib/server"])].filter(
    ([name, code]) => !WITHOUT_NEXT.test(name) && header.test(code),
  );
  expect(found.map(([name]) => name)).toEqual([]);
});
