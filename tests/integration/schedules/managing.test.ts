import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { reportSchedules } from "@/db/schema/report-schedules";
import { scheduleChangeForm } from "@/lib/domain/reports/schedule-form";
import type { CompanyContext } from "@/lib/services/context";
import { exportAccount } from "@/lib/services/privacy/export-account";
import { eraseAccount } from "@/lib/services/privacy/persons";
import { runRetention } from "@/lib/services/retention/run-retention";
import { changeReportDomains } from "@/lib/services/schedules/change-report-domains";
import { feedSchedules } from "@/lib/services/schedules/feed-schedules";
import {
  changeSchedule,
  deleteSchedule,
  pauseSchedule,
  resumeSchedule,
  sendNow,
} from "@/lib/services/schedules/manage-schedules";
import { readScheduleHistory, readSchedules } from "@/lib/services/schedules/read-schedules";
import { operatorActor } from "@/lib/services/audit/actor";
import { deleteView } from "@/lib/services/views/manage-views";
import { setSettings } from "../../support/aged-records";
import { operatorIn } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeColleague, runsOf, scheduleView, setDue, type Colleague } from "../../support/scheduling";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

let company: TestCompany;
let other: TestCompany;
let admin: Colleague;
let member: Colleague;
let colleague: Colleague;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  [company, other] = [await makeCompany("Mine"), await makeCompany("Theirs")];
  admin = await makeColleague(company, "CompanyAdmin");
  [member, colleague] = [await makeColleague(company), await makeColleague(company)];
});

const idsSeenBy = async (context: CompanyContext) =>
  (await readSchedules(context)).schedules.map(({ id }) => id);
const actionsOf = async (scheduleId: number) => {
  const rows = await database().execute<{ action: string }>(sql`
    select action from audit_log where target_type = 'schedule' and target_id = ${String(scheduleId)} order by seq`);
  return rows.map(({ action }) => action);
};

describe("schedules", () => {
  it("are their owner's, and every one is the administrators' too", async () => {
    const own = await scheduleView(member);
    const theirs = await scheduleView(admin, {}, { shared: "on" });
    expect(await idsSeenBy(member.context)).toContain(own.scheduleId);
    expect(await idsSeenBy(member.context)).not.toContain(theirs.scheduleId);
    expect(await idsSeenBy(colleague.context)).toEqual([]);
    expect(await idsSeenBy(admin.context)).toEqual(
      expect.arrayContaining([own.scheduleId, theirs.scheduleId]),
    );
    for (const scheduleId of [own.scheduleId, theirs.scheduleId]) {
      for (const work of [
        () => changeSchedule(colleague.context, { scheduleId, format: "pdf" }),
        () => pauseSchedule(colleague.context, { scheduleId }),
        () => resumeSchedule(colleague.context, { scheduleId }),
        () => sendNow(colleague.context, { scheduleId }),
        () => deleteSchedule(colleague.context, { scheduleId }),
        () => readScheduleHistory(colleague.context, scheduleId, null),
      ]) {
        await expect(work()).rejects.toMatchObject({ code: "forbidden" });
      }
      await expect(sendNow(operatorIn(other), { scheduleId })).rejects.toMatchObject({ code: "not_found" });
      await expect(readScheduleHistory(operatorIn(other), scheduleId, null)).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await expect(changeReportDomains(member.context, { reportDomains: ["x.example"] })).rejects.toMatchObject(
      { code: "forbidden" },
    );
  });

  it("are a hundred of one owner in a company at most, which leaves a hundred for the others", async () => {
    const crowded = await makeCompany("Crowded");
    const [greedy, modest] = [await makeColleague(crowded), await makeColleague(crowded)];
    const first = await scheduleView(greedy);
    const row = await database()
      .select()
      .from(reportSchedules)
      .where(eq(reportSchedules.companyId, crowded.companyId));
    const { id: _, ...copy } = row[0]!;
    await database()
      .insert(reportSchedules)
      .values(Array.from({ length: 99 }, () => copy));
    const view = { viewId: String(first.viewId) };
    await expect(scheduleView(greedy, view)).rejects.toMatchObject({
      code: "conflict",
      message: "You already have 100 schedules here. Delete one first.",
    });
    expect((await scheduleView(modest)).scheduleId).toEqual(expect.any(Number));
    await deleteSchedule(greedy.context, { scheduleId: first.scheduleId });
    expect((await scheduleView(greedy, view)).scheduleId).toEqual(expect.any(Number));
  });

  it("send own views; shared ones are the administrators' to schedule, and other people's nobody's", async () => {
    const shared = await scheduleView(admin, {}, { shared: "on" });
    const own = await scheduleView(member);
    const forms = { viewId: String(shared.viewId) };
    await expect(scheduleView(member, forms)).rejects.toMatchObject({ code: "forbidden" });
    await expect(scheduleView(admin, { viewId: String(own.viewId) })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("go to oneself for those who may not list members, and never to somebody outside the company", async () => {
    const stranger = await makeColleague(other);
    const refused = { code: "invalid", fields: [{ field: "memberIds" }] };
    for (const [who, ids] of [
      [member, [colleague.person.id]],
      [member, []],
      [admin, [stranger.person.id]],
      [admin, [999_999]],
    ] as const) {
      await expect(scheduleView(who, { memberIds: ids.map(String) })).rejects.toMatchObject(refused);
    }
    const { scheduleId } = await scheduleView(member);
    await changeSchedule(admin.context, { scheduleId, memberIds: [member.person.id, colleague.person.id] });
    // The owner keeps those whom an administrator chose.
    await changeSchedule(member.context, { scheduleId, memberIds: [colleague.person.id] });
    const { choices } = await readSchedules(member.context);
    expect(choices.members.map(({ userId }) => userId)).toEqual([member.person.id]);
  });

  it("go out if they are due when something else than their time is changed", async () => {
    const { scheduleId } = await scheduleView(member);
    const dueAt = new Date(Date.now() - 5_000).toISOString();
    await setDue(scheduleId, dueAt);
    const due = async () => {
      const [row] = await database().execute<{ at: string }>(
        sql`select next_due_at::text as at from report_schedules where id = ${scheduleId}`,
      );
      return new Date(row!.at).toISOString();
    };
    await changeSchedule(member.context, { scheduleId, format: "pdf" });
    expect(await due()).toBe(dueAt);
    await changeSchedule(member.context, { scheduleId, time: { hour: 3, minute: 45 } });
    expect(Date.parse(await due())).toBeGreaterThan(Date.now());
  });

  it("are due on the day that their form shows, whatever the day of an earlier frequency", async () => {
    const { scheduleId } = await scheduleView(member, { kind: "monthly", day: "15" });
    const save = async (sent: Record<string, string>) => {
      const form = { scheduleId: String(scheduleId), ...sent };
      await changeSchedule(member.context, scheduleChangeForm.parse(form));
      return (await readSchedules(member.context)).schedules.find(({ id }) => id === scheduleId)!.schedule;
    };
    const weekly = await save({ kind: "weekly", weekday: "3", touched: "kind weekday" });
    expect(weekly).toMatchObject({ kind: "weekly", weekday: 3 });
    const monthly = await save({ kind: "monthly", day: "1", touched: "kind" });
    expect(monthly).toMatchObject({ kind: "monthly", day: 1 });
    const again = await save({ kind: "weekly", weekday: "1", touched: "kind" });
    expect(again).toMatchObject({ kind: "weekly", weekday: 1 });
    expect(await save({ kind: "daily", touched: "weekday kind" })).toMatchObject({ kind: "daily" });
  });

  it("are changed, paused, resumed and deleted, each with its audit row", async () => {
    const { scheduleId } = await scheduleView(member);
    await changeSchedule(member.context, {
      scheduleId,
      kind: "weekly",
      weekday: 3,
      time: { hour: 8, minute: 5 },
    });
    await changeSchedule(member.context, { scheduleId, kind: "weekly" });
    const found = async () =>
      (await readSchedules(member.context)).schedules.find(({ id }) => id === scheduleId);
    const due = new Date((await found())!.nextDueAt!);
    expect([due.getUTCDay(), due.getUTCHours(), due.getUTCMinutes()]).toEqual([3, 8, 5]);
    await pauseSchedule(member.context, { scheduleId });
    expect(await found()).toMatchObject({ isPaused: true, nextDueAt: null });
    await resumeSchedule(member.context, { scheduleId });
    expect((await found())!.nextDueAt).toBe(due.getTime());
    const { runId } = await sendNow(member.context, { scheduleId });
    await expect(sendNow(member.context, { scheduleId })).rejects.toMatchObject({ code: "conflict" });
    expect(await runsOf(scheduleId)).toMatchObject([{ id: runId, state: "waiting" }]);
    await deleteSchedule(member.context, { scheduleId });
    expect(await found()).toBeUndefined();
    expect(await runsOf(scheduleId)).toEqual([]);
    expect(await actionsOf(scheduleId)).toEqual([
      "schedule.create",
      "schedule.update",
      "schedule.pause",
      "schedule.resume",
      "schedule.send-now",
      "schedule.delete",
    ]);
  });

  it("leave out what is due while they are paused", async () => {
    const { scheduleId } = await scheduleView(member);
    await pauseSchedule(member.context, { scheduleId });
    await feedSchedules(Date.now() + 30 * 86_400_000);
    expect(await runsOf(scheduleId)).toEqual([]);
  });

  it.each([
    [{ range: "view" }, { query: "from=2026-01-01&to=2026-01-31" }],
    [{ range: "last-week" }, { table: "inactive", query: "days=30" }],
  ])("that would send the same each time are refused: %o of %o", async (part, view) => {
    await expect(scheduleView(member, part, view)).rejects.toMatchObject({
      code: "invalid",
      fields: [{ field: "range" }],
    });
  });

  it("go with their view, and with a view of an erased account, whose export names them", async () => {
    const gone = await scheduleView(member);
    await deleteView(member.context, { viewId: gone.viewId });
    expect(await actionsOf(gone.scheduleId)).toEqual(["schedule.create", "schedule.delete"]);
    const [account] = await database().execute<{ id: number }>(sql`
      insert into accounts (company_id, name, name_key, first_seen_at, last_seen_at)
      values (${company.companyId}, 'Zoe', 'zoe', now(), now()) returning id`);
    const { scheduleId } = await scheduleView(member, {}, { query: "q=zoe" });
    const { text } = await exportAccount(admin.context, { account: account!.id, format: "json" });
    let whole = "";
    for await (const piece of text) whole += piece;
    expect((JSON.parse(whole) as { savedViews: unknown }).savedViews).toMatchObject([
      { sent: ["Every day at 02:30"] },
    ]);
    await eraseAccount(admin.context, { accountId: account!.id, confirmedName: "Zoe" });
    expect(await idsSeenBy(admin.context)).not.toContain(scheduleId);
  });

  it("keep their history for ninety days, page by page", async () => {
    const { scheduleId } = await scheduleView(member);
    await database().execute(sql`
      insert into report_runs (company_id, schedule_id, due_at, reason, state)
      select ${company.companyId}, ${scheduleId}, now() - n * interval '1 day', 'due', 'sent'
      from generate_series(1, 100) n`);
    await runRetention(operatorActor("scheduled job"), new AbortController().signal);
    const first = await readScheduleHistory(member.context, scheduleId, null);
    const second = await readScheduleHistory(member.context, scheduleId, first.next);
    expect([first.runs.length, second.runs.length, second.next]).toEqual([50, 39, null]);
    expect(second.runs[0]!.dueAt).toBeLessThan(first.runs.at(-1)!.dueAt);
  });

  it("of a server that was away for years end in one report and a bounded history", async () => {
    const { scheduleId } = await scheduleView(member);
    await setDue(scheduleId, "2020-01-01T02:30:00Z");
    await feedSchedules(Date.parse("2026-01-01T12:00:00Z"));
    const runs = await runsOf(scheduleId);
    expect(runs.filter(({ state }) => state === "waiting")).toMatchObject([{ due: "2026-01-01T02:30Z" }]);
    expect(runs).toHaveLength(100);
  });
});
