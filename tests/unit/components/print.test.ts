import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { nameOf, parseFolders, walk, type Node } from "../../support/parsed-source";

const files = [...parseFolders(["app", "components"]).values()].filter(({ name }) => name.endsWith(".tsx"));

/** The attribute's value in an opening element: its words, "" for an expression, and undefined without it. */
function attributeOf(element: Node, name: string): string | undefined {
  const attribute = (element.attributes as Node[]).find((each) => nameOf(each.name) === name);
  if (!attribute) return undefined;
  const value = (attribute.value as Node | null)?.value;
  return typeof value === "string" ? value : "";
}

const SCROLLS = /\boverflow-(?:[xy]-)?auto\b/;

/** What floats above the page or stands beside it, and is hidden on paper with all that it holds. */
const NOT_PRINTED = [
  "components/events-screen/choice-popup.tsx",
  "components/layout/bell-popup.tsx",
  "components/layout/mobile-sidebar.tsx",
  "components/layout/sidebar.tsx",
  "components/ui/command.tsx",
  "components/ui/dialog.tsx",
  "components/ui/page-tabs.tsx",
  "components/ui/sheet.tsx",
  "components/ui/tabs.tsx",
];

it("prints all that a frame scrolls to", () => {
  const cut = files.flatMap(({ name, program }) => {
    let isCut = false;
    walk(program, (node, ancestors) => {
      const text = node.type === "TemplateElement" ? (node.value as { raw: string }).raw : node.value;
      if (typeof text !== "string" || !SCROLLS.test(text) || text.includes("print:overflow-visible")) return;
      const element = ancestors.find(({ type }) => type === "JSXOpeningElement");
      if (!element || attributeOf(element, "data-print") === undefined) isCut = true;
    });
    return isCut ? [name] : [];
  });
  expect(cut.toSorted()).toEqual(NOT_PRINTED);
});

it("prints nothing that floats above the page", () => {
  const floating: string[] = [];
  const printed: string[] = [];
  for (const { name, program } of files) {
    walk(program, (node, ancestors) => {
      if (node.type !== "JSXOpeningElement") return;
      const isInPortal = ancestors.some(
        (each) => each.type === "JSXElement" && propertyOf((each.openingElement as Node).name) === "Portal",
      );
      if (!isInPortal || !/^(Content|Overlay)$/.test(propertyOf(node.name))) return;
      floating.push(name);
      if (attributeOf(node, "data-print") !== "hide") printed.push(name);
    });
  }
  expect(floating.length).toBeGreaterThan(7);
  expect(printed).toEqual([]);
});

/** `Portal` of `Primitive.Portal`. */
function propertyOf(name: unknown): string {
  const { type, property } = name as Node;
  return type === "JSXMemberExpression" ? nameOf(property) : "";
}

/** Style sheets without what stands within `@media screen`. */
function onPaper(css: string): string {
  let [rest, start] = [css, 0];
  while ((start = rest.indexOf("@media screen {")) >= 0) {
    let [end, depth] = [rest.indexOf("{", start), 0];
    do {
      depth += { "{": 1, "}": -1 }[rest[end]!] ?? 0;
      end += 1;
    } while (depth > 0);
    rest = rest.slice(0, start) + rest.slice(end);
  }
  return rest;
}

it.each(["app/globals.css", "app/kind-colors.css"])("keeps the dark theme of %s on the screen", (file) => {
  const css = readFileSync(file, "utf8");
  expect(css).toMatch(/^ {2}\.dark \{/m);
  expect(onPaper(css)).toContain(":root {");
  expect(onPaper(css)).not.toContain(".dark");
});
