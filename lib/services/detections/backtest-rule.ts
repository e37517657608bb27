import { writeBacktest } from "@/db/queries/detections/backtests";
import type { Transaction } from "@/db/client";
import { findNamed } from "@/db/queries/events/match-names";
import { narrowScope, readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import {
  BacktestTally,
  trialOf,
  type BacktestDays,
  type LoudSubject,
  type TriedValues,
} from "@/lib/domain/detections/backtest";
import { lastDays } from "@/lib/domain/detections/last-days";
import type { Asked } from "@/lib/domain/detections/memories";
import type { Text } from "@/lib/domain/text";
import type { AlertFacts, RuleName } from "@/lib/domain/detections/rule";
import { valuesKey, withTypedValues } from "@/lib/domain/detections/rule-values";
import { findRule, isOfEvents, NO_PAST, RULES, type AllSettings } from "@/lib/domain/detections/rules";
import { subjectOf } from "@/lib/domain/reports/alerts";
import { localDateOf, type IanaZone } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { runReport } from "../reports/report-queue";
import { readSettings } from "../settings/read-settings";
import { askPast, type AskedPast, type PastBounds } from "./ask-past";
import { readAsked } from "./read-asked";

const LOUDEST = 10;

export interface PastRange {
  days: BacktestDays;
  /** Of the days that alerts are counted by. */
  zone: IanaZone;
  /** Epoch milliseconds. */
  now: number;
  /** Whose limits in the queue of reports it counts against, and who waits. */
  reader: string;
  signal?: AbortSignal | undefined;
}

export interface BacktestAsk extends PastRange {
  rule: RuleName;
  /** A value as typed, by its name; null for the stored one. */
  typed: (name: string) => string | null;
}

/** A subject with its name, and what its greatest alert says. Times in epoch milliseconds. */
export interface LoudSubjectView {
  subject: string | Text;
  accountId: number | null;
  address: string | null;
  computerId: number | null;
  siteId: number | null;
  alerts: number;
  count: number;
  firstAt: number;
  lastAt: number;
  facts: AlertFacts & { accountId: number | null };
}

/** What a rule would have found. Instants in epoch milliseconds. */
export interface Backtest {
  rule: RuleName;
  days: number;
  /** When the first of the days began. */
  from: number;
  /** Alerts of each local day, oldest first. */
  alertsByDay: number[];
  total: number;
  /** Kept back beyond these: a rule stops after 50 a day. */
  held: number;
  loudest: LoudSubjectView[];
  /** Events asked about, also those that rules only learned from. */
  events: number;
  milliseconds: number;
  past: Pick<AskedPast, "endedBy" | "throughAt" | "isOverfull">;
}

/**
 * Asks a rule about the past with values that need not be stored, as the engine would have, and stores no alert.
 *
 * The result is remembered with the values. It waits for its turn among reports.
 *
 * @throws AccessDenied; AppError `invalid` naming values out of bounds; `limited`; the signal's reason once it is raised.
 */
export async function backtestRule(
  context: CompanyContext,
  { rule: name, typed, ...ask }: BacktestAsk,
  bounds?: PastBounds,
): Promise<Backtest> {
  if (!isOfEvents(findRule(name)!)) {
    throw new AppError("invalid", NO_PAST);
  }
  const choose = (settings: AllSettings) => {
    const { values, problems } = withTypedValues(findRule(name)!, settings[name].values, typed);
    if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, problems);
    return new Map([[name, values]]);
  };
  return (await tryRules(context, ask, choose, bounds))[0]!;
}

/** The same of every rule that looks at events, with its stored values, in one pass. */
export function backtestAllRules(context: CompanyContext, ask: PastRange): Promise<Backtest[]> {
  return tryRules(
    context,
    ask,
    (settings) => new Map(RULES.filter(isOfEvents).map(({ name }) => [name, settings[name].values])),
  );
}

async function tryRules(
  { actor, audit, scope }: CompanyContext,
  ask: PastRange,
  choose: (settings: AllSettings) => TriedValues,
  bounds?: PastBounds,
): Promise<Backtest[]> {
  assertCan(actor, "alerts:manage", scope);
  const { timeZone: portalZone } = await readSettings();
  const { backtests, tried } = await runReport({ ...ask, scope }, (ownScope) => {
    const own = narrowScope(ownScope, scope.companyId)!;
    return readWithin(
      own,
      async (tx) => {
        const asked = await readAsked(tx, own, portalZone, "all");
        const values = choose(asked.settings);
        return { tried: values, backtests: await runTrial(tx, own, ask, { asked, tried: values, bounds }) };
      },
      ask.signal,
    );
  });
  await writeWithin(scope, async (tx) => {
    for (const { rule, days, total, past } of backtests) {
      await writeBacktest(tx, scope, {
        rule,
        valuesKey: valuesKey(findRule(rule)!, tried.get(rule)!),
        days,
        alerts: total,
        isWhole: past.endedBy === null && !past.isOverfull,
        userId: audit.actorUserId,
      });
    }
  });
  return backtests;
}

interface TrialAsk {
  asked: Asked;
  tried: TriedValues;
  bounds: PastBounds | undefined;
}

async function runTrial(
  tx: Transaction,
  scope: CompanyWriteScope,
  { days: count, zone, now, signal }: PastRange,
  { asked, tried, bounds }: TrialAsk,
): Promise<Backtest[]> {
  const startedAt = performance.now();
  const { days, starts } = lastDays(count, zone, now);
  const from = starts[0]!;
  const firstDay = localDateOf(from, asked.context.zone);
  const tallies = [...tried.keys()].map((rule) => new BacktestTally(rule, from, firstDay));
  const trial = trialOf(asked, tried);
  const { events, ...past } = await askPast(tx, scope, { trial, from, signal, bounds }, (outcome) => {
    for (const tally of tallies) tally.take(outcome);
    return tallies.reduce((sum, { total }) => sum + total, 0);
  });
  const milliseconds = Math.round(performance.now() - startedAt);
  const backtests: Backtest[] = [];
  for (const tally of tallies) {
    backtests.push({
      rule: tally.rule,
      days: count,
      from,
      alertsByDay: tally.byDay(days, zone),
      total: tally.total,
      held: tally.held,
      loudest: await withNames(tx, scope, tally.loudest(LOUDEST)),
      events,
      milliseconds,
      past,
    });
  }
  return backtests;
}

type Names = Record<"accounts" | "computers" | "sites", ReadonlyMap<number, string>>;

async function withNames(
  tx: Transaction,
  scope: CompanyWriteScope,
  subjects: readonly LoudSubject[],
): Promise<LoudSubjectView[]> {
  const greatest = subjects.map((one) => one.greatest);
  const others = greatest.map(({ compared }) => compared.accountId);
  const read = async (table: keyof Names, ids: readonly unknown[]) => {
    const wanted = new Set(ids.filter((id) => typeof id === "number"));
    return new Map((await findNamed(tx, scope, table, [...wanted])).map(({ id, name }) => [id, name]));
  };
  const names: Names = {
    accounts: await read("accounts", [...greatest.map(({ accountId }) => accountId), ...others]),
    computers: await read(
      "computers",
      greatest.flatMap(({ computerId, computerIds }) => [computerId, ...computerIds]),
    ),
    sites: await read(
      "sites",
      greatest.map(({ siteId }) => siteId),
    ),
  };
  return subjects.map((subject) => viewOf(subject, names));
}

function viewOf({ alerts, count, firstAt, lastAt, greatest }: LoudSubject, names: Names): LoudSubjectView {
  const { rule, accountId, address, computerId, computerIds, siteId, compared, ...facts } = greatest;
  const nameIn = (table: keyof Names, id: unknown) =>
    typeof id === "number" ? (names[table].get(id) ?? null) : null;
  const found = {
    ...facts,
    accountId,
    address,
    compared,
    account: nameIn("accounts", accountId),
    otherAccount: nameIn("accounts", compared.accountId),
    site: nameIn("sites", siteId),
    computers: computerIds.flatMap((id) => names.computers.get(id) ?? []).toSorted(),
  };
  const computer = nameIn("computers", computerId);
  const subject = subjectOf({ ...found, rule, computer, computerId, siteId });
  return { subject, accountId, address, computerId, siteId, alerts, count, firstAt, lastAt, facts: found };
}
