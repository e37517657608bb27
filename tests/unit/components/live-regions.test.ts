import path from "node:path";
import { expect, it } from "vitest";
import { withCount } from "@/components/data-table/count-label";
import { sourceFiles } from "../../support/source-files";

const modules = sourceFiles(["app", "components"]);
const CLOCK = "components/time/use-now.ts";

function moduleOf(importer: string, from: string): string | undefined {
  const base = from.startsWith("@/") ? from.slice(2) : path.posix.join(path.posix.dirname(importer), from);
  return ["", ".ts", ".tsx"].map((ending) => base + ending).find((name) => modules.has(name));
}

/** The imported names of a module, types left out, with the modules that they are from. */
function importsOf(name: string): Map<string, string> {
  const lines = modules.get(name)!.matchAll(/^import (?!type )([^;"]*?) from "([^"]+)"/gm);
  return new Map(
    [...lines].flatMap(([, clause, from]) => {
      const target = moduleOf(name, from!);
      return target ? [...clause!.matchAll(/\w+/g)].map(([imported]) => [imported, target] as const) : [];
    }),
  );
}

function isTicking(name: string, seen = new Set<string>()): boolean {
  if (name === CLOCK) return true;
  if (seen.has(name)) return false;
  seen.add(name);
  return [...importsOf(name).values()].some((target) => isTicking(target, seen));
}

const REGIONS = [
  /<(output)\b[^>]*>([\s\S]*?)<\/output>/g,
  /<([\w.]+)\b[^>]*\b(?:aria-live="polite"|role="status")[^>]*>([\s\S]*?)<\/\1>/g,
];

/** What is read aloud when it changes, with the modules that draw within it; those of its own file are followed, too. */
const regions = [...modules].flatMap(([name, source]) => {
  const text = source.replaceAll("=>", "");
  const imports = importsOf(name);
  return REGIONS.flatMap((pattern) => [...text.matchAll(pattern)]).map(([, , inside]) => {
    const tags = [...inside!.matchAll(/<([A-Z]\w*)/g)].map(([, tag]) => tag!);
    return { name, drawing: tags.map((tag) => imports.get(tag) ?? name) };
  });
});

it("reads nothing aloud that changes by itself with the time", () => {
  expect(regions.map(({ name }) => name)).toContain("components/data-table/count-label.tsx");
  expect(isTicking("components/fleet/newcomer-list.tsx")).toBe(true);
  const ticking = regions.filter(({ drawing }) => drawing.some((module) => isTicking(module)));
  expect(ticking.map(({ name }) => name)).toEqual([]);
});

it("says how many rows a list has, and not how it grows while it is read again", () => {
  const first = withCount(null, "q=anna", "3 events");
  expect(first).toEqual({ query: "q=anna", text: "3 events", isSaid: true });
  expect(withCount(first, "q=anna", "3 events")).toBe(first);
  const grown = withCount(first, "q=anna", "4 events");
  expect(grown).toEqual({ query: "q=anna", text: "4 events", isSaid: false });
  expect(withCount(grown, "q=bert", "4 events")).toEqual({ query: "q=bert", text: "4 events", isSaid: true });
});
