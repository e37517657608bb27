import path from "node:path";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { DISTRIBUTED_TABLES, REFERENCE_TABLES } from "@/db/distribute";
import { COMPANY_TABLES } from "@/db/queries/companies/company";
import { PRODUCT_FOLDERS, sourceFiles } from "../../support/source-files";

test("what deletes a company names every table that refers to it, as nothing cascades from node to node", async () => {
  const names = [...sourceFiles(["db/schema"]).keys()].map((file) => path.basename(file, ".ts"));
  const modules: object[] = await Promise.all(names.map((name) => import(`../../../db/schema/${name}.ts`)));
  const tables = modules.flatMap((found) => Object.values(found)).filter((value) => is(value, PgTable));
  const named = new Set<string>([...COMPANY_TABLES, ...DISTRIBUTED_TABLES, ...REFERENCE_TABLES]);
  const referring = tables
    .map((table) => getTableConfig(table as PgTable))
    .filter(({ foreignKeys }) =>
      foreignKeys.some((key) => getTableConfig(key.reference().foreignTable).name === "app_auth_companies"),
    )
    .map(({ name }) => name);
  expect(referring.length).toBeGreaterThan(20);
  expect(referring.filter((name) => !named.has(name))).toEqual([]);
});

test("companies are made in one place, which gives each its row of tenants", () => {
  const makers = [...sourceFiles(PRODUCT_FOLDERS)].filter(([, code]) =>
    /insert\(companies\)|into app_auth_companies/i.test(code),
  );
  expect(makers.map(([name]) => name)).toEqual(["db/queries/global/companies.ts"]);
});
