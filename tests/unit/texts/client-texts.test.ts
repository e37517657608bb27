import path from "node:path";
import { expect, it } from "vitest";
import { SHARED_TEXTS } from "@/components/ui/texts";
import {
  nameOf,
  parseFolders,
  stringOf,
  walk,
  type Node,
  type ParsedFile,
} from "../../support/parsed-source";

const files = parseFolders(["app", "components", "lib"]);
const ENTRY = /^(page|layout|template|loading|error|not-found|forbidden)\.tsx$/;
const entries = [...files.keys()].filter(
  (name) => name.startsWith("app/") && ENTRY.test(path.posix.basename(name)),
);

interface Reached {
  server: ParsedFile[];
  client: ParsedFile[];
}

const reached = new Map<string, Reached>();

/** What an entry loads, on either side. */
function reach(entry: string): Reached {
  const known = reached.get(entry) ?? follow(entry);
  reached.set(entry, known);
  return known;
}

function follow(entry: string): Reached {
  const sides = { server: new Set<string>(), client: new Set<string>() };
  const open = [{ name: entry, isClient: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const file = files.get(next.name)!;
    const isClient = next.isClient || file.isClient;
    const side = isClient ? sides.client : sides.server;
    // What a client module imports from lib is code; actions run on the server.
    if (side.has(file.name) || /^["']use server["']/.test(file.text)) continue;
    side.add(file.name);
    open.push(...file.imports.map((name) => ({ name, isClient })));
  }
  const read = (names: Set<string>) => [...names].map((name) => files.get(name)!);
  return { server: read(sides.server), client: read(sides.client) };
}

/** Areas that client modules read. */
function wanted(modules: readonly ParsedFile[]): Set<string> {
  const areas = new Set<string>();
  for (const { program, name } of modules) {
    // It names no area itself: its callers do.
    if (name === "components/ui/use-words.ts") continue;
    walk(program, (node) => {
      if (node.type !== "CallExpression" || !/^use(Translations|Words)$/.test(nameOf(node.callee))) return;
      const named = node.arguments as Node[];
      if (named.length === 0) areas.add(`all, by ${name}`);
      for (const area of named) areas.add(stringOf(area) ?? `all, by ${name}`);
    });
  }
  return areas;
}

/** Areas that `<Texts of={[…]}>` gives. */
function given(modules: readonly ParsedFile[]): Set<string> {
  const areas = new Set<string>();
  for (const { program } of modules) {
    walk(program, (node, [parent]) => {
      if (node.type !== "JSXAttribute" || nameOf(node.name) !== "of" || nameOf(parent!.name) !== "Texts")
        return;
      const { elements } = (node.value as { expression: { elements?: Node[] } }).expression;
      for (const element of elements ?? []) areas.add(stringOf(element)!);
    });
  }
  return areas;
}

/** The layouts around a page, without itself. */
function layoutsOf(entry: string): string[] {
  const found: string[] = [];
  for (let folder = path.posix.dirname(entry); folder !== "."; folder = path.posix.dirname(folder)) {
    const layout = `${folder}/layout.tsx`;
    if (files.has(layout) && layout !== entry) found.push(layout);
  }
  return found;
}

/** Pages below a layout. */
function pagesBelow(layout: string): string[] {
  const folder = path.posix.dirname(layout);
  return entries.filter((entry) => entry.startsWith(`${folder}/`) && !entry.endsWith("/layout.tsx"));
}

/** A layout may give what several pages below it read. */
function isForPages(entry: string, area: string): boolean {
  if (!entry.endsWith("/layout.tsx")) return false;
  return pagesBelow(entry).filter((page) => wanted(reach(page).client).has(area)).length > 1;
}

it("gives client components the texts that they read, and no others", () => {
  const wrong = entries.flatMap((entry) => {
    const { server, client } = reach(entry);
    const outer = new Set([
      ...SHARED_TEXTS,
      ...layoutsOf(entry).flatMap((layout) => [...given(reach(layout).server)]),
    ]);
    const needs = [...wanted(client)].filter((area) => !outer.has(area)).toSorted();
    const gives = [...given(server)].toSorted();
    const isRight =
      needs.every((area) => gives.includes(area)) &&
      gives.every((area) => needs.includes(area) || isForPages(entry, area));
    return isRight ? [] : [{ entry, needs, gives }];
  });
  expect(entries.length).toBeGreaterThan(40);
  expect(wrong).toEqual([]);
});

it("shares only areas that client components of several pages read", () => {
  const users = (area: string) =>
    entries.filter((entry) => entry.endsWith("/page.tsx") && wanted(reach(entry).client).has(area)).length;
  expect(SHARED_TEXTS.filter((area) => users(area) < 2)).toEqual([]);
});

it("keeps the catalog out of what browsers load", () => {
  const loaded = new Set(entries.flatMap((entry) => reach(entry).client));
  const readers = [...loaded].filter(({ text }) =>
    /["']@\/(messages\/\w+\.json|lib\/english|lib\/texts|lib\/errors)/.test(text),
  );
  expect(readers.map(({ name }) => name)).toEqual([]);
});
