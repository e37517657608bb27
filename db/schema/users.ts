import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { ofCompany } from "./owner";

export const users = pgTable(
  "app_auth_users",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    username: varchar("username", { length: 64 }).notNull(),
    email: varchar("email", { length: 254 }).notNull(),
    /** A bcrypt hash as the original wrote it, or one under our own scheme marker (lib/domain/passwords). */
    password: text("password").notNull(),
    /** GlobalAdmin, Admin or User. */
    role: varchar("role", { length: 20 }).notNull().default("User"),
    isActive: boolean("is_active").notNull().default(false),
    /** Base32 secret, encrypted at rest. */
    mfaSecret: text("mfa_secret"),
    mfaEnabled: boolean("mfa_enabled").notNull().default(false),
    /** null inherits the portal's policy. */
    mfaRequired: boolean("mfa_required"),
    /** The time step of the last accepted code, so that a code works once. */
    lastTotpCounter: bigint("last_totp_counter", { mode: "number" }),
    mustChangePassword: boolean("must_change_password").notNull().default(false),
    passwordChangedAt: instant("password_changed_at"),
    /** Raised whenever every session of the user must end. */
    sessionVersion: integer("session_version").notNull().default(0),
    isSelfRegistered: boolean("is_self_registered").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSignInAt: instant("last_sign_in_at"),
    /** When the link of the newest invitation ends, or ended; null once the person has a password, and without one. */
    invitedUntil: instant("invited_until"),
    timeZone: text("time_zone"),
    theme: varchar("theme", { length: 10 }),
    /** A language of the catalog; null follows the browser. */
    language: varchar("language", { length: 10 }),
  },
  (t) => [
    uniqueIndex("users_username_key").on(sql`login_key(${t.username})`),
    uniqueIndex("users_email_key").on(sql`login_key(${t.email})`),
  ],
);

/** A user whose rows go with them. */
export const ofUser = () =>
  integer("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

export const memberships = pgTable(
  "app_auth_user_companies",
  {
    id: integer("id").primaryKey().generatedByDefaultAsIdentity(),
    userId: ofUser(),
    companyId: ofCompany(),
    /** CompanyAdmin or User. */
    role: varchar("role", { length: 50 }).notNull().default("User"),
  },
  (t) => [
    unique("memberships_company_user").on(t.companyId, t.userId),
    index("memberships_user").on(t.userId),
  ],
);

export const userSessions = pgTable(
  "user_sessions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    userId: ofUser(),
    sessionVersion: integer("session_version").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    isRemembered: boolean("is_remembered").notNull().default(false),
    address: text("address"),
    userAgent: text("user_agent"),
    revokedAt: instant("revoked_at"),
    /** When its user last gave a password or code: at the sign-in, or when asked again. */
    provedAt: instant("proved_at").notNull().defaultNow(),
  },
  (t) => [index("user_sessions_user").on(t.userId), index("user_sessions_expiry").on(t.expiresAt)],
);

export const recoveryCodes = pgTable(
  "mfa_recovery_codes",
  {
    userId: ofUser(),
    codeDigest: text("code_digest").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [primaryKey({ columns: [t.userId, t.codeDigest] })],
);

/** Changes of an account by others, kept until its owner dismisses them. */
export const accountNotices = pgTable(
  "account_notices",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    userId: ofUser(),
    /** The action of the audit trail. */
    action: varchar("action", { length: 40 }).notNull(),
    actorName: text("actor_name"),
    at: instant("at").notNull().defaultNow(),
  },
  (t) => [index("account_notices_user").on(t.userId, t.id)],
);

/** Password-reset links and second-step tickets: kept as digests, used once, short-lived. */
export const oneTimeTokens = pgTable(
  "one_time_tokens",
  {
    tokenDigest: text("token_digest").primaryKey(),
    userId: ofUser(),
    purpose: varchar("purpose", { length: 30 }).notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    failedAttempts: integer("failed_attempts").notNull().default(0),
    createdByUserId: integer("created_by_user_id").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [index("one_time_tokens_user").on(t.userId), index("one_time_tokens_expiry").on(t.expiresAt)],
);
