import type { Transaction } from "@/db/client";
import { holdCompany } from "@/db/queries/companies/company";
import { findNamed } from "@/db/queries/events/match-names";
import { endBursts } from "@/db/queries/notifications/watch-logons";
import type { CompanyWriteScope } from "@/db/scope";
import type { AlertDraft } from "@/lib/domain/detections/alert-draft";
import { logonsOf } from "@/lib/domain/detections/password-guessed";
import { notify } from "../notifications/notify";
import { NEWS_MS } from "../watch/news";

type FreshAlert = AlertDraft & { id: number };

/**
 * Tells of new alerts, unless what they found happened more than a day ago, as an import brings it.
 *
 * Guessing keeps the kinds that it had before there were rules, so that subscriptions to them go on; other rules are
 * told by severity.
 */
export async function tellAlerts(
  tx: Transaction,
  scope: CompanyWriteScope,
  fresh: readonly FreshAlert[],
): Promise<void> {
  const news = fresh.filter(({ sinceAt }) => sinceAt >= Date.now() - NEWS_MS);
  if (news.length === 0) return;
  // An erasure that has begun is waited for, and one that begins now waits: it finds the names that are written here.
  await holdCompany(tx, scope);
  const names = await readNames(tx, scope, news);
  for (const alert of news) {
    const references = {
      ...named("account", alert.accountId, names.accounts),
      ...named("site", alert.siteId, names.sites),
    };
    const computer = named("computer", alert.computerId, names.computers);
    const onceKey = `alert:${alert.rule}:${alert.subjectKey}:${alert.key}`;
    if (alert.rule === "password-guessed") {
      const params = { ...references, ...computer, ...guessedParams(alert) };
      await notify(tx, scope, "logon.burst-success", params, onceKey);
    } else if (alert.rule === "password-spray" || alert.rule === "password-guessing") {
      // Failures that the rule ignores may have kept an earlier burst open.
      await endBursts(tx, scope, [alert.subjectKey], new Date());
      await notify(tx, scope, "logon.burst", { ...references, ...burstParams(alert) }, onceKey);
      await endIfOver(tx, scope, alert);
    } else {
      const params = { ...references, ...computer, ...alertParams(alert, names.computers) };
      await notify(tx, scope, `alert.${alert.severity}`, params, onceKey);
    }
  }
}

const iso = (at: number) => new Date(at).toISOString();

function burstParams({ id, address, count, accountIds, firstAt, sinceAt }: FreshAlert) {
  const [from, since] = [iso(firstAt), iso(sinceAt)];
  return { alertId: id, address, failures: count, accounts: accountIds.length, from, since };
}

function guessedParams({ id, address, count, sinceAt, compared }: FreshAlert) {
  return { alertId: id, address, failures: count - logonsOf(compared), at: iso(sinceAt) };
}

function alertParams(alert: FreshAlert, computers: ReadonlyMap<number, string>) {
  const { id, rule, address, count, accountIds, threshold, windowMinutes, firstAt, lastAt, codes, compared } =
    alert;
  return {
    alertId: id,
    rule,
    address,
    count,
    accounts: accountIds.length,
    threshold,
    windowMinutes,
    from: iso(firstAt),
    to: iso(lastAt),
    codes,
    compared,
    computers: alert.computerIds
      .map((one) => computers.get(one))
      .filter((name) => name !== undefined)
      .slice(0, 10),
  };
}

/** A burst lasts until it has been quiet for its window; the watch ends those that go on. */
async function endIfOver(tx: Transaction, scope: CompanyWriteScope, alert: FreshAlert): Promise<void> {
  const endsAt = alert.lastAt + alert.windowMinutes * 60_000;
  if (endsAt < Date.now()) await endBursts(tx, scope, [alert.subjectKey], new Date(endsAt));
}

async function readNames(tx: Transaction, scope: CompanyWriteScope, alerts: readonly FreshAlert[]) {
  const read = async (table: "accounts" | "computers" | "sites", ids: readonly (number | null)[]) => {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    return new Map((await findNamed(tx, scope, table, wanted)).map(({ id, name }) => [id, name]));
  };
  return {
    accounts: await read(
      "accounts",
      alerts.map(({ accountId }) => accountId),
    ),
    computers: await read(
      "computers",
      alerts.flatMap(({ computerIds }) => [...computerIds]),
    ),
    sites: await read(
      "sites",
      alerts.map(({ siteId }) => siteId),
    ),
  };
}

/** A reference as notifications have it; nothing when it is unknown. */
function named(reference: string, id: number | null, names: ReadonlyMap<number, string>): object {
  const name = id === null ? undefined : names.get(id);
  return name === undefined ? {} : { [reference]: { id, name } };
}
