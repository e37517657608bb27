import { getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import { settings } from "@/db/schema/settings";
import {
  auditActionText,
  auditActorText,
  auditChanges,
  auditChangeText,
  auditFieldText,
  auditTargetText,
  auditValueText,
} from "@/lib/domain/audit-actions";
import { wordText } from "@/lib/domain/text";
import { ENGLISH_READER, inEnglish } from "@/lib/english";
import { readerOf } from "@/lib/texts";

test.each([
  ["api-key.disable", "Disabled an API key"],
  ["company:read", "Tried to open a company"],
  ["error-log:read", "Tried to view the error log"],
  ["something.new", "something.new"],
  ["toString", "toString"],
])("%s reads %s", (action, words) => expect(inEnglish(auditActionText(action))).toBe(words));

test.each([
  [null, "command line", "Befehlszeile"],
  [7, "command line", "command line"],
  [7, "anna", "anna"],
  [null, "somebody", "somebody"],
])("the actor %s, %s, reads %s in German", (userId, name, words) =>
  expect(wordText(auditActorText(userId, name)!, readerOf("de", "UTC"))).toBe(words),
);

test.each([
  [{ isActive: true }, { isActive: false }, "active: yes → no"],
  [null, { name: "HO", scopes: ["ingest", "read"] }, "name: HO, permissions: ingest, read"],
  [{ name: "HO" }, null, "name: HO"],
  [
    { expiresAt: null },
    { expiresAt: "2026-01-05", overlapHours: 24 },
    "expires: – → 2026-01-05, overlap (hours): 24",
  ],
  [
    null,
    { friday: "off", monday: "09:00 to 17:00", graceMinutes: 30 },
    "grace minutes: 30, Monday: 09:00 to 17:00, Friday: off",
  ],
  [{ a: 1 }, { a: 1 }, "a: 1"],
  [null, null, ""],
])("the change from %j to %j reads %s", (before, after, words) =>
  expect(auditChangeText(before, after, ENGLISH_READER)).toBe(words),
);

test.each([
  ["retentionDays", "retention (days)"],
  ["linksKept", "links kept"],
  ["when", "schedule"],
  ["api_key", "api key"],
  ["globalRole", "global role"],
])("the field %s reads %s", (name, words) => expect(inEnglish(auditFieldText(name))).toBe(words));

/** Columns that no form changes. */
const UNCHANGED = new Set(["id", "toldMigrationCount", "updatedAt"]);

test.each(Object.keys(getTableColumns(settings)).filter((name) => !UNCHANGED.has(name)))(
  "the setting %s has words of its own",
  (name) => expect(auditFieldText(name)).toHaveProperty("key"),
);

test.each([
  ["filters", "range=7d&kind=logon%2Clock&company=2&columns=a%2Cb&format=csv", "range 7d, kind logon,lock"],
  ["filters", "company=2&format=csv", "none"],
  ["query", "q=anna+b", "q anna b"],
  ["name", "a=b&c=d", "a=b&c=d"],
  ["filters", null, "–"],
  ["method", "authenticator", "authenticator app"],
  ["reason", "wrong code", "incorrect code"],
  ["reason", "toString", "toString"],
  ["by", "link", "link in an email"],
  ["toString", "link", "link"],
  ["globalRole", "GlobalAdmin", "Global administrator"],
  ["state", "closed-true", "Closed as true"],
  ["report", "site-keys", "Sites and API keys"],
  ["table", "time-spent", "Time spent"],
  ["table", "of-another-version", "of-another-version"],
])("the value of %s %s reads %s", (name, value, words) =>
  expect(auditValueText(name, value, ENGLISH_READER)).toBe(words),
);

test("a row without a side shows none of it", () => {
  expect(auditChanges(null, { isActive: true }, ENGLISH_READER)).toEqual([
    { name: "isActive", field: "active", before: null, after: "yes" },
  ]);
});

test.each([
  ["user", "7", "User 7"],
  ["settings", null, "Settings"],
  ["report", "site-keys", "Report Sites and API keys"],
  ["report", "of-another-version", "Report of-another-version"],
  ["something-new", "7", "something-new 7"],
])("an action about %s %s names it %s", (type, id, words) =>
  expect(inEnglish(auditTargetText(type, id))).toBe(words),
);
