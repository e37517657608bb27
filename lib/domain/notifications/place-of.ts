import { findKind } from "./kinds";

type Params = Record<string, unknown>;

const idOf = (value: unknown): unknown => (value as { id?: unknown } | undefined)?.id;

/** By the first parameter that a company's notification has; what it's about comes before where it was. */
const COMPANY_PLACES: readonly [member: string, pathOf: (value: unknown) => string][] = [
  ["alertId", (id) => `alerts/${id}`],
  ["rule", (rule) => `alerts/rules#${rule}`],
  ["account", (account) => `accounts/${idOf(account)}`],
  ["computer", (computer) => `computers/${idOf(computer)}`],
  ["keyId", (id) => `sites#key-${id}`],
  ["scheduleId", (id) => `schedules/${id}`],
  ["channelId", () => "notifications/channels"],
  ["userId", () => "members"],
];

const PORTAL_PLACES: typeof COMPANY_PLACES = [
  ["userId", (id) => `users/${id}`],
  ["channelId", () => "notifications/channels"],
];

/**
 * The portal's page of what a stored notification tells of: the alert, account, computer, key, schedule, or user. Null
 * where there is none, and for kinds and parameters that this version doesn't know.
 *
 * Every page is one that readers of the company's, or the portal's, notifications may open.
 */
export function placeOf(companyId: number, name: string, stored: unknown): string | null {
  const kind = findKind(name);
  const parsed = kind?.params.safeParse(stored);
  if (!kind || !parsed?.success) return null;
  const params: Params = parsed.data;
  const isPortal = kind.audience === "portal";
  const base = isPortal ? "/admin" : `/${companyId}`;
  const place = (isPortal ? PORTAL_PLACES : COMPANY_PLACES).find(([member]) => params[member] !== undefined);
  if (place) return `${base}/${place[1](params[place[0]])}`;
  if (isPortal) return `${base}/system`;
  return name.startsWith("site.") ? `${base}/sites` : null;
}
