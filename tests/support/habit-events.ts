import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { askRules } from "@/lib/domain/detections/engine";
import type { Asked } from "@/lib/domain/detections/memories";
import type { RuleName, SeenEvent } from "@/lib/domain/detections/rule";
import { settingsOf } from "@/lib/domain/detections/rules";
import { ianaZone } from "@/lib/domain/zones";
import { CONTEXT, stored } from "./seen-events";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Tuesday at nine. */
export const NOW = Date.parse("2026-06-16T09:00:00Z");
export const usual: Asked = { settings: settingsOf([]), exceptions: [], context: CONTEXT };
export const london: Asked = { ...usual, context: { ...CONTEXT, zone: ianaZone("Europe/London") } };

/** A logon of anna (1) on her computer (10). */
export function logon(at: number, more: Partial<SeenEvent> = {}): SeenEvent {
  return {
    id: 0,
    at,
    receivedAt: at,
    kind: "logon",
    accountId: 1,
    computerId: 10,
    siteId: 100,
    address: null,
    publicAddress: null,
    logonType: 2,
    codes: [],
    ...more,
  };
}

/** The company is old: account 99 was there long before. */
export const before = logon(NOW - 80 * DAY, { accountId: 99, computerId: 99 });
export const days = (count: number, at = NOW, more: Partial<SeenEvent> = {}) =>
  Array.from({ length: count }, (_, number) => logon(at - (count - number) * DAY, more));

export function ask(rule: RuleName, events: readonly SeenEvent[], asked = usual): AlertDraft[] {
  const { alerts } = askRules(stored([before, ...events]), new Map(), asked);
  return [...alerts.values()].filter((alert) => alert.rule === rule);
}

/** So many alerts, each like this. */
export const times = (count: number, like: object) => Array.from({ length: count }, () => like);

export const tuned = (rule: RuleName, values: object): Asked => ({
  ...usual,
  settings: settingsOf([{ rule, isOn: true, values }]),
});
