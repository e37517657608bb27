import { expect, it, test } from "vitest";
import { nameOf, parseFolders, walk } from "../../support/parsed-source";

/** Files that change tables whose names are handed to them, with what holds the rows first. */
const OF_NAMED_TABLES: Readonly<Record<string, RegExp>> = {
  "db/queries/companies/company.ts": /await holdAllAlerts\(/,
  "db/queries/companies/purge.ts": /await holdAllAlerts\(/,
  "db/queries/retention/delete-old-batch.ts":
    /select id from \$\{name\} where[^;]*\n\s*order by id for update/,
};

/**
 * What is wrong with a statement on alerts. People hold several in the order of ids; a statement that holds them in the
 * order of the table waits for people who wait for it.
 */
function faultOf(template: string): string | null {
  if (/\bfrom alerts\b[^]*\bfor (?:no key )?(?:update|share)\b/.test(template))
    return /\border by (?:[an]\.)?id for update`$/.test(template) ? null : "holds them in no order of ids";
  if (!/\b(?:update|delete from) alerts\b/.test(template)) return null;
  const isOfHeld = /\bid = any\(\$\{/.test(template);
  const isOfOne = ["rule", "subject_key", "key_event_id"].every((column) =>
    template.includes(`${column} = $\{`),
  );
  return isOfHeld || isOfOne ? null : "changes several that it doesn't name by ids";
}

it("statements that change several alerts name ids, which are held in their order before", () => {
  const found: string[] = [];
  let seen = 0;
  for (const { name, program, text } of parseFolders(["db", "lib", "scripts"]).values())
    walk(program, (node) => {
      if (node.type !== "TaggedTemplateExpression" || nameOf(node.tag) !== "sql") return;
      const template = text.slice(Number(node.start), Number(node.end));
      if (/\b(?:update|delete from) alerts\b/.test(template)) seen += 1;
      const fault = faultOf(template);
      if (fault) found.push(`${name}: ${fault}`);
    });
  expect(seen, "such statements are looked at").toBeGreaterThan(3);
  expect(found, "see lockAlerts in db/queries/detections/change-alerts.ts").toEqual([]);
});

it("statements on tables by name that may be alerts hold them in the order of ids", () => {
  const files = [...parseFolders(["db/queries"]).values()].filter(
    ({ text }) => text.includes('"alerts"') && /\b(?:update|delete from) \$\{/.test(text),
  );
  expect(files.map(({ name }) => name).sort()).toEqual(Object.keys(OF_NAMED_TABLES).sort());
  for (const { name, text } of files) expect(text).toMatch(OF_NAMED_TABLES[name]!);
});

test.each([
  ["select id from alerts where company_id = ${companyId} order by id for update", null],
  ["select id from alerts where company_id = ${companyId} for update", "holds them in no order of ids"],
  ["select id from alerts order by last_at for update", "holds them in no order of ids"],
  ["update alerts set state = ${state} where company_id = ${companyId} and id = any(${ids}::int[])", null],
  [
    "delete from alerts where company_id = ${companyId} and ctid = any(array(select ctid from alerts))",
    "changes several that it doesn't name by ids",
  ],
  [
    "update alerts set state = 'open' where company_id = ${companyId}",
    "changes several that it doesn't name by ids",
  ],
])("%s", (template, fault) => {
  expect(faultOf(`sql\`${template}\``)).toBe(fault);
});
