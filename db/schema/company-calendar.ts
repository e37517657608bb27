import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import type { WeekHours } from "@/lib/domain/detections/company-calendar";
import { instant } from "./columns";
import { sites } from "./companies";
import { accounts } from "./events";
import { childOf, ofCompany } from "./owner";
import { users } from "./users";

/** The working hours of a company or, in their place, of one of its sites. */
export const companyCalendars = pgTable(
  "company_calendars",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    /** null for the company. */
    siteId: integer("site_id"),
    /** IANA zone of the hours; null takes the company's. */
    timeZone: text("time_zone"),
    hours: jsonb("hours").$type<WeekHours>().notNull(),
    graceMinutes: integer("grace_minutes").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("company_calendars_place").on(t.companyId, t.siteId).nullsNotDistinct(),
    childOf("company_calendars_site_fk", [t.companyId, t.siteId], sites),
  ],
);

/** Days without working hours, of the company or of one of its sites. */
export const calendarHolidays = pgTable(
  "calendar_holidays",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    /** null for every site. */
    siteId: integer("site_id"),
    name: text("name").notNull(),
    firstDay: date("first_day").notNull(),
    lastDay: date("last_day").notNull(),
    isYearly: boolean("is_yearly").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    childOf("calendar_holidays_site_fk", [t.companyId, t.siteId], sites),
  ],
);

/** Accounts that may work at any time. */
export const calendarExemptions = pgTable(
  "calendar_exemptions",
  {
    companyId: ofCompany(),
    id: integer("id").notNull().generatedAlwaysAsIdentity(),
    accountId: integer("account_id").notNull(),
    reason: text("reason").notNull(),
    /** Events from then on count again; null for no end. */
    endsAt: instant("ends_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdByUserId: integer("created_by_user_id").references(() => users.id, { onDelete: "set null" }),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("calendar_exemptions_account").on(t.companyId, t.accountId),
    index("calendar_exemptions_user").on(t.createdByUserId),
    childOf("calendar_exemptions_account_fk", [t.companyId, t.accountId], accounts),
  ],
);
