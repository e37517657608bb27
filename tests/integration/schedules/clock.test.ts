import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { feedSchedules } from "@/lib/services/schedules/feed-schedules";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { makeColleague, scheduleView, setDue, type Colleague } from "../../support/scheduling";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

let member: Colleague;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  member = await makeColleague(await makeCompany("Clock"));
});

const feedAt = (at: string) => feedSchedules(Date.parse(at));

async function dueOf(scheduleId: number): Promise<string> {
  const [row] = await database().execute<{ due: string }>(sql`
    select to_char(next_due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as due from report_schedules
    where id = ${scheduleId}`);
  return row!.due;
}

async function runsOf(scheduleId: number): Promise<[string, string][]> {
  const rows = await database().execute<{ due: string; state: string }>(sql`
    select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as due, state from report_runs
    where schedule_id = ${scheduleId} order by due_at`);
  return rows.map(({ due, state }) => [due, state]);
}

it.each([
  ["a month", "2026-07-04T12:00:00Z"],
  ["a year", "2027-06-04T12:00:00Z"],
])("a schedule goes on at its hour after a clock was ahead by %s", async (_, ahead) => {
  const { scheduleId } = await scheduleView(member);
  await setDue(scheduleId, "2026-06-04T02:30:00Z");
  await feedAt("2026-06-04T12:00:00Z");
  expect(await dueOf(scheduleId)).toBe("2026-06-05T02:30Z");
  await feedAt(ahead);
  expect((await runsOf(scheduleId)).length).toBeGreaterThan(20);
  await Promise.all([feedAt("2026-06-04T12:10:00Z"), feedAt("2026-06-04T12:10:00Z")]);
  expect(await dueOf(scheduleId)).toBe("2026-06-05T02:30Z");
  // What was sent too early stays, and what was only passed over is not missed.
  const sent = [ahead.slice(0, 10) + "T02:30Z", "waiting"];
  expect(await runsOf(scheduleId)).toEqual([["2026-06-04T02:30Z", "waiting"], sent]);
  await feedAt("2026-06-05T02:30:00Z");
  expect(await runsOf(scheduleId)).toEqual([
    ["2026-06-04T02:30Z", "waiting"],
    ["2026-06-05T02:30Z", "waiting"],
    sent,
  ]);
  expect(await dueOf(scheduleId)).toBe("2026-06-06T02:30Z");
});

it.each([
  [{ kind: "daily" }, "2026-06-04T02:30Z", "2026-06-05T02:30Z"],
  [{ kind: "weekly", weekday: "1" }, "2026-06-08T02:30Z", "2026-06-15T02:30Z"],
  [{ kind: "monthly", day: "4" }, "2026-07-04T02:30Z", "2026-08-04T02:30Z"],
])("a due time as far away as a schedule may have is left as it is: %j", async (part, now, due) => {
  const { scheduleId } = await scheduleView(member, part);
  await setDue(scheduleId, due);
  await feedAt(now);
  expect(await dueOf(scheduleId)).toBe(due);
  expect(await runsOf(scheduleId)).toEqual([]);
  await database()
    .execute(sql`update report_schedules set next_due_at = ${due}::timestamptz + interval '40 days'
    where id = ${scheduleId}`);
  await feedAt(now);
  expect(await dueOf(scheduleId)).toBe(due);
});
