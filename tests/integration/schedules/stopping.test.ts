import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { changeReportDomains } from "@/lib/services/schedules/change-report-domains";
import { feedSchedules } from "@/lib/services/schedules/feed-schedules";
import { changeSchedule, resumeSchedule, sendNow } from "@/lib/services/schedules/manage-schedules";
import { reportSender } from "@/lib/services/schedules/send-report";
import { changeView } from "@/lib/services/views/manage-views";
import { setSettings } from "../../support/aged-records";
import { provideMail } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import {
  hurriedRuns,
  makeColleague,
  runsOf,
  scheduleView,
  setDue,
  settledRuns,
  untilTried,
  type Colleague,
} from "../../support/scheduling";
import { makeCompany, type TestCompany } from "../../support/stored-events";
import { sentencesIn } from "../../support/told";

provideOwnDatabase();
const mailing = provideMail();

let company: TestCompany;
let admin: Colleague;
let queue: RunningQueue;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Stopped");
  admin = await makeColleague(company, "CompanyAdmin");
  queue = startQueue([reportSender(), mailSender]);
});
afterAll(() => queue.stop());

const feedAt = (at: string) => feedSchedules(Date.parse(at));
const mailsOf = (name: string) =>
  mailing.server.received.filter(({ mail }) => mail.subject === `${company.name}: ${name}`);

describe("a schedule stops and tells owner and administrators when", () => {
  it("none of its recipients may get it, and says so when it is asked for", async () => {
    const leaver = await makeColleague(company);
    const { scheduleId, name } = await scheduleView(admin, { memberIds: [String(leaver.person.id)] });
    await database().execute(sql`delete from app_auth_user_companies where user_id = ${leaver.person.id}`);
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    expect(await settledRuns(scheduleId)).toMatchObject([
      {
        state: "stopped",
        recipients: [{ state: "refused" }],
        note: "Stopped: nobody is left who may get it.",
      },
    ]);
    expect((await sentencesIn(company.companyId)).at(-1)).toEqual([
      "report.stopped",
      `The scheduled report ${name} was stopped: no recipient is left.`,
    ]);
    expect(mailsOf(name)).toEqual([]);
  });

  it.each<[string, RegExp, (owner: Colleague, viewId: number) => Promise<unknown>, boolean]>([
    [
      "its owner leaves the company",
      /no longer (see|has access)|may no longer see/,
      ({ person }) =>
        database().execute(sql`delete from app_auth_user_companies where user_id = ${person.id}`),
      true,
    ],
    [
      "its owner is deactivated",
      /no longer (see|has access)|may no longer see/,
      ({ person }) =>
        database().execute(sql`update app_auth_users set is_active = false where id = ${person.id}`),
      true,
    ],
    [
      "its owner is deleted, with the view",
      /was deleted/,
      ({ person }) => database().execute(sql`delete from app_auth_users where id = ${person.id}`),
      false,
    ],
  ])("%s", async (_, reason, lose, isPerson) => {
    const owner = await makeColleague(company);
    const { scheduleId, viewId, name } = await scheduleView(owner);
    await lose(owner, viewId);
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    const [run] = await settledRuns(scheduleId);
    expect(run).toMatchObject({ state: "stopped" });
    expect(run!.note).toMatch(reason);
    expect(mailsOf(name)).toEqual([]);
    const told = await sentencesIn(company.companyId);
    expect(told.at(-1)![0]).toBe("report.stopped");
    expect(told.at(-1)![1]).toMatch(reason);
    const mails = isPerson ? await mailing.to(owner.address) : [];
    expect(mails.map(({ mail }) => mail.subject)).toEqual(
      isPerson ? [`WinAuthMon: The report ${name} is no longer sent`] : [],
    );
    expect(mails.every(({ mail }) => reason.test(mail.text!))).toBe(true);
    await feedAt("2026-05-07T01:00:00Z");
    expect(await runsOf(scheduleId)).toHaveLength(1);
    for (const work of [resumeSchedule, sendNow]) {
      await expect(work(admin.context, { scheduleId })).rejects.toMatchObject({ code: "conflict" });
    }
  });

  it("its shared view is taken back, until it is shared again", async () => {
    const other = await makeColleague(company, "CompanyAdmin");
    const { scheduleId, viewId } = await scheduleView(other, {}, { shared: "on" });
    await changeView(admin.context, { viewId, shared: false });
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    const [run] = await settledRuns(scheduleId);
    expect(run).toMatchObject({ state: "stopped", note: expect.stringMatching(/no longer shared/) });
    await changeView(admin.context, { viewId, shared: true });
    await resumeSchedule(other.context, { scheduleId });
    const { runId } = await sendNow(other.context, { scheduleId });
    const runs = await settledRuns(scheduleId);
    expect(runs.find(({ id }) => id === runId)).toMatchObject({
      state: "sent",
      requested_by: other.person.username,
    });
  });
});

describe("a report that waits for another attempt while all its recipients are replaced", () => {
  const domain = "partner.example";
  const refusedNow = { step: "message", code: 451, words: "Later" } as const;

  /** Puts a report off that is for `before` alone, changes the schedule to `after`, and gives the schedule. */
  async function replace(
    before: { memberIds: number[]; addresses: string[] },
    after: { memberIds: number[]; addresses: string[] },
  ): Promise<{ scheduleId: number; name: string }> {
    const { scheduleId, name } = await scheduleView(admin, {
      memberIds: before.memberIds.map(String),
      addresses: before.addresses.join(" "),
    });
    mailing.server.refuse(refusedNow);
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    await untilTried(scheduleId);
    await changeSchedule(admin.context, { scheduleId, ...after });
    return { scheduleId, name };
  }

  afterEach(() => mailing.server.refuse(null));

  async function recipientOf(kind: "a member" | "an address") {
    if (kind === "an address") {
      const address = `${randomUUID()}@${domain}`;
      return { address, only: { memberIds: [], addresses: [address] } };
    }
    const { person, address } = await makeColleague(company);
    return { address, only: { memberIds: [person.id], addresses: [] } };
  }

  it.each([
    ["a member", "a member"],
    ["an address", "an address"],
    ["a member", "an address"],
    ["an address", "a member"],
  ] as const)("fails, and the next one goes to the new ones: %s by %s", async (old, other) => {
    await changeReportDomains(admin.context, { reportDomains: [domain] });
    const [before, after] = [await recipientOf(old), await recipientOf(other)];
    const { scheduleId, name } = await replace(before.only, after.only);
    expect(await hurriedRuns(scheduleId)).toMatchObject([
      { state: "failed", recipients: [{ address: before.address, state: "refused" }] },
    ]);
    mailing.server.refuse(null);
    expect((await sentencesIn(company.companyId)).at(-1)![0]).toBe("report.failed");
    await setDue(scheduleId, "2026-05-06T00:30:00Z");
    await feedAt("2026-05-06T01:00:00Z");
    expect(await settledRuns(scheduleId)).toMatchObject([{ state: "failed" }, { state: "sent" }]);
    expect(mailsOf(name).map(({ to }) => to)).toEqual([[after.address]]);
  });

  it("stops the schedule where none of the new ones may get it either", async () => {
    await changeReportDomains(admin.context, { reportDomains: [domain] });
    const [before, after] = [await recipientOf("a member"), await recipientOf("an address")];
    const { scheduleId } = await replace(before.only, after.only);
    await changeReportDomains(admin.context, { reportDomains: [] });
    expect(await hurriedRuns(scheduleId)).toMatchObject([
      { state: "stopped", recipients: [{ address: before.address, state: "refused" }] },
    ]);
    await feedAt("2026-05-07T01:00:00Z");
    expect(await runsOf(scheduleId)).toHaveLength(1);
  });
});
