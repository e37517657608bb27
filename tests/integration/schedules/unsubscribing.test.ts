import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { readMailSubscription, unsubscribe } from "@/lib/services/mail/unsubscribe";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { changeReportDomains } from "@/lib/services/schedules/change-report-domains";
import { feedSchedules } from "@/lib/services/schedules/feed-schedules";
import { changeSchedule, resumeSchedule } from "@/lib/services/schedules/manage-schedules";
import { reportSender } from "@/lib/services/schedules/send-report";
import { setSettings } from "../../support/aged-records";
import { linkIn, provideMail } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import {
  type Colleague,
  hurriedRuns,
  makeColleague,
  scheduleView,
  setDue,
  settledRuns,
  untilTried,
} from "../../support/scheduling";
import type { ReceivedMail } from "../../support/smtp-server";
import { makeCompany, type TestCompany } from "../../support/stored-events";
import { sentencesIn } from "../../support/told";

provideOwnDatabase();
const mailing = provideMail();

let company: TestCompany;
let admin: Colleague;
let member: Colleague;
let queue: RunningQueue;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Mailed");
  [admin, member] = [await makeColleague(company, "CompanyAdmin"), await makeColleague(company)];
  queue = startQueue([reportSender(), mailSender]);
});
afterAll(() => queue.stop());

const feedAt = (at: string) => feedSchedules(Date.parse(at));
const mailsOf = (name: string) =>
  mailing.server.received.filter(({ mail }) => mail.subject === `${company.name}: ${name}`);

describe("a recipient who unsubscribes by the link of the mail", () => {
  const tokenIn = (received: ReceivedMail) => linkIn(received, "/unsubscribe").searchParams.get("token")!;

  async function sentOnce(owner: Colleague, part: Record<string, unknown>) {
    const { scheduleId, name } = await scheduleView(owner, part);
    await setDue(scheduleId, "2026-05-05T02:30:00Z");
    await feedAt("2026-05-05T03:00:00Z");
    await settledRuns(scheduleId);
    const tokenOf = (address: string) => tokenIn(mailsOf(name).find(({ to }) => to.includes(address))!);
    return { scheduleId, name, tokenOf };
  }

  it("gets no more of it, and the others still do", async () => {
    await changeReportDomains(admin.context, { reportDomains: ["partner.example"] });
    const outside = "carl@partner.example";
    const memberIds = [admin, member].map(({ person }) => String(person.id));
    const { scheduleId, name, tokenOf } = await sentOnce(admin, { memberIds, addresses: outside });
    const [first] = mailsOf(name);
    expect(first!.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    for (const address of [outside, member.address]) {
      const token = tokenOf(address);
      const told = { kind: "report", address, name, company: company.name };
      expect(await readMailSubscription(token)).toEqual({ ...told, isSubscribed: true });
      await unsubscribe(token, "192.0.2.7");
      await unsubscribe(token, "192.0.2.7");
      expect(await readMailSubscription(token)).toMatchObject({ isSubscribed: false });
    }
    const trail = await database().execute(sql`
      select * from audit_log where company_id = ${company.companyId} and action = 'schedule.unsubscribe'
        and target_id = ${String(scheduleId)} and address = '192.0.2.7'`);
    expect(trail).toHaveLength(2);
    await feedAt("2026-05-06T03:00:00Z");
    const [, second] = await settledRuns(scheduleId);
    expect(second!.recipients!.map(({ address, state }) => [address, state])).toEqual([
      [admin.address, "sent"],
    ]);
    await changeReportDomains(admin.context, { reportDomains: [] });
  });

  it("is not sent what still waits for another attempt", async () => {
    const { scheduleId, name, tokenOf } = await sentOnce(member, {});
    mailing.server.refuse({ step: "message", code: 451, words: "Later" });
    await feedAt("2026-05-06T03:00:00Z");
    await untilTried(scheduleId, 1);
    await unsubscribe(tokenOf(member.address), null);
    const [, settled] = await hurriedRuns(scheduleId);
    mailing.server.refuse(null);
    expect(settled).toMatchObject({ state: "failed", note: "No longer a recipient." });
    expect(mailsOf(name)).toHaveLength(1);
  });

  it("stops a schedule that has nobody else, and its owner is told", async () => {
    const { scheduleId, name, tokenOf } = await sentOnce(member, {});
    await unsubscribe(tokenOf(member.address), null);
    expect((await sentencesIn(company.companyId)).at(-1)).toEqual([
      "report.stopped",
      expect.stringContaining("its last recipient has unsubscribed"),
    ]);
    const [row] = await database().execute(sql`select * from report_schedules where id = ${scheduleId}`);
    expect(row).toMatchObject({ next_due_at: null, stopped_reason: "its last recipient has unsubscribed" });
    const subject = `WinAuthMon: The report ${name} is no longer sent`;
    await expect
      .poll(async () => (await mailing.to(member.address)).map(({ mail }) => mail.subject))
      .toContain(subject);
    const resume = () => resumeSchedule(member.context, { scheduleId });
    await expect(resume()).rejects.toMatchObject({ code: "conflict" });
    const memberIds = [member.person.id];
    await changeSchedule(member.context, { scheduleId, memberIds, addresses: [] });
    await resume();
  });
});
