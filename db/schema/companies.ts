import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  date,
  bigint,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const companies = pgTable(
  "app_auth_companies",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    name: varchar("name", { length: 100 }).notNull(),
    description: varchar("description", { length: 200 }),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** IANA zone; null takes the portal's. */
    timeZone: text("time_zone"),
    /** The language of mails and files without a user's own; null is English. */
    language: varchar("language", { length: 10 }),
    eventRetentionDays: integer("event_retention_days"),
    errorRetentionDays: integer("error_retention_days"),
    auditRetentionDays: integer("audit_retention_days"),
    /** A site or computer without an event or health check for this long counts as silent. */
    silentAfterMinutes: integer("silent_after_minutes").notNull().default(1440),
    privacyText: text("privacy_text"),
    /** Whether rules may learn the habits of its people. */
    learnsHabits: boolean("learns_habits").notNull().default(true),
    /** Mail domains besides its members' addresses to which scheduled reports may go. */
    reportDomains: text("report_domains").array().notNull().default([]),
  },
  (t) => [uniqueIndex("companies_name_key").on(sql`lower(${t.name})`)],
);

/**
 * One row a company, kept where the company's events are: what joins it by company is done there, on whichever node of
 * a Citus cluster that is.
 */
export const tenants = pgTable("tenants", {
  companyId: integer("company_id")
    .primaryKey()
    .references(() => companies.id, { onDelete: "cascade" }),
});

export const sites = pgTable(
  "sites",
  {
    id: integer("id").notNull().generatedByDefaultAsIdentity(),
    companyId: integer("company_id")
      .notNull()
      .references(() => companies.id),
    name: varchar("name", { length: 100 }).notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Events outlive their site, so a deleted site keeps its row. */
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("sites_name_key")
      .on(t.companyId, sql`lower(${t.name})`)
      .where(sql`deleted_at is null`),
  ],
);

export const apiKeys = pgTable(
  "app_auth_api_keys",
  {
    id: integer("id").notNull().generatedByDefaultAsIdentity(),
    companyId: integer("company_id").notNull(),
    siteId: integer("site_id").notNull(),
    /** SHA-256 of the 64 hex digits; the only way a key is looked up. */
    keyDigest: bytea("key_digest").notNull(),
    /** The key itself, AES-256-GCM, because the agent package must carry it. */
    keyEncrypted: bytea("key_encrypted").notNull(),
    description: varchar("description", { length: 100 }),
    scopes: text("scopes").array().notNull().default(["ingest"]),
    isActive: boolean("is_active").notNull().default(true),
    expiresAt: instant("expires_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** By any request, those of the read API included. */
    lastUsed: instant("last_used"),
    /** By an agent: a stored or repeated event, or a health check. */
    lastAgentAt: instant("last_agent_at"),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("api_keys_digest").on(t.keyDigest),
    index("api_keys_site").on(t.companyId, t.siteId),
    foreignKey({
      name: "api_keys_site_fk",
      columns: [t.companyId, t.siteId],
      foreignColumns: [sites.companyId, sites.id],
    }),
  ],
);

/** What a key's requests came to, per UTC day; written every few seconds, never per request. */
export const apiKeyUsage = pgTable(
  "api_key_usage",
  {
    companyId: integer("company_id").notNull(),
    apiKeyId: integer("api_key_id").notNull(),
    day: date("day").notNull(),
    acceptedCount: bigint("accepted_count", { mode: "number" }).notNull().default(0),
    duplicateCount: bigint("duplicate_count", { mode: "number" }).notNull().default(0),
    rejectedCount: bigint("rejected_count", { mode: "number" }).notNull().default(0),
    /** Requests refused because of the key itself: disabled, expired, over its rate limit, or without the right. */
    refusedCount: bigint("refused_count", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.apiKeyId, t.day] }),
    foreignKey({
      name: "api_key_usage_key_fk",
      columns: [t.companyId, t.apiKeyId],
      foreignColumns: [apiKeys.companyId, apiKeys.id],
    }).onDelete("cascade"),
  ],
);
