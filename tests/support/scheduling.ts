import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { newViewForm } from "@/lib/services/views/view-input";
import { newScheduleForm } from "@/lib/domain/reports/schedule-form";
import type { RunRecipient } from "@/lib/domain/reports/schedule-run";
import type { CompanyContext } from "@/lib/services/context";
import { createSchedule } from "@/lib/services/schedules/manage-schedules";
import { saveView } from "@/lib/services/views/manage-views";
import { eventually } from "./notifying";
import { contextOf, makeUser, type Person } from "./people";
import type { TestCompany } from "./stored-events";

export interface Colleague {
  person: Person;
  address: string;
  context: CompanyContext;
}

/** A member of the company with that role. */
export async function makeColleague(company: TestCompany, role = "User"): Promise<Colleague> {
  const person = await makeUser("User", [{ companyId: company.companyId, role }]);
  const context = { ...(await contextOf(person)), scope: company.scope };
  return { person, address: `${person.username}@example.com`, context };
}

let views = 0;

/** Schedules a new view daily at 02:30, unless said otherwise; a CSV of yesterday's failed logons for its owner. */
export async function scheduleView(
  { context, person }: Colleague,
  part: Record<string, unknown> = {},
  view: Record<string, string> = {},
): Promise<{ viewId: number; scheduleId: number; name: string }> {
  const name = `View ${(views += 1)}`;
  const form = { name, table: "failures", query: "range=7d", columns: "", ...view };
  const { viewId } = await saveView(context, newViewForm.parse(form));
  const { scheduleId } = await createSchedule(
    context,
    newScheduleForm.parse({
      viewId: String(viewId),
      kind: "daily",
      time: "02:30",
      range: "yesterday",
      format: "csv",
      memberIds: String(person.id),
      ...part,
    }),
  );
  return { viewId, scheduleId, name };
}

/** As if the servers had not looked since then. */
export async function setDue(scheduleId: number, at: string): Promise<void> {
  await database().execute(sql`update report_schedules set next_due_at = ${at} where id = ${scheduleId}`);
}

export interface RunFacts extends Record<string, unknown> {
  id: number;
  due: string;
  state: string;
  note: string | null;
  bytes: string | null;
  file_name: string | null;
  attempt_count: number;
  duration_ms: number | null;
  recipients: RunRecipient[] | null;
}

/** The schedule's runs, the oldest first. */
export async function runsOf(scheduleId: number): Promise<RunFacts[]> {
  const rows = await database().execute<RunFacts>(sql`
    select *, to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"') as due
    from report_runs where schedule_id = ${scheduleId} order by due_at`);
  return [...rows];
}

/** Waits until the run at this place of the schedule, from 0, was tried; gives it. */
export async function untilTried(scheduleId: number, place = 0): Promise<RunFacts> {
  await eventually(
    "an attempt is noted",
    async () => ((await runsOf(scheduleId))[place]?.attempt_count ?? 0) > 0,
  );
  return (await runsOf(scheduleId))[place]!;
}

/** Waits until no report is on its way; gives the schedule's runs. */
export async function settledRuns(scheduleId: number): Promise<RunFacts[]> {
  await eventually("every report is settled", async () =>
    (await runsOf(scheduleId)).every(({ state }) => state !== "waiting"),
  );
  return runsOf(scheduleId);
}

/** Like {@link settledRuns}, with each attempt that was put off brought forward to now. */
export async function hurriedRuns(scheduleId: number): Promise<RunFacts[]> {
  await eventually("every report is settled", async () => {
    await database().execute(sql`
      update queue_entries set run_at = now() where queue = 'schedules' and leased_until is null`);
    await database().execute(sql`select pg_notify('winauthmon_queue', '')`);
    return (await runsOf(scheduleId)).every(({ state }) => state !== "waiting");
  });
  return runsOf(scheduleId);
}
