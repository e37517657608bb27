import { describe, expect, it } from "vitest";
import { COMPANY_KINDS } from "@/lib/domain/notifications/company-kinds";
import { placeOf } from "@/lib/domain/notifications/place-of";
import { PORTAL_KINDS } from "@/lib/domain/notifications/portal-kinds";

const at = "2026-01-05T09:00:00.000Z";
const [site, computer, account] = [
  { id: 2, name: "HO" },
  { id: 3, name: "PC-3" },
  { id: 4, name: "anna" },
];
const key = { keyId: 5, description: null, site };
const person = { userId: 6, username: "bob", by: null };
const job = { job: "backup", title: "Backup" };
const report = { scheduleId: 9, view: "Hours", reason: "noOwner" };
const burst = { address: null, failures: 9, from: at };
const alert = {
  alertId: 8,
  rule: "password-spray",
  account,
  computer,
  address: null,
  count: 1,
  accounts: 1,
  threshold: 1,
  windowMinutes: 5,
  from: at,
  to: at,
  codes: [],
  computers: ["PC-3"],
};

/** By kind: its parameters, and the address below /7 or /admin; null for none. */
const COMPANY: Record<string, readonly [object, string | null]> = {
  "account.locked-out": [{ account, computer, site, at }, "accounts/4"],
  "logon.burst": [{ ...burst, account, alertId: 8, accounts: 1, since: at }, "alerts/8"],
  "logon.burst-success": [{ ...burst, account, computer, at }, "accounts/4"],
  "alert.low": [alert, "alerts/8"],
  "alert.medium": [alert, "alerts/8"],
  "alert.high": [alert, "alerts/8"],
  "alert.critical": [alert, "alerts/8"],
  "rule.throttled": [
    { rule: "password-spray", title: "Spray", day: "2026-01-05", most: 9 },
    "alerts/rules#password-spray",
  ],
  "computer.silent": [{ computer, site, lastSeenAt: at }, "computers/3"],
  "computer.back": [{ computer }, "computers/3"],
  "agent.clock-wrong": [{ computer, aheadSeconds: 900 }, "computers/3"],
  "agent.lost-events": [{ computer, lost: 1, total: 2 }, "computers/3"],
  "site.silent": [{ site, lastSeenAt: at }, "sites"],
  "site.back": [{ site }, "sites"],
  "key.created": [{ ...key, by: null }, "sites#key-5"],
  "key.rotated": [{ ...key, by: null, endsAt: at }, "sites#key-5"],
  "key.expiring": [{ ...key, expiresAt: at, days: 3 }, "sites#key-5"],
  "key.refused": [{ ...key, count: 1, reason: "expired" }, "sites#key-5"],
  "member.admin-added": [person, "members"],
  "member.mfa-off": [person, "members"],
  "channel.disabled": [{ channelId: 1, channel: "Desk", reason: "refused" }, "notifications/channels"],
  "report.stopped": [report, "schedules/9"],
  "report.failed": [{ ...report, dueAt: at }, "schedules/9"],
};

const PORTAL: typeof COMPANY = {
  "user.role-raised": [{ ...person, role: "Admin" }, "users/6"],
  "user.mfa-off": [person, "users/6"],
  "job.failed": [{ ...job, error: "disk" }, "system"],
  "job.late": [{ ...job, dueAt: at }, "system"],
  "rules.stalled": [{ companyId: 7, company: "Acme", since: at }, "system"],
  "disk.nearly-full": [{ path: "/data", freeBytes: 1, totalBytes: 2 }, "system"],
  "certificate.expiring": [{ name: "portal", expiresAt: at, days: 3 }, "system"],
  "system.updated": [{ version: "1.0.0", migrations: 1 }, "system"],
  "portal.channel-disabled": [{ channelId: 1, channel: "Desk", reason: "refused" }, "notifications/channels"],
};

describe("the place of a notification", () => {
  it("is known of every kind", () => {
    expect(Object.keys(COMPANY).toSorted()).toEqual(COMPANY_KINDS.map(({ name }) => name).toSorted());
    expect(Object.keys(PORTAL).toSorted()).toEqual(PORTAL_KINDS.map(({ name }) => name).toSorted());
  });

  it.each(Object.entries(COMPANY))("of %s is a page of the company", (kind, [params, path]) => {
    expect(placeOf(7, kind, params)).toBe(`/7/${path}`);
  });

  it.each(Object.entries(PORTAL))("of %s is a page of the portal", (kind, [params, path]) => {
    expect(placeOf(0, kind, params)).toBe(`/admin/${path}`);
  });

  it("is missing for a burst of an address alone, for unknown kinds, and for damaged parameters", () => {
    const ofAddress = { ...burst, address: "10.0.0.1", accounts: 3, since: at };
    expect(placeOf(7, "logon.burst", ofAddress)).toBeNull();
    expect(placeOf(7, "gone.kind", { alertId: 1 })).toBeNull();
    expect(placeOf(7, "computer.silent", { computer: "PC-3" })).toBeNull();
  });
});
