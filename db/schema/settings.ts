import { boolean, integer, jsonb, pgTable, text, varchar } from "drizzle-orm/pg-core";
import { ofEachSetting } from "../../lib/domain/settings";
import { instant } from "./columns";

/** `password_min_length` for passwordMinLength. */
const columnName = (setting: string) => setting.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** One row, id 1. The columns of most settings follow from their declaration. */
export const settings = pgTable("app_auth_settings", {
  id: integer("id").primaryKey().default(1),
  ...ofEachSetting({
    flag: ({ usual }, name) => boolean(columnName(name)).notNull().default(usual),
    number: ({ usual }, name) => integer(columnName(name)).notNull().default(usual),
    optionalNumber: ({ usual }, name) => {
      const column = integer(columnName(name));
      return usual === null ? column : column.default(usual);
    },
  }),
  passwordSafeSpecialChars: varchar("password_safe_special_chars", { length: 100 })
    .notNull()
    .default("!@#$%^&*()-_=+[]{};:,.?/"),
  /** The least severe level kept in the stored error log. */
  logLevel: varchar("log_level", { length: 20 }).notNull().default("WARNING"),
  /** IANA zone; null takes TIMEZONE from the environment. */
  timeZone: text("time_zone"),
  /** Hour of the portal's day at which a backup is made; null makes none. */
  backupHour: integer("backup_hour"),
  /** The number of migrations that notifications have reported; null before the first. */
  toldMigrationCount: integer("told_migration_count"),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/** Stored as `@example.com`, as the original did. */
export const allowedDomains = pgTable("app_auth_allowed_domains", {
  id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
  domain: varchar("domain", { length: 255 }).notNull().unique(),
});

/**
 * Up to when what is derived from events has been checked against them, one row each; and what retention noted of the clock.
 */
export const derivationProgress = pgTable("derivation_progress", {
  name: varchar("name", { length: 60 }).primaryKey(),
  /** Events received before this are accounted for. */
  until: instant("until").notNull(),
});

/** One row a scheduled job; whichever server holds the job's lock runs it and writes here. */
export const jobs = pgTable("jobs", {
  name: varchar("name", { length: 60 }).primaryKey(),
  lastStartedAt: instant("last_started_at"),
  lastFinishedAt: instant("last_finished_at"),
  lastSucceededAt: instant("last_succeeded_at"),
  lastError: text("last_error"),
  lastResult: jsonb("last_result"),
  /** When it is due next; null while it is switched off or has never been looked at. */
  nextRunAt: instant("next_run_at"),
  /** An administrator asked for a run now; it counts while it is later than the last start. */
  requestedAt: instant("requested_at"),
});
