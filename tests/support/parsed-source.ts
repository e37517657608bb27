import path from "node:path";
import { parseSync } from "oxc-parser";
import { sourceFiles } from "./source-files";

/** A node of ESTree, as far as walking it needs to know. */
export interface Node {
  type: string;
  [property: string]: unknown;
}

export interface ParsedFile {
  name: string;
  text: string;
  program: Node;
  isClient: boolean;
  /** Modules of the given folders that are loaded at run time, dynamic imports included. */
  imports: readonly string[];
}

const ENDINGS = ["", ".ts", ".tsx"];

/** The TypeScript below the folders by path, parsed. */
export function parseFolders(folders: readonly string[]): Map<string, ParsedFile> {
  const texts = new Map([...sourceFiles(folders)].filter(([name]) => /\.tsx?$/.test(name)));
  const resolve = (importer: string, from: string) => {
    const base = from.startsWith("@/")
      ? from.slice(2)
      : from.startsWith(".") && path.posix.join(path.posix.dirname(importer), from);
    return base ? ENDINGS.map((ending) => base + ending).find((name) => texts.has(name)) : undefined;
  };
  return new Map([...texts].map(([name, text]) => [name, parse(name, text, resolve)]));
}

function parse(
  name: string,
  text: string,
  resolve: (importer: string, from: string) => string | undefined,
): ParsedFile {
  const { program, module } = parseSync(name, text);
  const wanted = [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest && !isType ? [moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) =>
      text.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    ),
  ];
  return {
    name,
    text,
    program: program as unknown as Node,
    isClient: /^["']use client["']/.test(text),
    imports: [...new Set(wanted.flatMap((from) => resolve(name, from) ?? []))],
  };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Visits each node with its ancestors, the nearest first. */
export function walk(
  node: Node,
  visit: (node: Node, ancestors: readonly Node[]) => void,
  ancestors: readonly Node[] = [],
): void {
  visit(node, ancestors);
  const inner = [node, ...ancestors];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, inner);
  }
}

/** The name of an identifier, member or JSX name; "" for anything else. */
export function nameOf(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "MemberExpression") return nameOf(node.property);
  if (node.type === "Literal") return String(node.value);
  return typeof node.name === "string" ? node.name : "";
}

/** The text of a string literal or of a template without values, else undefined. */
export function stringOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  return undefined;
}
