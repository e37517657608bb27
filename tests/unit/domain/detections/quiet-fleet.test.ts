import { expect, it } from "vitest";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { askRules } from "@/lib/domain/detections/engine";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { classifyEventType } from "@/lib/domain/events/kinds";
import { nameKey } from "@/lib/domain/events/wire";
import { addLocalDays, ianaZone } from "@/lib/domain/zones";
import { siteDay, type DemoEvent } from "@/scripts/demo/day";
import { demoFleet, type DemoCompany } from "@/scripts/demo/fleet";
import { CONTEXT } from "../../../support/seen-events";

/** Numbers for names, as the database gives them. */
function numbering(): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    const key = nameKey(name);
    if (!known.has(key)) known.set(key, known.size + 1);
    return known.get(key)!;
  };
}

/** The days of a company as rules see them, without those on which an outsider tries passwords at a site. */
function quietDays(company: DemoCompany, days: number): { events: SeenEvent[]; computers: number } {
  const [accountOf, computerOf] = [numbering(), numbering()];
  const names = new Set<string>();
  const sent = company.sites.flatMap((site, place) =>
    Array.from({ length: days }, (_, day) => siteDay(company, site, addLocalDays("2026-03-02", day)))
      .filter((events) => !events.some(({ body }) => body.EventType === "Lockout"))
      .flat()
      .map((event) => ({ ...event, siteId: place + 1 })),
  );
  const events = sent
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, body, siteId }, place): SeenEvent => {
      names.add(text(body, "ComputerName"));
      const codes = [body.SubStatus, body.Status].filter((code) => code !== undefined);
      return {
        id: place + 1,
        at,
        receivedAt: at,
        kind: classifyEventType(text(body, "EventType")),
        accountId: accountOf(text(body, "UserName")),
        computerId: computerOf(text(body, "ComputerName")),
        siteId,
        address: text(body, "SourceIP") || text(body, "LocalIP"),
        publicAddress: null,
        logonType: body.LogonType === undefined ? null : Number(body.LogonType),
        codes: codes.map((code) => String(code).slice(2).toLowerCase()),
      };
    });
  return { events, computers: names.size };
}

const text = (body: DemoEvent["body"], name: string) => String(body[name] ?? "");

it.each([30, 120])(
  "quiet days of the demo's fleet make at most one alert for 100 computers a day (%i days)",
  (days) => {
    const found: AlertDraft[] = [];
    let computers = 0;
    for (const company of demoFleet(1)) {
      const quiet = quietDays(company, days);
      computers += quiet.computers;
      const context = { ...CONTEXT, zone: ianaZone(company.timeZone) };
      const asked = { settings: settingsOf([]), exceptions: [], context };
      found.push(...askRules(quiet.events, new Map(), asked).alerts.values());
    }
    expect((found.length / days / computers) * 100).toBeLessThanOrEqual(1);
  },
);
