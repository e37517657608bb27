import { expect, it } from "vitest";
import { AUDIT_FIELDS } from "@/lib/domain/audit-names";
import { KIND_TEXT } from "@/lib/domain/events/kinds";
import messages from "@/messages/en.json";
import { textLeaves, wantedBy } from "../../support/messages";
import { nameOf, parseFolders, stringOf, walk, type Node } from "../../support/parsed-source";

const files = [...parseFolders(["app", "components", "db", "lib"]).values()];

/** Areas whose keys are names that a rule gives, with the files that hold them. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  passwordRules: ["lib/domain/passwords.ts", "lib/domain/common-passwords.ts"],
  auditActions: ["lib/domain/audit-names.ts"],
  "auditActions.actors": ["lib/domain/audit-names.ts"],
  "auditActions.denied": ["lib/domain/audit-names.ts", "lib/domain/permissions.ts"],
  "auditActions.targets": ["lib/domain/audit-names.ts"],
  "auditActions.values": ["lib/domain/audit-names.ts"],
  "audit.areas": ["lib/domain/audit-areas.ts"],
  "audit.outcomes": ["lib/domain/audit-areas.ts"],
};

const catalog = new Map(textLeaves(messages));

const OPENERS = /^(useTranslations|getTranslations)$/;

/** Areas that a file opens, and by the name of the variable where it has one. */
function areasOf(program: Node): { all: Set<string>; byName: Map<string, Set<string>> } {
  const all = new Set<string>();
  const byName = new Map<string, Set<string>>();
  walk(program, (node, ancestors) => {
    const opened = openedBy(node);
    if (opened === undefined) return;
    all.add(opened);
    const holder = ancestors.find(({ type }) => type !== "AwaitExpression");
    if (holder?.type === "VariableDeclarator") addTo(byName, nameOf(holder.id), opened);
  });
  return { all, byName };
}

function openedBy(node: Node): string | undefined {
  if (node.type === "CallExpression" && OPENERS.test(nameOf(node.callee))) {
    return stringOf((node.arguments as Node[])[0]) ?? "";
  }
  // `getTranslations<"area">` as a type.
  if (node.type === "TSTypeQuery" && OPENERS.test(nameOf(node.exprName))) {
    const given = (node.typeArguments as { params: Node[] } | null)?.params[0];
    return stringOf(given?.literal);
  }
  return undefined;
}

function addTo(map: Map<string, Set<string>>, name: string, value: string): void {
  map.set(name, (map.get(name) ?? new Set()).add(value));
}

function usedKeys(): Set<string> {
  // Names of settings and kinds are among these, which no file has as texts.
  const fields = AUDIT_FIELDS.map((name) => `auditActions.fields.${name}`);
  const used = new Set<string>([...fields, ...Object.values(KIND_TEXT)]);
  for (const { name, program } of files) {
    const { all } = areasOf(program);
    for (const [area, holders] of Object.entries(BY_NAME)) if (holders.includes(name)) all.add(area);
    walk(program, (node) => {
      const text = stringOf(node);
      if (text === undefined) return;
      used.add(text);
      for (const area of all) used.add(`${area}.${text}`);
    });
  }
  return used;
}

it("uses every text of the catalog", () => {
  const used = usedKeys();
  expect([...catalog.keys()].filter((key) => !used.has(key))).toEqual([]);
});

interface Call {
  at: string;
  keys: string[];
  given: string[];
}

/** Calls that name a text, with the names of the values that are given; those that give a variable are left out. */
function callsOf({ name, program }: { name: string; program: Node }): Call[] {
  const calls: Call[] = [];
  const { byName } = areasOf(program);
  walk(program, (node) => {
    if (node.type === "ObjectExpression") {
      const own = Object.fromEntries(
        propertiesOf(node).map((each) => [nameOf(each.key), each.value as Node]),
      );
      const key = stringOf(own.key);
      if (key && catalog.has(key)) addCall(calls, `${name}: ${key}`, [key], own.values);
    }
    if (node.type !== "CallExpression") return;
    const callee = node.callee as Node;
    const [first, values] = node.arguments as Node[];
    const key = stringOf(first);
    if (key === undefined) return;
    const holder = callee.type === "MemberExpression" ? nameOf(callee.object) : nameOf(callee);
    if (holder === "issue") addCall(calls, `${name}: ${key}`, [key], values);
    const areas = byName.get(holder) ?? [
      openedBy(callee.type === "AwaitExpression" ? (callee.argument as Node) : callee),
    ];
    const keys = [...areas].flatMap((area) =>
      area === undefined ? [] : [area === "" ? key : `${area}.${key}`],
    );
    if (keys.length > 0) addCall(calls, `${name}: ${key}`, keys, values);
  });
  return calls;
}

function propertiesOf(node: Node): Node[] {
  return (node.properties as Node[]).filter(({ type }) => type === "Property");
}

function addCall(calls: Call[], at: string, keys: string[], values: Node | undefined): void {
  if (values && values.type !== "ObjectExpression") return;
  if (values && (values.properties as Node[]).some(({ type }) => type !== "Property")) return;
  calls.push({
    at,
    keys,
    given: values
      ? propertiesOf(values)
          .map(({ key }) => nameOf(key))
          .toSorted()
      : [],
  });
}

it("gives each text the values that it names, and no others", () => {
  const calls = files.flatMap(callsOf);
  expect(calls.length).toBeGreaterThan(100);
  const wrong = calls.filter(({ keys, given }) => {
    const known = keys.filter((key) => catalog.has(key));
    return !known.some((key) => wantedBy(catalog.get(key)!).join() === given.join());
  });
  expect(wrong).toEqual([]);
});

it("reads the values of a message", () => {
  expect(wantedBy("{a, plural, =0 {none} one {# of {b}} other {#}} <link>more</link> {c}")).toEqual([
    "a",
    "b",
    "c",
    "link",
  ]);
});
