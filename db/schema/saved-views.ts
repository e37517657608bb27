import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uniqueIndex, varchar } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { ofCompany } from "./owner";
import { users } from "./users";

/** Tables with their filters, order and columns, kept under a name. */
export const savedViews = pgTable(
  "saved_views",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    /** Whose alone it is, and goes with them; null when it is shared with the company. */
    ownerUserId: integer("owner_user_id").references(() => users.id, { onDelete: "cascade" }),
    name: varchar("name", { length: 100 }).notNull(),
    /** The name in the read API. */
    table: varchar("table_name", { length: 40 }).notNull(),
    /** Filters and order as the read API takes them. */
    query: text("query").notNull(),
    /** Ids of the read API; empty for the usual ones. */
    columns: text("columns").array().notNull().default([]),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdByUserId: integer("created_by_user_id").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("saved_views_owner").on(t.ownerUserId),
    uniqueIndex("saved_views_own_name_key")
      .on(t.companyId, t.ownerUserId, sql`lower(${t.name})`)
      .where(sql`owner_user_id is not null`),
    uniqueIndex("saved_views_shared_name_key")
      .on(t.companyId, sql`lower(${t.name})`)
      .where(sql`owner_user_id is null`),
  ],
);
