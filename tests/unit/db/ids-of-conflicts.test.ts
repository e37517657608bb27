import path from "node:path";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, it, test } from "vitest";
import { sourceFiles } from "../../support/source-files";

/**
 * What inserts rows that may be there already, into tables whose ids end at the largest integer. PostgreSQL takes an id
 * for a row before it finds its conflict, so each says why repeats use none up. Those that repeat with every event,
 * flush, or look are tried in tests/integration/events/ids-in-use.test.ts.
 */
const KNOWN: Readonly<Record<string, string>> = {
  "db/queries/calendar/hours.ts: companyCalendars": "A person saves them.",
  "db/queries/events/flush-activity.ts: computers": "It says the ids that it has found.",
  "db/queries/events/names.ts: names": "It makes only the names that it has not found.",
  "db/queries/global/error-log-write.ts: errorLogs": "It says the ids that it has found.",
  "db/queries/global/import-people.ts: allowedDomains": "A person imports them.",
  "db/queries/global/import-people.ts: errorLogs": "A person imports them.",
  "db/queries/global/import-people.ts: memberships": "A person imports them.",
  "db/queries/global/users.ts: memberships": "A person changes them.",
  "db/queries/notifications/insert-notifications.ts: notifications": "It leaves out what is told already.",
  "db/queries/schedules/schedules.ts: reportRuns": "A schedule moves on with each due time.",
  "db/queries/tags/tags.ts: tagPatterns": "A person saves them.",
};

/** Names of tables with ids of integers, as SQL and as drizzle say them; `names` is the parameter of names.ts. */
const modules: object[] = await Promise.all(
  [...sourceFiles(["db/schema"]).keys()].map(
    (file) => import(`../../../db/schema/${path.basename(file, ".ts")}.ts`),
  ),
);
const ENDING = new Set(
  modules
    .flatMap((found) => Object.entries(found))
    .flatMap(([name, table]) => {
      if (!is(table, PgTable)) return [];
      const { name: sqlName, columns } = getTableConfig(table);
      const ends = columns.some((column) => column.generatedIdentity && column.getSQLType() === "integer");
      return ends ? [name, sqlName] : [];
    }),
);

/** The tables that a file inserts into where rows may be there already. */
function conflictsIn(text: string): string[] {
  const inSql = text
    .split(/\binsert into /)
    .slice(1)
    .map((rest) => rest.split("\n}\n")[0]!)
    .filter((statement) => /\bon conflict\b/.test(statement))
    .map((statement) => (statement.startsWith("${sql(table)}") ? "names" : /^\w+/.exec(statement)![0]));
  const inDrizzle = text
    .split(/\.insert\(/)
    .slice(1)
    .map((rest) => rest.split(";")[0]!)
    .filter((call) => call.includes(".onConflict"))
    .map((call) => /^\w+/.exec(call)![0]);
  return [...inSql, ...inDrizzle].filter((name) => name === "names" || ENDING.has(name));
}

it("each insert of rows that may be there already says why repeats use no ids up", () => {
  expect([...ENDING]).toEqual(expect.arrayContaining(["alerts", "computers", "errorLogs", "api_error_logs"]));
  const found = [...sourceFiles(["db/queries"])].flatMap(([name, text]) =>
    conflictsIn(text).map((table) => `${name}: ${table}`),
  );
  expect(found.toSorted()).toEqual(Object.keys(KNOWN).toSorted());
});

test.each([
  ["sql`insert into alerts (a) values (1) on conflict (a) do nothing`;", ["alerts"]],
  ["sql`insert into alerts (a) values (1)`; sql`insert into settings (a) on conflict do nothing`;", []],
  ["sql`insert into events (a) values (1) on conflict do nothing`;", []],
  ["tx.insert(errorLogs).values(row).onConflictDoNothing().returning();", ["errorLogs"]],
  ["tx.insert(errorLogs).values(row); other.onConflictDoNothing();", []],
])("%s", (text, tables) => {
  expect(conflictsIn(text)).toEqual(tables);
});
