import { describe, expect, it, test } from "vitest";
import { DISTRIBUTED_TABLES } from "@/db/distribute";
import { nameOf, parseFolders, walk, type Node } from "../../support/parsed-source";

/** What writes rows of many companies at once. */
const OF_MANY: Readonly<Record<string, readonly string[]>> = {
  "db/queries/events/computer-ids.ts": ["computers"],
  "db/queries/events/erased-accounts.ts": ["accounts"],
  "db/queries/events/flush-activity.ts": ["accounts a", "computers c", "tenants t"],
};

/** Conditions by name that hold a relation to the company. */
const CONDITIONS = [
  "condition}",
  "heard}",
  "inStrandSql(",
  "isForgotten(",
  "matchSql(",
  "newest}",
  "ofComputerSql(",
  "ofSeatSql(",
  "own(",
  "sql.join(conditions",
];
const NAMED = new RegExp(
  String.raw`^(?:\s+join \([^\n]*)?\s+(?:where )?\$\{(?:${CONDITIONS.map((name) => name.replace("(", String.raw`\(`)).join("|")})`,
);

const RELATION = new RegExp(
  String.raw`\b(from|join|update|using)\s+(${DISTRIBUTED_TABLES.join("|")})\b(?!\s*\()(?:\s+(?:as\s+)?(?!on\b|where\b|set\b|order\b|cross\b|left\b|join\b|group\b|limit\b)(\w+))?`,
  "g",
);

/** The relations of the template that say no company, as `table alias`. */
function unboundIn(template: string): string[] {
  const relations = [...template.matchAll(RELATION)].map(({ 1: how, 2: table, 3: alias, index, 0: text }) => {
    const name = alias ?? table!;
    const rest = template.slice(index + text.length);
    const joined = how === "join" ? /^\s+on (\w+)\.company_id = (\w+)\.company_id\b/.exec(rest) : null;
    const saysIt = new RegExp(
      String.raw`(?<![\w.])${alias ? `${alias}\\.` : `(?:${table}\\.)?`}company_id(?: = \$\{|")`,
    );
    return {
      label: alias ? `${table} ${alias}` : table!,
      name,
      isBound: saysIt.test(template) || NAMED.test(rest),
      joinedTo: joined?.[2],
    };
  });
  for (let found = true; found;) {
    found = false;
    for (const relation of relations) {
      const outer = relations.find(({ name }) => name === relation.joinedTo);
      if (relation.isBound || !relation.joinedTo) continue;
      const isOuterBound =
        outer?.isBound ??
        new RegExp(String.raw`\b${relation.joinedTo}\.company_id(?: = \$\{|")`).test(template);
      if (isOuterBound) relation.isBound = found = true;
    }
  }
  return [...new Set(relations.filter(({ isBound }) => !isBound).map(({ label }) => label))];
}

describe("queries of companies", () => {
  const files = [...parseFolders(["db/queries"]).values()].filter(({ name }) => !name.includes("/global/"));

  it("compare a company with the scope through db/scope-sql.ts, which spells one company as a value", () => {
    const own = /any\(\$\{pgArray\([\w.]*ompanyIds\)|unnest\(\$\{pgArray\([\w.]*\.companyIds\)\}::int\[\]\)/;
    expect(files.filter(({ text }) => own.test(text)).map(({ name }) => name)).toEqual([]);
  });

  // Citus sends a statement to one shard when each of them says the company in it.
  it("say the company at each distributed table, inside subqueries too", () => {
    const found = files.flatMap(({ name, program, text }) => {
      const unbound: string[] = [];
      walk(program, (node, ancestors) => {
        if (node.type !== "TaggedTemplateExpression" || !isSql(node)) return;
        if (ancestors.some((ancestor) => ancestor.type === "TaggedTemplateExpression" && isSql(ancestor)))
          return;
        unbound.push(...unboundIn(text.slice(Number(node.start), Number(node.end))));
      });
      return unbound.filter((label) => !OF_MANY[name]?.includes(label)).map((label) => `${name}: ${label}`);
    });
    expect(found, "see db/scope-sql.ts").toEqual([]);
  });

  const isSql = (node: Node) => nameOf(node.tag) === "sql";
});

test.each([
  ["select 1 from events e where e.kind = 1", ["events e"]],
  ["select 1 from events e where e.company_id = ${companyId}", []],
  ['select 1 from events e where ${companySql(scope, "e.company_id")}', []],
  ["select id from accounts where company_id = ${companyId}", []],
  ["select id from accounts where id = ${id}", ["accounts"]],
  ["from events e join accounts a on a.company_id = e.company_id where e.company_id = ${id}", []],
  ["from events e join accounts a on a.id = e.account_id where e.company_id = ${id}", ["accounts a"]],
  [
    "from sites s, lateral (select 1 from events e where e.company_id = s.company_id) x where s.company_id = ${id}",
    ["events e"],
  ],
  [
    "with page as (select 1) select from page join computers c on c.company_id = page.company_id",
    ["computers c"],
  ],
])("%s", (template, unbound) => {
  expect(unboundIn(template)).toEqual(unbound);
});
