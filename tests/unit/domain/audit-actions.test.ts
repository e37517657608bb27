import { expect, test } from "vitest";
import {
  auditActionLabel,
  auditChangeText,
  auditFieldLabel,
  auditFieldText,
} from "@/lib/domain/audit-actions";

test.each([
  ["api-key.disable", "Disabled an API key"],
  ["company:read", "Tried to open a company"],
  ["error-log:read", "Tried to see the error log"],
  ["something.new", "something.new"],
  ["toString", "toString"],
])("%s reads %s", (action, words) => expect(auditActionLabel(action)).toBe(words));

test.each([
  [{ isActive: true }, { isActive: false }, "active: yes → no"],
  [null, { name: "HO", scopes: ["ingest", "read"] }, "name: HO, scopes: ingest, read"],
  [{ name: "HO" }, null, "name: HO"],
  [
    { expiresAt: null },
    { expiresAt: "2026-01-05", overlapHours: 24 },
    "expires: – → 2026-01-05, overlap hours: 24",
  ],
  [{ a: 1 }, { a: 1 }, "a: 1"],
  [null, null, ""],
])("the change from %j to %j reads %s", (before, after, words) =>
  expect(auditChangeText(before, after)).toBe(words),
);

test.each([
  ["retentionDays", "retention days"],
  ["api_key", "api key"],
  ["globalRole", "global role"],
])("the field %s reads %s", (name, words) => expect(auditFieldLabel(name)).toBe(words));

test.each([
  ["filters", "range=7d&kind=logon%2Clock&company=2&columns=a%2Cb&format=csv", "range 7d, kind logon,lock"],
  ["filters", "company=2&format=csv", "none"],
  ["query", "q=anna+b", "q anna b"],
  ["name", "a=b&c=d", "a=b&c=d"],
  ["filters", null, "–"],
])("the value of %s %s reads %s", (name, value, words) => expect(auditFieldText(name, value)).toBe(words));
