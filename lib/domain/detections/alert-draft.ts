import { alertKeyOf, type Run } from "./burst-memory";
import type { AlertSeverity, AlertSubject, Compared, Rule, RuleName, SeenEvent } from "./rule";

/** An alert as a rule sees it; `rule`, `subjectKey` and `key` name it for good. Times in epoch milliseconds. */
export interface AlertDraft {
  rule: RuleName;
  subjectKey: string;
  key: number;
  severity: AlertSeverity;
  accountId: number | null;
  address: string | null;
  /** The subject; else of the first logon that followed; else the only computer, or null for several. */
  computerId: number | null;
  siteId: number | null;
  firstAt: number;
  sinceAt: number;
  lastAt: number;
  count: number;
  threshold: number;
  windowMinutes: number;
  eventIds: readonly number[];
  accountIds: readonly number[];
  computerIds: readonly number[];
  codes: readonly string[];
  compared: Compared;
  isLate: boolean;
}

export const memoryKey = (name: string, subjectKey: string) => `${name} ${subjectKey}`;
export const alertName = (rule: RuleName, subjectKey: string, key: number) => `${rule} ${subjectKey} ${key}`;
export const accountKey = (accountId: number) => `account:${accountId}`;
export const computerKey = (computerId: number) => `computer:${computerId}`;

type Named = Pick<SeenEvent, "accountId" | "computerId" | "siteId" | "address">;

/** The subject as it is stored: `account:<id>`, `address:<text>`, `computer:<id>` or `site:<id>`. */
export function subjectKeyOf({ subject }: { subject: AlertSubject }, named: Named): string {
  if (subject === "account") return accountKey(named.accountId);
  if (subject === "computer") return computerKey(named.computerId);
  return subject === "site" ? `site:${named.siteId}` : `address:${named.address}`;
}

export const only = <Value>(list: readonly Value[]): Value | null => (list.length === 1 ? list[0]! : null);

/** The alert of a run about what is named. */
export function draftOf(
  rule: Rule,
  named: Named,
  run: Run,
  { threshold, windowMinutes }: { threshold: number; windowMinutes: number },
): AlertDraft {
  const { firstAt, sinceAt, lastAt, count, isLate } = run;
  return {
    rule: rule.name,
    subjectKey: subjectKeyOf(rule, named),
    key: alertKeyOf(run),
    severity: rule.severity,
    accountId: rule.subject === "account" ? named.accountId : null,
    address: rule.subject === "address" ? named.address : only(run.addresses),
    computerId: rule.subject === "computer" ? named.computerId : only(run.computerIds),
    siteId: rule.subject === "site" ? named.siteId : only(run.siteIds),
    firstAt,
    sinceAt,
    lastAt,
    count,
    threshold,
    windowMinutes,
    eventIds: [...run.eventIds],
    accountIds: [...run.accountIds],
    computerIds: [...run.computerIds],
    codes: [...run.codes],
    compared: run.compared ?? {},
    isLate,
  };
}
