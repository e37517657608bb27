import { listHours } from "@/db/queries/calendar/hours";
import { findCompany } from "@/db/queries/companies/company";
import { listBacktests } from "@/db/queries/detections/backtests";
import { readFirstAt } from "@/db/queries/detections/habits";
import { countAlertsByDay, countKindsSince } from "@/db/queries/detections/read-alerts";
import { listExceptions, listRuleSettings, type ExceptionRow } from "@/db/queries/detections/settings";
import { findNamed } from "@/db/queries/events/match-names";
import { listTagsInUse } from "@/db/queries/tags/tags";
import type { Transaction } from "@/db/client";
import { readWithin, type CompanyWriteScope } from "@/db/scope";
import { ruleTitle } from "@/lib/domain/detections/alert";
import { deletedName } from "@/lib/domain/detections/deleted-name";
import { keptAccountsOf, type KeptAccounts } from "@/lib/domain/detections/kept-accounts";
import { lastDays } from "@/lib/domain/detections/last-days";
import { learnUntil } from "@/lib/domain/detections/learn";
import type { Requirement } from "@/lib/domain/detections/requirement";
import type { Rule, RuleSettings, RuleValues } from "@/lib/domain/detections/rule";
import { valuesKey } from "@/lib/domain/detections/rule-values";
import { RULES, settingsOf } from "@/lib/domain/detections/rules";
import { KIND_CODE, type EventKind } from "@/lib/domain/events/kinds";
import { addressHref, FLEET_HREFS } from "@/lib/domain/fleet/fleet-hrefs";
import { effectiveRetention } from "@/lib/domain/operations/retention";
import { can } from "@/lib/domain/permissions";
import type { Text } from "@/lib/domain/text";
import type { IanaZone } from "@/lib/domain/zones";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { readSettings } from "../settings/read-settings";
import { lastDayOf } from "./end-of-day";
import { readHeldBack } from "./read-held-back";

const DAYS = 30;

export interface RuleView extends RuleSettings {
  name: string;
  /** Alerts of each of the last 30 local days, oldest first. */
  alertsByDay: number[];
  /** Kinds it needs of which nothing was received in 30 days, in words. */
  missing: EventKind[];
  /** What people have not told it yet. */
  lacks: Requirement[];
  /** That retention deletes accounts too early for it; null where it does not. */
  keptAccounts: KeptAccounts | null;
  /** Alerts it has kept back on the company's present day, because it had made too many. */
  held: number;
  /** The last one with the rule's values; null when there was none. */
  backtest: BacktestNote | null;
}

export interface BacktestNote {
  days: number;
  alerts: number;
  /** Nothing was left out for its size. */
  isWhole: boolean;
  /** Epoch milliseconds. */
  ranAt: number;
}

export interface ExceptionView {
  id: number;
  rule: string | Text;
  /** A text for what was deleted meanwhile. */
  subject: string | Text;
  /** Where the subject is shown; null for what was deleted. */
  href: string | null;
  reason: string;
  /** Epoch milliseconds; null for no end. */
  endsAt: number | null;
  /** A local date in the company's zone; null for no end. */
  lastDay: string | null;
  createdAt: number;
}

export interface HabitsView {
  /** Whether rules learn the habits of the company's people. */
  isOn: boolean;
  /** When the learning period ends, epoch milliseconds; null before the company's first event. */
  learnUntil: number | null;
}

export interface RulesScreen {
  rules: RuleView[];
  /** Nothing at all was received in 30 days; rules don't say then what they miss. */
  isWithoutEvents: boolean;
  habits: HabitsView;
  exceptions: ExceptionView[];
  mayManage: boolean;
}

/** The company's rules and exceptions; days are those of the zone. @throws AccessDenied. */
export async function readRulesScreen(
  { actor, scope }: CompanyContext,
  zone: IanaZone,
  now: number,
): Promise<RulesScreen> {
  assertCan(actor, "alerts:read", scope);
  const portal = await readSettings();
  return readWithin(scope, async (tx) => {
    const { starts } = lastDays(DAYS, zone, now);
    const settings = settingsOf(await listRuleSettings(tx, scope));
    const counts = await countAlertsByDay(tx, scope, starts);
    const kinds = await countKindsSince(tx, scope, new Date(starts[0]!));
    const backtests = await listBacktests(tx, scope);
    const rows = await listExceptions(tx, scope);
    const firstAt = await readFirstAt(tx, scope);
    const company = await findCompany(tx, scope);
    const { eventRetentionDays } = company ? effectiveRetention(company, portal) : portal;
    const met = await readMet(tx, scope);
    const heldBack = await readHeldBack(tx, scope, now);
    const isWithoutEvents = [...kinds.values()].every((count) => count === 0);
    return {
      isWithoutEvents,
      rules: RULES.map((rule) => ({
        name: rule.name,
        ...settings[rule.name],
        alertsByDay: starts.map(
          (_, day) => counts.find((one) => one.rule === rule.name && one.day === day)?.count ?? 0,
        ),
        missing: isWithoutEvents ? [] : rule.needs.filter((kind) => !kinds.get(KIND_CODE[kind])),
        lacks: (rule.requires ?? []).filter((one) => !met.has(one)),
        keptAccounts: keptAccountsOf(rule.name, settings[rule.name].values, eventRetentionDays),
        held: heldBack.find((one) => one.rule === rule.name)?.held ?? 0,
        backtest: noteOf(backtests, rule, settings[rule.name].values),
      })),
      exceptions: await viewsOf(tx, scope, rows, company?.timeZone ?? portal.timeZone),
      habits: {
        isOn: company?.learnsHabits ?? true,
        learnUntil: firstAt === null ? null : learnUntil({ firstAt }),
      },
      mayManage: can(actor, "alerts:manage", scope),
    };
  });
}

async function viewsOf(
  tx: Transaction,
  scope: CompanyWriteScope,
  rows: readonly ExceptionRow[],
  zone: string,
): Promise<ExceptionView[]> {
  const subjects = await nameSubjects(tx, scope, rows);
  return rows.map(({ id, rule, reason, endsAt, createdAt }, place) => ({
    id,
    rule: ruleTitle(rule),
    ...subjects[place]!,
    reason,
    endsAt: endsAt?.getTime() ?? null,
    lastDay: lastDayOf(endsAt, zone),
    createdAt: createdAt.getTime(),
  }));
}

/** What rules require and people have told. */
async function readMet(tx: Transaction, scope: CompanyWriteScope): Promise<Set<string>> {
  const [hours, tags] = await Promise.all([listHours(tx, scope), listTagsInUse(tx, scope)]);
  return new Set([...tags, ...(hours.length > 0 ? ["calendar"] : [])]);
}

/** What each exception is about, in words, and where that is shown. */
async function nameSubjects(
  tx: Transaction,
  scope: CompanyWriteScope,
  rows: readonly ExceptionRow[],
): Promise<Pick<ExceptionView, "subject" | "href">[]> {
  const readOf = async (table: NamedTable, of: "accountId" | "computerId" | "siteId") => {
    const ids = rows.map((row) => row[of]).filter((id) => id !== null);
    const names = new Map((await findNamed(tx, scope, table, ids)).map(({ id, name }) => [id, name]));
    return (id: number) => {
      const name = names.get(id);
      return name === undefined
        ? { subject: deletedName(table, id), href: null }
        : { subject: name, href: FLEET_HREFS[table](scope.companyId, id) };
    };
  };
  const accountOf = await readOf("accounts", "accountId");
  const computerOf = await readOf("computers", "computerId");
  const siteOf = await readOf("sites", "siteId");
  return rows.map(({ accountId, computerId, siteId, address }) => {
    if (accountId !== null) return accountOf(accountId);
    if (computerId !== null) return computerOf(computerId);
    if (siteId !== null) return siteOf(siteId);
    return { subject: address ?? "", href: address ? addressHref(scope.companyId, address) : null };
  });
}

type NamedTable = keyof typeof FLEET_HREFS;

function noteOf(
  backtests: Awaited<ReturnType<typeof listBacktests>>,
  rule: Rule,
  values: RuleValues,
): BacktestNote | null {
  const key = valuesKey(rule, values);
  const found = backtests.find((one) => one.rule === rule.name && one.valuesKey === key);
  if (!found) return null;
  const { days, alerts, isWhole, ranAt } = found;
  return { days, alerts, isWhole, ranAt };
}
