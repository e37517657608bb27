import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, smallint, text, uuid, varchar } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { users } from "./users";

/** Mails of the portal to one person, such as links. Channels have deliveries instead. */
export const mailMessages = pgTable(
  "mail_messages",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    /** The Message-ID on every attempt. A link's token is drawn from it, so that none is kept. */
    messageId: uuid("message_id").notNull(),
    kind: varchar("kind", { length: 30 }).notNull(),
    /** null for a registration, and until the account of an address is looked up, which is when the mail is sent. */
    userId: integer("user_id").references(() => users.id, { onDelete: "cascade" }),
    address: text("address").notNull(),
    params: jsonb("params").$type<Record<string, unknown>>().notNull(),
    /** waiting, done, failed or dropped. */
    state: varchar("state", { length: 10 }).notNull().default("waiting"),
    attemptCount: integer("attempt_count").notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** When its link expires. */
    expiresAt: instant("expires_at"),
    lastStatus: smallint("last_status"),
    lastNote: text("last_note"),
  },
  (t) => [
    index("mail_messages_user")
      .on(t.userId)
      .where(sql`user_id is not null`),
    index("mail_messages_created").on(t.createdAt),
  ],
);

/** Registrations whose address is not confirmed yet; no administrator sees them. */
export const pendingRegistrations = pgTable(
  "pending_registrations",
  {
    tokenDigest: text("token_digest").primaryKey(),
    username: varchar("username", { length: 64 }).notNull(),
    email: varchar("email", { length: 254 }).notNull(),
    /** A hash, as users have it. */
    password: text("password").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("pending_registrations_expiry").on(t.expiresAt)],
);
