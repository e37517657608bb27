import path from "node:path";
import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

const FOLDERS = ["app", "components"];
const ENDINGS = ["", ".ts", ".tsx"];
const ENTRY = /^(page|layout|template|default|loading|not-found|forbidden|route|actions)\.tsx?$/;

/** Modules below the two folders by path, as text. */
const modules = sourceFiles(FOLDERS);

interface Import {
  from: string;
  /** Exported names, types left out. */
  names: string[];
}

function isClient(name: string): boolean {
  return /^["']use client["']/.test(modules.get(name)!);
}

function importsOf(name: string): Import[] {
  return [...modules.get(name)!.matchAll(/^import (?!type )([^;"]*?) from "([^"]+)"/gm)].flatMap(
    ([, clause, from]) => {
      const target = resolve(name, from!);
      return target ? [{ from: target, names: namesOf(clause!) }] : [];
    },
  );
}

function namesOf(clause: string): string[] {
  const named = /\{([^}]*)\}/.exec(clause)?.[1] ?? "";
  return named
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && !part.startsWith("type "))
    .map((part) => part.split(" as ")[0]!);
}

function resolve(importer: string, from: string): string | undefined {
  const base = from.startsWith("@/")
    ? from.slice(2)
    : from.startsWith(".") && path.posix.join(path.posix.dirname(importer), from);
  return base ? ENDINGS.map((ending) => base + ending).find((name) => modules.has(name)) : undefined;
}

/** What runs on the server: everything that pages and handlers reach without passing a client module. */
function serverModules(): Set<string> {
  const reached = new Set<string>();
  const open = [...modules.keys()].filter(
    (name) => name.startsWith("app/") && ENTRY.test(path.posix.basename(name)) && !isClient(name),
  );
  for (let name = open.pop(); name; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...importsOf(name).flatMap(({ from }) => (isClient(from) ? [] : [from])));
  }
  return reached;
}

it("server modules take only components from client modules: calling anything else answers 500", () => {
  const server = serverModules();
  expect(server).toContain("components/computers/computer-view.tsx");
  const taken = [...server].flatMap((name) =>
    importsOf(name)
      .filter(({ from }) => isClient(from))
      .flatMap(({ from, names }) => names.map((exported) => ({ name, from, exported }))),
  );
  expect(taken).toContainEqual(expect.objectContaining({ exported: "HealthBadges" }));
  expect(taken.filter(({ exported }) => !/^[A-Z][a-z]/.test(exported))).toEqual([]);
});
