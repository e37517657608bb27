import { describe, expect, it } from "vitest";
import { evidenceHref } from "@/components/alerts/evidence-href";
import { findRule, RULES } from "@/lib/domain/detections/rules";
import { parseEventsRequest } from "@/lib/domain/events/filters";

const MINUTE = 60_000;
const at = Date.UTC(2026, 0, 5, 10);
const subject = { accountId: 3, address: "10.0.0.1", computerId: 4, siteId: 5, firstAt: at, lastAt: at };

function filtersOf(href: string) {
  const { request, ignored } = parseEventsRequest(
    Object.fromEntries(new URL(href, "http://portal").searchParams),
  );
  expect(ignored).toEqual([]);
  return request.filters;
}

describe("the events behind an alert", () => {
  it.each(RULES.map((rule) => [rule.name, rule] as const))("of %s are its subject's alone", (_, rule) => {
    const href = evidenceHref(rule, 7, subject);
    expect(href).toMatch(/^\/7\/events\?/);
    const filters = filtersOf(href);
    expect(new Set(filters.kinds)).toEqual(new Set(rule.kinds ?? rule.needs));
    expect(filters.accountId).toBe(rule.subject === "account" ? 3 : null);
    expect(filters.address).toBe(rule.subject === "address" ? "10.0.0.1" : "");
    expect(filters.computerId).toBe(rule.subject === "computer" ? 4 : null);
    expect(filters.siteIds).toEqual(rule.subject === "site" ? [5] : []);
  });

  it.each(["outside-hours", "unusual-hour", "dormant-account", "password-guessed"] as const)(
    "are all that %s takes, also where it can do with fewer kinds",
    (name) => {
      const filters = filtersOf(evidenceHref(findRule(name)!, 7, subject));
      expect(filters.kinds).toEqual(expect.arrayContaining(["logon", "unlock", "remote_connect"]));
    },
  );

  it("include one at the beginning of a minute", () => {
    expect(filtersOf(evidenceHref(RULES[0]!, 7, subject)).range).toEqual({ from: at, to: at + MINUTE });
  });

  it("are of nobody in particular where the subject is gone", () => {
    const gone = { ...subject, accountId: null, address: null, computerId: null, siteId: null };
    for (const rule of RULES) expect(evidenceHref(rule, 7, gone)).not.toMatch(/null/);
  });
});
