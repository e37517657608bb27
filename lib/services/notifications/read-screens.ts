import { listChannels, listSubscriptions, type SubscriptionRow } from "@/db/queries/notifications/channels";
import { listAttemptsOf } from "@/db/queries/notifications/deliveries";
import { findNamed } from "@/db/queries/events/match-names";
import { listLiveSites } from "@/db/queries/companies/sites";
import { PORTAL_ID, readWithin } from "@/db/scope";
import { kindsFor, kindTitle, sentenceOf } from "@/lib/domain/notifications/kinds";
import { placeOf } from "@/lib/domain/notifications/place-of";
import { subscriptionWords } from "@/lib/domain/notifications/subscription-words";
import type { Text } from "@/lib/domain/text";
import type { AttemptResult } from "@/lib/domain/notifications/retry-schedule";
import type {
  DeliveriesQuery,
  DeliveryListRow,
  NotificationListRow,
  NotificationsQuery,
} from "@/lib/domain/reports/notifications";
import type { CompanyContext } from "../context";
import { orFirstPage } from "../reports/row-page";
import { isMailSetUp } from "../mail/mail-pool";
import { assertMayManage, assertMayRead } from "./authority";
import { pageDeliveries, pageNotifications } from "./list-notifications";
import { readChannels, type ChannelView } from "./read-channels";

const ROWS = 50;

/** A kind as screens let it be chosen. Kinds themselves hold schemas, whose library browsers are spared. */
export interface KindChoice {
  name: string;
  title: Text;
}

const audienceOf = ({ scope }: CompanyContext) => (scope.companyId === PORTAL_ID ? "portal" : "company");

const kindChoices = (context: CompanyContext): KindChoice[] =>
  kindsFor(audienceOf(context)).map(({ name, title }) => ({ name, title }));

export interface SubscriptionLine {
  id: number;
  channelId: number;
  /** What goes where and how soon, then what it's narrowed to. */
  words: Text[];
}

export interface ChannelsScreen {
  channels: ChannelView[];
  subscriptions: SubscriptionLine[];
  kinds: KindChoice[];
  /** To narrow a subscription to; none in the portal. */
  sites: { id: number; name: string }[];
  isMailSetUp: boolean;
}

/** Channels and the kinds that each receives. @throws AccessDenied. */
export async function readChannelsScreen(context: CompanyContext): Promise<ChannelsScreen> {
  assertMayManage(context);
  const { scope } = context;
  const audience = audienceOf(context);
  const channels = await readChannels(context);
  return readWithin(scope, async (tx) => {
    const rows = await listSubscriptions(tx, scope);
    const names = async (table: "sites" | "accounts" | "computers", ids: readonly number[]) =>
      new Map((await findNamed(tx, scope, table, [...new Set(ids)])).map(({ id, name }) => [id, name]));
    const [sites, accounts, computers] = [
      await names(
        "sites",
        rows.flatMap(({ siteIds }) => siteIds),
      ),
      await names(
        "accounts",
        rows.flatMap(({ accountIds }) => accountIds),
      ),
      await names(
        "computers",
        rows.flatMap(({ computerIds }) => computerIds),
      ),
    ];
    const lineOf = (row: SubscriptionRow): SubscriptionLine => {
      const channel = channels.find(({ id }) => id === row.channelId)!;
      const selected = {
        kinds: row.kinds,
        severities: row.severities,
        sites: row.siteIds.map((id) => sites.get(id) ?? withId(id)),
        accounts: row.accountIds.map((id) => accounts.get(id) ?? withId(id)),
        computers: row.computerIds.map((id) => computers.get(id) ?? withId(id)),
      };
      const { target, waitSeconds } = channel;
      const words = subscriptionWords(selected, { audience, target, waitSeconds });
      return { id: row.id, channelId: row.channelId, words };
    };
    return {
      channels,
      subscriptions: rows.map(lineOf),
      kinds: kindChoices(context),
      sites: audience === "portal" ? [] : await listLiveSites(tx, scope),
      isMailSetUp: isMailSetUp(),
    };
  });
}

/** What was deleted has no name any more. */
const withId = (id: number): Text => ({ key: "notifications.withId", values: { id: String(id) } });

/** An attempt as the screen shows it; epoch milliseconds. */
export interface AttemptLine {
  number: number;
  startedAt: number;
  durationMs: number;
  result: AttemptResult;
  status: number | null;
  note: string | null;
}

export type DeliveryLine = DeliveryListRow & { attempts: AttemptLine[] };

export interface DeliveriesScreen {
  deliveries: DeliveryLine[];
  next: string | null;
  channels: { id: number; name: string }[];
}

/** A page of deliveries, newest first, with every attempt. @throws AccessDenied. */
export async function readDeliveriesScreen(
  context: CompanyContext,
  filter: Partial<DeliveriesQuery>,
  after: string,
): Promise<DeliveriesScreen> {
  assertMayRead(context);
  const { scope } = context;
  const page = await orFirstPage(after, (cursor) =>
    pageDeliveries(scope, filter, { after: cursor, limit: ROWS }),
  );
  return readWithin(scope, async (tx) => {
    const attempts = await listAttemptsOf(
      tx,
      scope,
      page.rows.map(({ id }) => id),
    );
    const channels = await listChannels(tx, scope);
    return {
      deliveries: page.rows.map((row) => ({
        ...row,
        attempts: attempts
          .filter(({ deliveryId }) => deliveryId === row.id)
          .map(({ number, startedAt, durationMs, result, status, note }) => ({
            number,
            startedAt: startedAt.getTime(),
            durationMs,
            result: result as AttemptResult,
            status,
            note,
          })),
      })),
      next: page.next,
      channels: channels.map(({ id, name }) => ({ id, name })),
    };
  });
}

export interface NewsLine<Words = string | Text> extends Pick<
  NotificationListRow,
  "id" | "severity" | "createdAt" | "endedAt" | "isOpen"
> {
  title: Words;
  sentence: Words;
  /** The page of what it tells of; null where there is none. */
  href: string | null;
}

export interface NewsScreen<Words = string | Text> {
  news: NewsLine<Words>[];
  next: string | null;
  kinds: KindChoice[];
}

/** A page of what was told, newest first. @throws AccessDenied. */
export async function readNewsScreen(
  context: CompanyContext,
  filter: Partial<NotificationsQuery>,
  after: string,
): Promise<NewsScreen> {
  assertMayRead(context);
  const page = await orFirstPage(after, (cursor) =>
    pageNotifications(context.scope, filter, { after: cursor, limit: ROWS }),
  );
  return {
    news: page.rows.map(({ companyId, id, kind, severity, createdAt, endedAt, isOpen, params }) => ({
      id,
      severity,
      createdAt,
      endedAt,
      isOpen,
      title: kindTitle(kind),
      sentence: sentenceOf(kind, params),
      href: placeOf(companyId, kind, params),
    })),
    next: page.next,
    kinds: kindChoices(context),
  };
}
