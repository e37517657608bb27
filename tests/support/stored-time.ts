import { expect } from "vitest";
import { database } from "@/db/client";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import type { TimeSpentEvent } from "@/lib/domain/time-spent/compute-stretches";
import { monthOf } from "@/lib/domain/time-spent/stored-days";
import { ianaZone } from "@/lib/domain/zones";
import { readTimeSpent } from "@/lib/services/reports/time-spent";
import { readSettings } from "@/lib/services/settings/read-settings";
import type { SentEvent, TestCompany } from "./stored-events";

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The suites of stored time look at so many days before UNTIL, the last midnight of UTC before NOW. */
export const DAYS = 75;
export const NOW = Date.now();
export const UNTIL = Math.floor(NOW / DAY) * DAY;
export const never = new AbortController().signal;
const ZONES = ["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"];

/** Work of four people at five computers, whole days with few events and hours with many, over the days before `until`. */
export function workOf(random: () => number, days: number, count: number, until: number): SentEvent[] {
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: count }, () => {
    const day = until - Math.ceil(random() * days) * DAY;
    const hour = pick([random() * 24, 8 + random() * 9, 8 + random() * 9, 9, 23.5 + random()]);
    return {
      type: pick([
        "Logon",
        "Unlock",
        "Unlock",
        "Lock",
        "Lock",
        "Logoff",
        "Sleep",
        "Shutdown",
        "Startup",
        "Odd",
      ]),
      user: pick(["anna", "anna", "bert", "cora", "dora"]),
      computer: pick(["PC-1", "PC-1", "PC-2", "PC-3", "PC-4", "RDS"]),
      at: Math.round(day + hour * HOUR),
      site: pick([0, 1]),
    };
  });
}

async function allEvents({ companyId }: TestCompany): Promise<TimeSpentEvent[]> {
  const rows = await database().execute<Record<string, string>>(`
    select account_id, computer_id, kind, extract(epoch from occurred_at) * 1000 as at, id from events
    where company_id = ${companyId}`);
  return rows.map(({ account_id, computer_id, kind, at, id }) => ({
    accountId: Number(account_id),
    computerId: Number(computer_id),
    kindCode: Number(kind),
    at: Number(at),
    order: Number(id),
  }));
}

async function namesOf(table: string, { companyId }: TestCompany): Promise<Map<number, string>> {
  const rows = await database().execute<{ id: number; name: string }>(
    `select id, name from ${table} where company_id = ${companyId}`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/**
 * Asks for Time Spent in so many random ranges, zones and groups, and with filters, and expects exactly what the engine
 * makes of all events there are.
 */
export async function expectExact(
  company: TestCompany,
  random: () => number,
  { until, days, asks = 12 }: { until: number; days: number; asks?: number },
): Promise<void> {
  const [events, accounts, computers] = [
    await allEvents(company),
    await namesOf("accounts", company),
    await namesOf("computers", company),
  ];
  const { longestSessionHours: maxSessionHours } = await readSettings();
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  for (let ask = 0; ask < asks; ask += 1) {
    const timeZone = ianaZone(pick(ZONES));
    const end = pick([
      until,
      until - Math.floor(random() * days) * DAY,
      Math.round(until - random() * days * DAY),
    ]);
    const length = pick([
      DAY,
      Math.ceil(random() * days) * DAY,
      Math.round(random() * 3 * DAY) + 1,
      // From the beginning of a month, where no block of the months before counts.
      end - monthOf(end - 1),
    ]);
    const range = { from: end - length, to: end };
    const [account, computer] = [
      pick([null, null, ...accounts.keys()]),
      pick([null, null, ...computers.keys()]),
    ];
    const query = timeSpentQuery.parse({
      group_by: pick(["user", "user_computer"]),
      split: pick(["on", "off"]),
      ...(account !== null && { account: String(account) }),
      ...(computer !== null && { computer: String(computer) }),
    });
    const now = pick([until, until + DAY, end - HOUR]);
    const options = {
      ...range,
      now,
      timeZone,
      maxSessionHours,
      groupBy: query.group_by,
      splitAtMidnight: query.split === "on",
    };
    const expected = computeTimeSpent(
      events.filter((event) => computer === null || event.computerId === computer),
      options,
      { account: (id) => accounts.get(id)!, computer: (id) => computers.get(id)! },
    ).filter((row) => account === null || row.accountId === account);
    const found = await readTimeSpent(company.scope, { query, range, zone: timeZone, now });
    const told = found.map(({ companyId: _i, companyName: _n, ...row }) => row);
    const asked = { ...options, account, computer };
    expect({ asked, rows: told }).toEqual({ asked, rows: expected });
  }
}
