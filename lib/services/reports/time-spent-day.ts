import { findNamed } from "@/db/queries/events/match-names";
import { listEventsById } from "@/db/queries/events/read-event";
import { FIRST_EVENT_MS } from "@/db/queries/reports/time-spent-events";
import { readNames } from "@/db/queries/reports/time-spent-names";
import type { Transaction } from "@/db/client";
import { narrowScope, readSnapshotWithin, type CompanyScope, type CompanyWriteScope } from "@/db/scope";
import type { EventRow } from "@/lib/domain/events/event-row";
import { kindFromCode, type EventKind } from "@/lib/domain/events/kinds";
import { resolveReportRange, type ReportRange } from "@/lib/domain/reports/report-range";
import { readScreenQuery, type RawParams } from "@/lib/domain/reports/screen-query";
import { timeSpentQuery, type TimeSpentQuery } from "@/lib/domain/reports/time-spent";
import {
  countedRange,
  firstRelevantAt,
  maxSessionMs,
  type Stretch,
} from "@/lib/domain/time-spent/compute-stretches";
import { DayEvidenceTally, MOST_LISTED, type DaySpan } from "@/lib/domain/time-spent/day-evidence";
import type { TimeSpentOptions, TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import { TimeSpentTally } from "@/lib/domain/time-spent/time-spent-tally";
import { addLocalDays, ianaZone, startOfLocalDay, type IanaZone, type LocalDate } from "@/lib/domain/zones";
import { AppError } from "@/lib/errors";
import { readSettings } from "../settings/read-settings";
import { feedEvents } from "./feed-events";
import { TakeTurns, TURN_MILLISECONDS } from "./take-turns";

/** An event of the day, as little of it as a timeline shows. */
export interface DayMoment {
  id: number;
  computerId: number;
  kind: EventKind;
  /** Epoch milliseconds. */
  at: number;
}

export interface TimeSpentDay {
  accountId: number;
  userName: string;
  companyId: number;
  date: LocalDate;
  zone: IanaZone;
  query: TimeSpentQuery;
  /** What of the day counts; shorter than the day where the list's range begins or ends in it. Epoch milliseconds. */
  from: number;
  to: number;
  /** The row grouped by user, and those by computer; null and none when the day has nothing to tell. */
  row: TimeSpentRow | null;
  computerRows: TimeSpentRow[];
  /** The row's times, united over computers. */
  united: DaySpan[];
  /** Each with the ids of the events that opened and closed it, by time. */
  stretches: Stretch[];
  leftOut: number;
  /** The computers with a stretch or an event of the day, by name and then id. */
  computers: { id: number; name: string }[];
  /** The events of the day, by time and then order received. */
  moments: DayMoment[];
  /** The first of the day, and those that opened or closed one of the first stretches, MOST_LISTED each; in that order. */
  events: EventRow[];
}

/**
 * One day of an account with all that its Time Spent is made of.
 *
 * It counts as the list does whose address it carries, so the list's range, split, site and computer apply; a day
 * outside that range is looked at alone. @throws AppError `not_found` for an account outside the scope; `invalid` when
 * there are more events than a report may be counted from.
 */
export async function readTimeSpentDay(
  scope: CompanyScope,
  asked: { accountId: number; date: LocalDate; params: RawParams },
  viewZone: IanaZone,
  now: number = Date.now(),
  signal?: AbortSignal,
): Promise<TimeSpentDay> {
  const { accountId, date } = asked;
  const { query } = readScreenQuery(timeSpentQuery, asked.params);
  const zone = query.tz === undefined ? viewZone : ianaZone(query.tz);
  const day = { from: startOfLocalDay(date, zone), to: startOfLocalDay(addLocalDays(date, 1), zone) };
  const { longestSessionHours: maxSessionHours } = await readSettings();
  const listed = listedRange(day, query, zone, now);
  // Alone, it is known of sessions that go on after it whether they ended in time.
  const range = listed ?? { from: day.from, to: day.to + maxSessionMs({ ...day, maxSessionHours }) };
  const options = countedRange({
    ...range,
    now,
    maxSessionHours,
    timeZone: zone,
    splitAtMidnight: query.split === "on",
  });
  const window = { from: Math.max(day.from, range.from), to: Math.min(day.to, range.to) };
  return readSnapshotWithin(
    scope,
    async (tx) => {
      const [account] = await findNamed(tx, scope, "accounts", [accountId]);
      const own = account && narrowScope(scope, account.companyId);
      if (!account || !own) throw new AppError("not_found", { key: "errors.gone" });
      const { companyId, name: userName } = account;
      const gathered = new Gathered(options, account, window);
      await gathered.read(tx, own, query, new TakeTurns(TURN_MILLISECONDS, signal));
      return {
        accountId,
        userName,
        companyId,
        date,
        zone,
        query,
        ...window,
        ...(await gathered.tell(tx, own, date)),
      };
    },
    signal,
  );
}

/** The list's range when it holds the day. A list without a range in its address has the usual one. */
function listedRange(
  day: ReportRange,
  query: TimeSpentQuery,
  zone: IanaZone,
  now: number,
): ReportRange | null {
  const range = resolveReportRange(query, now, zone);
  return range !== null && range.from < day.to && range.to > day.from ? range : null;
}

/** What the day is made of, gathered while the account's events pass by: only those of the day are kept. */
class Gathered {
  readonly #options: DayOptions;
  readonly #account: { id: number; name: string };
  readonly #window: ReportRange;
  readonly #byUser: TimeSpentTally;
  readonly #byComputer: TimeSpentTally;
  readonly #evidence: DayEvidenceTally;
  readonly #moments: DayMoment[] = [];

  constructor(options: DayOptions, account: { id: number; name: string }, window: ReportRange) {
    this.#options = options;
    this.#account = account;
    this.#window = window;
    this.#byUser = new TimeSpentTally({ ...options, groupBy: "user" });
    this.#byComputer = new TimeSpentTally({ ...options, groupBy: "user_computer" });
    this.#evidence = new DayEvidenceTally(options, account.id, window);
  }

  /** Reads the events in turns, with every sleep, shutdown and startup of the computers. @throws as feedEvents. */
  async read(
    tx: Transaction,
    own: CompanyWriteScope,
    query: TimeSpentQuery,
    turns: TakeTurns,
  ): Promise<void> {
    const { from, to } = this.#window;
    const match = {
      from: Math.max(firstRelevantAt(this.#options), FIRST_EVENT_MS),
      to: this.#options.to,
      computerId: query.computer ?? null,
      siteId: query.site ?? null,
      accountIds: [this.#account.id],
      withIds: true,
    };
    if (match.from >= match.to) return;
    await feedEvents(tx, own, match, turns, (computerId, accountId, kindCode, at, id) => {
      this.#byUser.add(accountId, computerId, kindCode, at);
      this.#byComputer.add(accountId, computerId, kindCode, at);
      this.#evidence.add(accountId, computerId, kindCode, at, id);
      if (at >= from && at < to) this.#moments.push({ id, computerId, kind: kindFromCode(kindCode), at });
    });
  }

  /** Call it once, after reading. */
  async tell(tx: Transaction, own: CompanyWriteScope, date: LocalDate) {
    const evidence = this.#evidence.finish();
    const moments = this.#moments.sort(byTime);
    const ofDay = new Set([...evidence.stretches, ...moments].map(({ computerId }) => computerId));
    const seen = new Set([...ofDay, ...this.#byComputer.seen().computerIds]);
    const names = await readNames(tx, own, "computers", [...seen]);
    const computer = (id: number) => names.get(id) ?? `computer ${id}`;
    const rowsOf = (tally: TimeSpentTally) =>
      tally
        .finish({ account: () => this.#account.name, computer })
        .filter((row) => row.accountId === this.#account.id && row.date === date);
    const listed = evidence.stretches.slice(0, MOST_LISTED);
    const used = listed.flatMap(({ openedBy, closedBy }) =>
      closedBy === null ? [openedBy] : [openedBy, closedBy],
    );
    const shown = new Set([...used, ...moments.slice(0, MOST_LISTED).map(({ id }) => id)]);
    return {
      row: rowsOf(this.#byUser)[0] ?? null,
      computerRows: rowsOf(this.#byComputer),
      ...evidence,
      moments,
      computers: [...ofDay].map((id) => ({ id, name: computer(id) })).sort(byName),
      events: await listEventsById(tx, own, [...shown]),
    };
  }
}

type DayOptions = Omit<TimeSpentOptions, "groupBy">;

const byTime = (a: DayMoment, b: DayMoment) => a.at - b.at || a.id - b.id;

function byName(a: { id: number; name: string }, b: { id: number; name: string }): number {
  return a.name === b.name ? a.id - b.id : a.name < b.name ? -1 : 1;
}
