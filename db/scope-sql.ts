import { sql, type SQL } from "drizzle-orm";
import { pgArray } from "./queries/pg-array";
import type { CompanyScope } from "./scope";

/** Whose companies a statement is of: a scope, or what was made from one. */
export type Companies = Pick<CompanyScope, "companyIds">;

/** The only company, or null for several and for none. */
function onlyCompany({ companyIds }: Companies): number | null {
  return companyIds.length === 1 ? companyIds[0]! : null;
}

/**
 * Holds the rows of a relation to the scope's companies.
 *
 * One company is compared and not looked for in an array: PostgreSQL then reads an index in order and carries the value
 * on to what is joined, and Citus sends the statement to that company's shard.
 */
export function companySql(scope: Companies, column: string): SQL {
  const only = onlyCompany(scope);
  const name = sql.raw(column);
  return only === null
    ? sql`${name} = any(${pgArray(scope.companyIds)}::int[])`
    : sql`${name} = ${only}::int`;
}

/** The same as text with numbers and no parameters, for cursors. */
export function companyText(scope: Companies, column: string): string {
  const only = onlyCompany(scope);
  return only === null
    ? `${column} = any('${pgArray(scope.companyIds)}'::int[])`
    : `${column} = ${Math.trunc(only)}`;
}

/**
 * Ties a relation inside a subquery or lateral join to the company of the row outside. Of one company the relation says
 * the company itself, as a value does not travel into a subquery.
 */
export function sameCompanySql(scope: Companies, column: string, outer: string): SQL {
  const only = onlyCompany(scope);
  return only === null ? sql.raw(`${column} = ${outer}`) : sql`${sql.raw(column)} = ${only}::int`;
}

/** The scope's companies as a relation `s (company_id)`, to look into another relation once for each. */
export function companiesSql(scope: Companies): SQL {
  return sql`(select t.company_id from tenants t where ${companySql(scope, "t.company_id")}) as s`;
}
