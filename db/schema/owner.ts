import { sql } from "drizzle-orm";
import { foreignKey, integer, type AnyPgColumn } from "drizzle-orm/pg-core";
import { companies } from "./companies";

/**
 * Whose rows: a company's, or the portal's own, which are kept under the number 0, no company's, so that every key
 * begins with it and one policy guards both. The generated column ties the others to their company.
 */
export const ownerColumns = () => ({
  companyId: integer("company_id").notNull(),
  ownerId: integer("owner_id")
    .generatedAlwaysAs(sql`nullif(company_id, 0)`)
    .references(() => companies.id, { onDelete: "cascade" }),
});

/** A company whose rows go with it. */
export const ofCompany = () =>
  integer("company_id")
    .notNull()
    .references(() => companies.id, { onDelete: "cascade" });

/** A company that keeps its rows: it can't go before them. */
export const inCompany = () =>
  integer("company_id")
    .notNull()
    .references(() => companies.id);

/** The parent is a row of the same company, and takes the rows with it when it goes. */
export const childOf = (
  name: string,
  columns: [companyId: AnyPgColumn, id: AnyPgColumn],
  parent: { companyId: AnyPgColumn; id: AnyPgColumn },
) => foreignKey({ name, columns, foreignColumns: [parent.companyId, parent.id] }).onDelete("cascade");
