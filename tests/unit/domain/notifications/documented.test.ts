import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { KINDS } from "@/lib/domain/notifications/kinds";

const page = readFileSync("docs/notifications.md", "utf8");

it.each(KINDS)(
  "docs/notifications.md tells what $name means, with its severity and whether it lasts",
  (kind) => {
    const lasts = kind.subject && !kind.ends ? ", lasts" : "";
    expect(page).toContain(`| \`${kind.name}\` | ${kind.severity}${lasts} |`);
  },
);

it("docs/notifications.md names no kind that does not exist", () => {
  const named = [...page.matchAll(/^\| `([a-z-]+\.[a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(KINDS.map(({ name }) => name).toSorted());
});
