import { expect, test } from "vitest";
import { AUDIT_AREAS, auditPrefixes } from "@/lib/domain/audit-areas";
import { AUDIT_ACTIONS, AUDIT_DENIABLE } from "@/lib/domain/audit-names";

const areasOf = (action: string) =>
  AUDIT_AREAS.filter((area) => auditPrefixes(area).some((prefix) => action.startsWith(prefix)));

test.each(AUDIT_ACTIONS)("the filter finds %s in the area before its dot alone", (action) =>
  expect(areasOf(action)).toEqual([action.split(".")[0]]),
);

test.each(AUDIT_DENIABLE)("the filter finds the refused permission %s in one area", (permission) =>
  expect(areasOf(permission)).toHaveLength(1),
);

test.each([
  ["site:manage", "site"],
  ["alerts:manage", "alert"],
  ["report-domains:update", "domain"],
  ["portal-notifications:manage", "notification"],
  ["mfa-policy:set", "user"],
])("a refusal of %s is about the area %s", (permission, area) => expect(areasOf(permission)).toEqual([area]));

test.each(AUDIT_AREAS)("the area %s has actions or permissions that may be refused", (area) => {
  const found = [...AUDIT_ACTIONS, ...AUDIT_DENIABLE].filter((name) => areasOf(name).includes(area));
  expect(found).not.toEqual([]);
});
