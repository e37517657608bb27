import { classifyEventType, KIND_CODE } from "@/lib/domain/events/kinds";
import { nameKey } from "@/lib/domain/events/wire";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import type {
  TimeSpentNames,
  TimeSpentOptions,
  TimeSpentDayRow,
} from "@/lib/domain/time-spent/time-spent-row";
import { ianaZone } from "@/lib/domain/zones";

export interface NamedEvent {
  eventType: string;
  userName: string;
  computerName: string;
  occurredAt: string;
}

export interface NamedOptions {
  from: string;
  to: string;
  timeZone: string;
  groupBy: string;
  splitAtMidnight: boolean;
  maxSessionHours: number;
  now?: string;
}

class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #spellings: string[] = [];

  idOf(name: string): number {
    const key = nameKey(name);
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.#spellings.push(name) - 1;
      this.#ids.set(key, id);
    }
    return id;
  }

  nameOf(id: number): string {
    return this.#spellings[id]!;
  }
}

/** Gives names their ids in the order given, as storing the events one after the other would. */
export function toEvents(named: readonly NamedEvent[]): { events: TimeSpentEvent[]; names: TimeSpentNames } {
  const accounts = new NameTable();
  const computers = new NameTable();
  const events = named.map((event, order) => ({
    accountId: accounts.idOf(event.userName),
    computerId: computers.idOf(event.computerName),
    kindCode: KIND_CODE[classifyEventType(event.eventType)],
    at: Date.parse(event.occurredAt),
    order,
  }));
  return { events, names: { account: (id) => accounts.nameOf(id), computer: (id) => computers.nameOf(id) } };
}

export function toOptions(named: NamedOptions): TimeSpentOptions {
  return {
    from: Date.parse(named.from),
    to: Date.parse(named.to),
    timeZone: ianaZone(named.timeZone),
    groupBy: named.groupBy === "user" ? "user" : "user_computer",
    splitAtMidnight: named.splitAtMidnight,
    maxSessionHours: named.maxSessionHours,
    now: named.now === undefined ? undefined : Date.parse(named.now),
  };
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace(".000Z", "Z");
}

/** The row as the vectors write it. */
export function toVectorRow(row: TimeSpentDayRow) {
  return {
    date: row.date,
    userName: row.userName,
    ...(row.computerName === null ? {} : { computerName: row.computerName }),
    activeSeconds: row.activeSeconds,
    lockedSeconds: row.lockedSeconds,
    uncertainSeconds: row.uncertainSeconds,
    sessions: row.sessions,
    computers: row.computers,
    firstLogon: instant(row.firstLogon),
    lastLogoff: instant(row.lastLogoff),
  };
}
