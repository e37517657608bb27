import { boolean, integer, pgTable, primaryKey, text, unique, varchar } from "drizzle-orm/pg-core";
import { accounts, computers } from "./events";
import { childOf, ofCompany } from "./owner";

/** Tags that people gave an account or took from it, whatever the patterns say. */
export const accountTags = pgTable(
  "account_tags",
  {
    companyId: integer("company_id").notNull(),
    accountId: integer("account_id").notNull(),
    tag: varchar("tag", { length: 30 }).notNull(),
    hasTag: boolean("has_tag").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.accountId, t.tag] }),
    childOf("account_tags_account_fk", [t.companyId, t.accountId], accounts),
  ],
);

/** The same for computers. */
export const computerTags = pgTable(
  "computer_tags",
  {
    companyId: integer("company_id").notNull(),
    computerId: integer("computer_id").notNull(),
    tag: varchar("tag", { length: 30 }).notNull(),
    hasTag: boolean("has_tag").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.computerId, t.tag] }),
    childOf("computer_tags_computer_fk", [t.companyId, t.computerId], computers),
  ],
);

/** Names that have a tag by themselves. */
export const tagPatterns = pgTable(
  "tag_patterns",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    tag: varchar("tag", { length: 30 }).notNull(),
    /** As typed; `*` stands for any text and `?` for one character. */
    pattern: text("pattern").notNull(),
    /** Folded like a name's key. */
    patternKey: text("pattern_key").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("tag_patterns_key").on(t.companyId, t.tag, t.patternKey),
  ],
);
