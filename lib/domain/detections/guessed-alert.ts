import { accountKey, only, type AlertDraft } from "./alert-draft";
import { LATE_MS } from "./burst-memory";
import { passwordGuessed } from "./password-guessed";
import type { RuleValues } from "./rule";

const DAY = 86_400_000;
/** Of what an alert holds as evidence; logons take the places of guesses. */
const MOST_EVIDENCE = 100;
const MOST_LOGONS = 20;
/** Alerts of an account that logons may still join, whatever anybody sends. */
const MOST_ALERTS = 10;
const MOST_RUNS = 20;

/** A logon of an account at which guesses were made. Times in epoch milliseconds. */
export interface GuessedLogon {
  id: number;
  at: number;
  computerId: number;
  siteId: number;
}

/** What is known of the guesses of a run at one account. */
export interface Guesses {
  /** The rule that found the run, the run's subject, and its key. */
  run: string;
  threshold: number;
  firstAt: number;
  /** Failed logons of the account in the run. */
  count: number;
  /** The first of these. */
  eventIds: number[];
  /** null where there are several. */
  address: string | null;
}

/** An alert of the rule that logons may still join; JSON. */
export interface GuessedAlert {
  /** The event of the logon that opened it, which names it for good. */
  key: number;
  /** Names of runs whose logons join it. */
  runs: string[];
  guesses: Guesses;
  /** When the logon that opened it happened; others join it that happened up to a day before or after. */
  openedAt: number;
  /** Of its logons. */
  firstAt: number;
  lastAt: number;
  /** When the event was received that showed the last of them. */
  foundAt: number;
  /** Logons, also those beyond the ones kept. */
  count: number;
  eventIds: number[];
  computerIds: number[];
  siteIds: number[];
  /** What showed the logon that opened it arrived more than an hour after that. */
  isLate: boolean;
  /** The rule has made too many alerts that day; absent until that is decided. */
  isHeld?: boolean;
}

/**
 * Takes a logon that followed guesses of these runs into the alert that it belongs to: one of a day around it that has one
 * of the runs, else one whose logons are within the rule's time of it, else a new one. `foundAt`: when the event was received
 * that shows it.
 */
export function takeGuessed(
  alerts: GuessedAlert[],
  guesses: readonly Guesses[],
  logon: GuessedLogon,
  { withinMs, foundAt }: { withinMs: number; foundAt: number },
): GuessedAlert {
  const runs = guesses.map(({ run }) => run);
  const near = alerts.filter(({ openedAt }) => Math.abs(logon.at - openedAt) <= DAY);
  const known = near.find((alert) => alert.runs.some((run) => runs.includes(run)));
  const joined =
    known ??
    near.find(({ firstAt, lastAt }) => logon.at >= firstAt - withinMs && logon.at <= lastAt + withinMs);
  if (!joined) {
    const opened = openWith(guesses, logon, foundAt);
    alerts.push(opened);
    if (alerts.length > MOST_ALERTS) alerts.shift();
    return opened;
  }
  if (!known) joined.runs = [...joined.runs, ...runs].slice(0, MOST_RUNS);
  joined.guesses = guesses.find(({ run }) => run === joined.guesses.run) ?? joined.guesses;
  grow(joined, logon, foundAt);
  return joined;
}

function openWith(guesses: readonly Guesses[], logon: GuessedLogon, foundAt: number): GuessedAlert {
  const { id, at } = logon;
  const alert: GuessedAlert = {
    key: id,
    runs: guesses.map(({ run }) => run),
    guesses: guesses[0]!,
    openedAt: at,
    firstAt: at,
    lastAt: at,
    foundAt,
    count: 0,
    eventIds: [],
    computerIds: [],
    siteIds: [],
    isLate: foundAt - at > LATE_MS,
  };
  grow(alert, logon, foundAt);
  return alert;
}

function grow(alert: GuessedAlert, { id, at, computerId, siteId }: GuessedLogon, foundAt: number): void {
  alert.firstAt = Math.min(alert.firstAt, at);
  alert.lastAt = Math.max(alert.lastAt, at);
  alert.foundAt = Math.max(alert.foundAt, foundAt);
  alert.count += 1;
  if (alert.eventIds.length < MOST_LOGONS) alert.eventIds.push(id);
  note(alert.computerIds, computerId);
  note(alert.siteIds, siteId);
}

function note(list: number[], value: number): void {
  if (list.length < MOST_LOGONS && !list.includes(value)) list.push(value);
}

/** Forgets alerts that no logon can join any more which is still remembered. */
export function forgetGuessed(alerts: readonly GuessedAlert[], before: number): GuessedAlert[] {
  return alerts.filter(({ foundAt }) => foundAt >= before - DAY);
}

/** The alert as it is written. */
export function guessedDraft(accountId: number, alert: GuessedAlert, { minutes }: RuleValues): AlertDraft {
  const { key, guesses, count, eventIds, computerIds, siteIds } = alert;
  return {
    rule: passwordGuessed.name,
    subjectKey: accountKey(accountId),
    key,
    severity: passwordGuessed.severity,
    accountId,
    address: guesses.address,
    computerId: computerIds[0]!,
    siteId: only(siteIds),
    firstAt: guesses.firstAt,
    sinceAt: alert.firstAt,
    lastAt: alert.lastAt,
    count: guesses.count + count,
    threshold: guesses.threshold,
    windowMinutes: minutes!,
    eventIds: [...guesses.eventIds.slice(0, MOST_EVIDENCE - eventIds.length), ...eventIds],
    accountIds: [accountId],
    computerIds: [...computerIds],
    codes: [],
    compared: { logons: count },
    isLate: alert.isLate,
  };
}
