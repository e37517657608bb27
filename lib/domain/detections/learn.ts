import { END_KINDS, POWER_KINDS, START_KINDS, type EventKind } from "../events/kinds";
import { zoneCalendar } from "../zone-calendar";
import { HABIT_DAYS, habitsIn, newAccountMemory, takeStart, type AccountMemory } from "./account-memory";
import { placesWith } from "./account-places";
import { accountKey, computerKey, memoryKey } from "./alert-draft";
import { newCompanyMemory, type CompanyMemory } from "./company-memory";
import { isUseKnown, newComputerMemory, takeUse, type ComputerMemory } from "./computer-memory";
import type { BatchContext, RuleContext } from "./event-rule";
import { isNewOn, withCountry } from "./known-countries";
import { remember, type Asking, type Memories } from "./memories";
import { isPersons } from "./persons";
import type { SeenEvent } from "./rule";
import { beginSession, endSession, type OffAt } from "./sessions";
import { dayOfWall, wallMinute } from "./wall-times";

/** The name of what rules together remember. */
export const HABITS = "habits";
const COMPANY = "company";
export const COMPANY_KEY = memoryKey(HABITS, COMPANY);

const DAY = 86_400_000;
/** Rules that learn are quiet for so long after a company's first event. */
export const LEARNING_DAYS = 14;

/** What habits are learned from. */
export const HABIT_KINDS: ReadonlySet<EventKind> = new Set([...START_KINDS, ...END_KINDS, ...POWER_KINDS]);

/** What rules together remember of those whom the event concerns. */
export function habitKeys(event: SeenEvent, { learnsHabits }: BatchContext): string[] {
  const isStart = START_KINDS.has(event.kind);
  const keys = [COMPANY_KEY];
  if (isStart || (learnsHabits && END_KINDS.has(event.kind))) {
    keys.push(memoryKey(HABITS, accountKey(event.accountId)));
  }
  if (learnsHabits && (isStart || POWER_KINDS.has(event.kind))) {
    keys.push(memoryKey(HABITS, computerKey(event.computerId)));
  }
  return keys;
}

/** The computers on which the accounts in memory have sessions: whether these still go on hangs on the computers. */
export function sessionKeys(memories: Memories): string[] {
  const keys: string[] = [];
  for (const [key, memory] of memories) {
    if (!key.startsWith(`${HABITS} account:`)) continue;
    for (const { computerId, endAt } of (memory as AccountMemory).habits?.sessions.newest ?? []) {
      if (endAt === 0) keys.push(memoryKey(HABITS, computerKey(computerId)));
    }
  }
  return keys;
}

/** When the learning period of a company ends, epoch milliseconds; Infinity before its first event. */
export function learnUntil(memory: CompanyMemory | undefined): number {
  return memory?.firstAt == null ? Infinity : memory.firstAt + LEARNING_DAYS * DAY;
}

const peek = <Memory>(memories: Memories, subjectKey: string) =>
  memories.get(memoryKey(HABITS, subjectKey)) as Memory | undefined;

function offAtIn(memories: Memories): OffAt {
  return (computerId) => peek<ComputerMemory>(memories, computerKey(computerId))?.off ?? 0;
}

/** What rules may know of an event before it is learned from. */
export function contextAt(event: SeenEvent, { memories, asked: { context } }: Asking): RuleContext {
  const company = peek<CompanyMemory>(memories, COMPANY) ?? newCompanyMemory();
  const account = peek<AccountMemory>(memories, accountKey(event.accountId)) ?? newAccountMemory();
  const computer = peek<ComputerMemory>(memories, computerKey(event.computerId)) ?? newComputerMemory();
  return {
    ...context,
    learnUntil: learnUntil(company),
    company,
    account,
    computer,
    offAt: offAtIn(memories),
    wall: wallMinute(event.at, context.zone),
  };
}

/** Notes when the company's first event happened. One that was older than habits go back when it arrived does not count. */
export function noteFirst(event: SeenEvent, asking: Asking): void {
  const firstAt = peek<CompanyMemory>(asking.memories, COMPANY)?.firstAt;
  if (firstAt != null && firstAt <= event.at) return;
  if (event.receivedAt - event.at > HABIT_DAYS * DAY) return;
  remember(asking, HABITS, COMPANY, newCompanyMemory).firstAt = event.at;
}

/** Learns from the event, once every rule has judged it. */
export function learn(event: SeenEvent, asking: Asking): void {
  const { context } = asking.asked;
  const { kind, accountId, computerId, at } = event;
  if (START_KINDS.has(kind)) {
    const account = remember(asking, HABITS, accountKey(accountId), newAccountMemory);
    account.last = Math.max(account.last, at);
    learnPlace(account, event, asking);
    if (context.learnsHabits && isPersons(event)) learnStart(account, event, asking);
  } else if (context.learnsHabits && END_KINDS.has(kind)) {
    const account = remember(asking, HABITS, accountKey(accountId), newAccountMemory);
    endSession(habitsIn(account, event).sessions, event);
  } else if (context.learnsHabits && POWER_KINDS.has(kind)) {
    const computer = remember(asking, HABITS, computerKey(computerId), newComputerMemory);
    computer.off = Math.max(computer.off, at);
  }
}

/** Learns in which countries the company is, and notes where an account was besides. */
function learnPlace(account: AccountMemory, event: SeenEvent, asking: Asking): void {
  const { settings, context } = asking.asked;
  const country = event.publicAddress === null ? null : context.countryOf(event.publicAddress);
  if (country === null) return;
  const seen = peek<CompanyMemory>(asking.memories, COMPANY)?.countries;
  const { days } = settings["two-countries"].values;
  const places = placesWith(account.places, event, country, seen, days!);
  if (places.length > 0) account.places = places;
  else delete account.places;
  if (!isNewOn(seen, country, event.at)) return;
  const company = remember(asking, HABITS, COMPANY, newCompanyMemory);
  company.countries = withCountry(company.countries, country, event.at);
}

function learnStart(account: AccountMemory, event: SeenEvent, asking: Asking): void {
  const { zone } = asking.asked.context;
  const habits = habitsIn(account, event);
  const wall = wallMinute(event.at, zone);
  takeStart(habits, event, wall);
  beginSession(habits.sessions, event, offAtIn(asking.memories), (at) => zoneCalendar(zone).dayAt(at));
  const day = dayOfWall(wall);
  const key = computerKey(event.computerId);
  const known = peek<ComputerMemory>(asking.memories, key);
  // Once a day for most: what changes nothing is not written.
  if (known && isUseKnown(known, event.accountId, day)) return;
  takeUse(remember(asking, HABITS, key, newComputerMemory), event.accountId, day);
}
