import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { changeReportDomains } from "@/lib/services/schedules/change-report-domains";
import { feedSchedules } from "@/lib/services/schedules/feed-schedules";
import { changeSchedule, deleteSchedule, pauseSchedule } from "@/lib/services/schedules/manage-schedules";
import { judgeRecipients } from "@/lib/services/schedules/recipients";
import { reportSender } from "@/lib/services/schedules/send-report";
import { readSchedules } from "@/lib/services/schedules/read-schedules";
import { changeView } from "@/lib/services/views/manage-views";
import { setSettings } from "../../support/aged-records";
import { provideMail } from "../../support/mailing";
import type { ReceivedMail } from "../../support/smtp-server";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeColleague, scheduleView, setDue, settledRuns, type Colleague } from "../../support/scheduling";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
const mailing = provideMail();

let company: TestCompany;
let queue: RunningQueue;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Interrupted");
  queue = startQueue([reportSender(), mailSender]);
});
afterAll(() => queue.stop());

interface Sending {
  owner: Colleague;
  second: Colleague;
  scheduleId: number;
}

const leave = ({ person }: Colleague) =>
  database().execute(sql`delete from app_auth_user_companies where user_id = ${person.id}`);

/** What became of the run and of each recipient; null once it is gone and nothing waits. */
async function ended({ scheduleId }: Pick<Sending, "scheduleId">): Promise<string[] | null> {
  const [run] = await settledRuns(scheduleId);
  if (run) return [run.state, ...run.recipients!.map(({ state }) => state)];
  await eventually("nothing waits", async () => {
    const [row] = await database().execute<{ any: boolean }>(sql`
      select exists (select from queue_entries where queue = 'schedules') as any`);
    return !row!.any;
  });
  return null;
}

it.each<[string, (sending: Sending) => Promise<unknown>, string[] | null]>([
  [
    "it is paused",
    ({ owner, scheduleId }) => pauseSchedule(owner.context, { scheduleId }),
    ["sent", "sent", "refused"],
  ],
  ["it is deleted", ({ owner, scheduleId }) => deleteSchedule(owner.context, { scheduleId }), null],
  ["the other leaves the company", ({ second }) => leave(second), ["sent", "sent", "refused"]],
  ["its owner leaves the company", ({ owner }) => leave(owner), ["stopped", "sent", "refused"]],
  [
    "the other is no longer a recipient",
    ({ owner, scheduleId }) =>
      changeSchedule(owner.context, { scheduleId, memberIds: [owner.person.id], addresses: [] }),
    ["sent", "sent", "refused"],
  ],
])("a report on its way goes to no further recipient once %s", async (_, change, states) => {
  const [owner, second] = [await makeColleague(company, "CompanyAdmin"), await makeColleague(company)];
  const memberIds = [owner, second].map(({ person }) => String(person.id));
  const { scheduleId } = await scheduleView(owner, { memberIds });
  const answer = mailing.server.hang(owner.address);
  await setDue(scheduleId, "2026-05-05T00:30:00Z");
  await feedSchedules(Date.parse("2026-05-05T01:00:00Z"));
  await eventually("the mail server is asked", () => mailing.server.asked(owner.address));
  await change({ owner, second, scheduleId });
  answer();
  await mailing.to(owner.address);
  expect(await ended({ scheduleId })).toEqual(states);
  expect(mailing.server.received.filter(({ to }) => to.includes(second.address))).toEqual([]);
});

it("an address that a domain no longer allows gets nothing of a report on its way", async () => {
  const owner = await makeColleague(company, "CompanyAdmin");
  await changeReportDomains(owner.context, { reportDomains: ["partner.example"] });
  const { scheduleId } = await scheduleView(owner, { addresses: "ann@partner.example" });
  const answer = mailing.server.hang(owner.address);
  await setDue(scheduleId, "2026-05-05T00:30:00Z");
  await feedSchedules(Date.parse("2026-05-05T01:00:00Z"));
  await eventually("the mail server is asked", () => mailing.server.asked(owner.address));
  await changeReportDomains(owner.context, { reportDomains: [] });
  answer();
  expect(await ended({ scheduleId })).toEqual(["sent", "sent", "refused"]);
});

it("a mailbox gets a report once, though it is named as a member's and besides", async () => {
  const member = await makeColleague(company);
  const addresses = [member.address.toUpperCase(), "ann@example.com", "Ann@example.com"];
  const rules = { companyId: company.companyId, domains: ["example.com"] };
  const judged = await judgeRecipients({ memberIds: [member.person.id], addresses }, null, rules);
  expect(judged.map(({ address, state }) => [address, state])).toEqual([
    [member.address, "waiting"],
    ["ann@example.com", "waiting"],
  ]);
  const again = await judgeRecipients({ memberIds: [member.person.id], addresses }, judged, rules);
  expect(again).toEqual(judged);
});

it("a report names its view and owner as they are called when it is sent", async () => {
  const owner = await makeColleague(company, "CompanyAdmin");
  const { scheduleId, viewId } = await scheduleView(owner);
  await changeView(owner.context, { viewId, name: "Renamed view" });
  const username = `renamed.${owner.person.id}`;
  await database().execute(
    sql`update app_auth_users set username = ${username} where id = ${owner.person.id}`,
  );
  await setDue(scheduleId, "2026-05-05T00:30:00Z");
  await feedSchedules(Date.parse("2026-05-05T01:00:00Z"));
  const [{ mail }] = (await mailing.to(owner.address)) as [ReceivedMail];
  expect(mail.subject).toBe(`${company.name}: Renamed view`);
  expect(mail.text).toContain(username);
  const { schedules } = await readSchedules(owner.context);
  const listed = schedules.find(({ id }) => id === scheduleId);
  expect(listed).toMatchObject({ viewName: "Renamed view", ownerName: username });
});
