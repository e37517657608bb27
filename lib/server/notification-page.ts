import { kindsFor } from "@/lib/domain/notifications/kinds";
import type { Audience } from "@/lib/domain/notifications/kind";
import { SEVERITIES } from "@/lib/domain/notifications/severity";
import { reasonText } from "@/lib/domain/notifications/reasons";
import {
  DELIVERY_STATES,
  type DeliveriesQuery,
  type NotificationsQuery,
} from "@/lib/domain/reports/notifications";
import type { CompanyContext } from "@/lib/services/context";
import { portalContext } from "@/lib/services/notifications/authority";
import type { ChannelsScreen, DeliveriesScreen, NewsLine } from "@/lib/services/notifications/read-screens";
import { readSettings } from "@/lib/services/settings/read-settings";
import { storedText } from "@/lib/stored-text";
import { contextOf } from "./actions";
import { requireCompanyPermission, requirePermission, type ManagedCompany } from "./guards";
import { choiceParam, idParam, type SearchParams } from "./search-params";
import { getWords } from "./texts/words";

/** What a screen of notifications is opened with. */
export interface OpenedNotifications {
  context: CompanyContext;
  owner: { companyId: number | null; zone: string; readAt: number };
}

/** For the company's screens: 404 and 403 as everywhere, or the companies to choose from. */
export async function openCompanyNotifications(
  params: Promise<{ company: string }>,
): Promise<OpenedNotifications | { choices: readonly { id: number; name: string }[] }> {
  const opened = await requireCompanyPermission(params, "notifications:manage");
  if ("choices" in opened) return opened;
  const { managed } = opened;
  return { context: companyContext(managed), owner: ownerOf(managed.company.id, managed.timeZone) };
}

/** For the portal's: GlobalAdmins alone. */
export async function openPortalNotifications(): Promise<OpenedNotifications> {
  const user = await requirePermission("portal-notifications:manage");
  const zone = user.session.timeZone ?? (await readSettings()).timeZone;
  return { context: portalContext(contextOf(user)), owner: ownerOf(null, zone) };
}

function companyContext(managed: ManagedCompany): CompanyContext {
  return { ...contextOf(managed), scope: managed.scope };
}

const ownerOf = (companyId: number | null, zone: string) => ({ companyId, zone, readAt: Date.now() });

/** Notifications in the reader's words. */
export async function wordNews(
  news: readonly NewsLine[],
  writeTime: (at: number) => string,
): Promise<NewsLine<string>[]> {
  const word = await getWords();
  return news.map((line) => ({
    ...line,
    title: word(line.title),
    sentence: word(line.sentence, writeTime),
  }));
}

/** Channels with the reasons why they are disabled in the reader's language. */
export async function wordChannels(screen: ChannelsScreen): Promise<ChannelsScreen> {
  const word = await getWords();
  const channels = screen.channels.map((channel) => ({
    ...channel,
    disabledReason: channel.disabledReason && word(reasonText(channel.disabledReason)),
  }));
  return { ...screen, channels };
}

/** Deliveries with the notes of their attempts in the reader's language. */
export async function wordDeliveries(screen: DeliveriesScreen): Promise<DeliveriesScreen> {
  const word = await getWords();
  const wordNote = (note: string | null) => note && word(storedText(note));
  const deliveries = screen.deliveries.map((delivery) => ({
    ...delivery,
    lastNote: wordNote(delivery.lastNote),
    attempts: delivery.attempts.map((attempt) => ({ ...attempt, note: wordNote(attempt.note) })),
  }));
  return { ...screen, deliveries };
}

/** The filter of the list of notifications in an address. */
export function newsFilter(params: SearchParams, audience: Audience): Partial<NotificationsQuery> {
  const kinds = kindsFor(audience).map(({ name }) => name);
  return {
    kind: choiceParam(params, "kind", kinds) ?? undefined,
    severity: choiceParam(params, "severity", SEVERITIES) ?? undefined,
    state: choiceParam(params, "state", ["open", "over"] as const) ?? undefined,
  };
}

/** The filter as the query of an export; other parameters of the page are left out. */
export function exportQueryOf(filter: Partial<NotificationsQuery> | Partial<DeliveriesQuery>): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** The filter of the list of deliveries in an address. */
export function deliveriesFilter(params: SearchParams): Partial<DeliveriesQuery> {
  return {
    channel: idParam(params, "channel") ?? undefined,
    state: choiceParam(params, "state", DELIVERY_STATES) ?? undefined,
    reason: choiceParam(params, "reason", ["news", "reminder", "test"] as const) ?? undefined,
  };
}
