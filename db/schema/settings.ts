import { boolean, integer, jsonb, pgTable, text, varchar } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** One row, id 1. */
export const settings = pgTable("app_auth_settings", {
  id: integer("id").primaryKey().default(1),
  allowRegistration: boolean("allow_registration").notNull().default(false),
  restrictEmailDomains: boolean("restrict_email_domains").notNull().default(false),
  passwordMinLength: integer("password_min_length").notNull().default(10),
  passwordRequireNumbersMixedCase: boolean("password_require_numbers_mixed_case").notNull().default(true),
  passwordRequireSpecialChars: boolean("password_require_special_chars").notNull().default(false),
  passwordSafeSpecialChars: varchar("password_safe_special_chars", { length: 100 })
    .notNull()
    .default("!@#$%^&*()-_=+[]{};:,.?/"),
  requireMfaForAllUsers: boolean("require_mfa_for_all_users").notNull().default(false),
  /** The least severe level kept in the stored error log. */
  logLevel: varchar("log_level", { length: 20 }).notNull().default("WARNING"),
  /** IANA zone; null takes TIMEZONE from the environment. */
  timeZone: text("time_zone"),
  longestSessionHours: integer("longest_session_hours").notNull().default(16),
  /** Days kept; null keeps forever. */
  eventRetentionDays: integer("event_retention_days"),
  errorRetentionDays: integer("error_retention_days").default(90),
  auditRetentionDays: integer("audit_retention_days"),
  sessionIdleMinutes: integer("session_idle_minutes").notNull().default(480),
  sessionAbsoluteHours: integer("session_absolute_hours").notNull().default(24),
  rememberMeDays: integer("remember_me_days").notNull().default(30),
  /** Hour of the portal's day at which a backup is made; null makes none. */
  backupHour: integer("backup_hour"),
  /** How many scheduled backups are kept; older ones are deleted. */
  backupKeepCount: integer("backup_keep_count").notNull().default(7),
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
