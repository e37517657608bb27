import { channelInput, subscriptionInput } from "@/lib/domain/notifications/channel";
import { kindsFor } from "@/lib/domain/notifications/kinds";
import type { DeliveryListRow } from "@/lib/domain/reports/notifications";
import { operatorContext, type CompanyContext } from "@/lib/services/context";
import { portalContext } from "@/lib/services/notifications/authority";
import { pageDeliveries } from "@/lib/services/notifications/list-notifications";
import { createChannel } from "@/lib/services/notifications/manage-channels";
import { createSubscription } from "@/lib/services/notifications/manage-subscriptions";
import { openCompany } from "@/lib/services/operator/companies";
import type { Answer, Command } from "./command";
import { checked, UsageError, type Options } from "./options";

const PORTAL = "portal";
const PAGE_ROWS = 1_000;

async function ownerOf({ company }: Options): Promise<CompanyContext> {
  if (!company)
    throw new UsageError("Specify the company with --company <ID or name>, or use --company portal.");
  return company === PORTAL ? portalContext(operatorContext("command line")) : openCompany(company);
}

const list = (text: string | undefined) =>
  text
    ?.split(",")
    .map((word) => word.trim())
    .filter(Boolean);

async function addChannel(options: Options): Promise<Answer> {
  const { type, url, secret, to } = options;
  const name = options.name ?? `${type ?? "channel"} ${new Date().toISOString()}`;
  const input = checked(channelInput, { name, type, url, secret, addresses: list(to) });
  const made = await createChannel(await ownerOf(options), input);
  return {
    json: made,
    text: `Created channel ${made.id}.${made.secret ? `\nSecret (it won't be shown again): ${made.secret}` : ""}`,
  };
}

async function addSubscription(options: Options): Promise<Answer> {
  const context = await ownerOf(options);
  const audience = context.scope.companyId === 0 ? "portal" : "company";
  const asked = list(options.kinds) ?? [];
  const kinds = asked.includes("all") ? kindsFor(audience).map((kind) => kind.name) : asked;
  const input = checked(subscriptionInput, { channelId: Number(options.channel ?? NaN), kinds });
  const made = await createSubscription(context, input);
  return {
    json: made,
    text: `Created subscription ${made.id}: channel ${input.channelId} receives ${kinds.join(", ")}.`,
  };
}

async function listAllDeliveries(options: Options): Promise<Answer> {
  const { scope } = await ownerOf(options);
  const rows: DeliveryListRow[] = [];
  let after: string | null = null;
  do {
    const page = await pageDeliveries(scope, {}, { after, limit: PAGE_ROWS });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const deliveries = rows.map((row) => ({
    id: row.id,
    messageId: `msg_${row.messageId}`,
    channel: { id: row.channelId, name: row.channelName, type: row.channelType },
    to: row.target,
    reason: row.reason,
    severity: row.severity,
    notifications: row.notificationCount,
    state: row.state,
    attempts: row.attemptCount,
    createdAt: iso(row.createdAt),
    nextAttemptAt: iso(row.nextAttemptAt),
    finishedAt: iso(row.finishedAt),
    lastStatus: row.lastStatus,
    lastNote: row.lastNote,
  }));
  const lines = deliveries.map(
    ({ id, createdAt, channel, to, notifications, state, attempts, lastNote }) =>
      `${String(id).padStart(6)}  ${createdAt}  ${channel.name} (${to})  ${notifications} notifications  ${state}, ${attempts} attempts  ${lastNote ?? ""}`,
  );
  return { json: { deliveries }, text: lines.join("\n").trimEnd() || "There are no deliveries yet." };
}

/** Commands for channels and subscriptions; `--company portal` means the portal's own. */
export const NOTIFICATIONS: Readonly<Record<string, Command>> = {
  "create-channel": {
    usage: "create-channel --company C --type T [--url U] [--to A,B] [--secret S] [--name N]",
    purpose: "create a channel: webhook, slack, teams or ntfy with --url, mail with --to",
    run: addChannel,
  },
  "create-subscription": {
    usage: "create-subscription --company C --channel ID --kinds a,b|all",
    purpose: "send kinds of notifications to a channel",
    run: addSubscription,
  },
  "list-deliveries": {
    usage: "list-deliveries --company C",
    purpose: "list a company's deliveries, newest first",
    run: listAllDeliveries,
  },
};
