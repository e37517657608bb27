import { unzipSync, strFromU8 } from "fflate";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { writeWithin } from "@/db/scope";
import { parseEventsRequest } from "@/lib/domain/events/filters";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { storeTime } from "@/lib/services/reports/store-time";
import { changeReportDomains } from "@/lib/services/schedules/change-report-domains";
import { feedSchedules } from "@/lib/services/schedules/feed-schedules";
import { changeSchedule, pauseSchedule, sendNow } from "@/lib/services/schedules/manage-schedules";
import { reportSender } from "@/lib/services/schedules/send-report";
import type { Mount } from "../../support/agent-mounts";
import { setSettings } from "../../support/aged-records";
import { provideMail, PUBLIC_ADDRESS } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import { openReadApi } from "../../support/read-api-mount";
import { makeKey } from "../../support/read-keys";
import {
  type Colleague,
  hurriedRuns,
  makeColleague,
  runsOf,
  scheduleView,
  setDue,
  settledRuns,
  untilTried,
} from "../../support/scheduling";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { sentencesIn } from "../../support/told";

provideOwnDatabase();
const mailing = provideMail();
const MOST_BYTES = 250_000;

let company: TestCompany;
let admin: Colleague;
let member: Colleague;
let queues: RunningQueue[];
let api: Mount;
let key: string;

beforeAll(async () => {
  await setSettings({ timeZone: "UTC" });
  company = await makeCompany("Mailed");
  await database().execute(
    sql`update app_auth_companies set time_zone = 'Europe/Berlin' where id = ${company.companyId}`,
  );
  [admin, member] = [await makeColleague(company, "CompanyAdmin"), await makeColleague(company)];
  await storeEvents(
    company,
    Array.from({ length: 200 }, (_, n) => ({
      type: "LogonFailed",
      user: `person ${n % 12}`,
      computer: `pc ${n}`,
      at: Date.parse("2026-05-04T08:00:00Z") + n * 60_000,
    })),
  );
  await storeEvents(
    company,
    Array.from({ length: 5_000 }, (_, n) => ({
      type: "Unlock",
      user: `person ${n % 12}`,
      computer: `pc ${n % 50}`,
      at: Date.parse("2026-05-01T22:00:00Z") + n * 15_000,
    })),
  );
  const person = { user: "person 3", computer: "pc 3" };
  await storeEvents(company, [
    { type: "Logon", ...person, at: Date.parse("2026-05-04T07:00:00Z") },
    { type: "Logoff", ...person, at: Date.parse("2026-05-04T09:00:00Z") },
  ]);
  key = await makeKey(company);
  api = await openReadApi();
  // Two servers on one database.
  const work = () => startQueue([reportSender({ mostBytes: MOST_BYTES }), mailSender]);
  queues = [work(), work()];
});
afterAll(async () => {
  await Promise.all(queues.map((queue) => queue.stop()));
  await api.close();
});

const feedAt = (at: string) => feedSchedules(Date.parse(at));
const mailsOf = (name: string) =>
  mailing.server.received.filter(({ mail }) => mail.subject === `${company.name}: ${name}`);

describe("a report at 02:30", () => {
  it.each([
    ["2026-03-28", ["2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z"]],
    ["2026-10-24", ["2026-10-24T00:30Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z"]],
  ])(
    "goes out exactly once each day around the clock change after %s, from two servers",
    async (day, due) => {
      const { scheduleId, name } = await scheduleView(member);
      await setDue(scheduleId, due[0]!);
      const start = Date.parse(`${day}T00:00:00Z`);
      for (let now = start; now <= start + 72 * 3_600_000; now += 3_600_000) {
        await Promise.all([feedSchedules(now), feedSchedules(now)]);
        await settledRuns(scheduleId);
      }
      const runs = await settledRuns(scheduleId);
      expect(runs.filter(({ due: at }) => at <= due[2]!).map(({ due: at, state }) => [at, state])).toEqual(
        due.map((at) => [at, "sent"]),
      );
      expect(mailsOf(name)).toHaveLength(runs.length);
    },
  );

  it("is sent once for the latest due time after an outage, and the others are noted as missed", async () => {
    const { scheduleId, name } = await scheduleView(member);
    await setDue(scheduleId, "2026-06-01T00:30:00Z");
    await Promise.all(Array.from({ length: 4 }, () => feedAt("2026-06-04T12:00:00Z")));
    const runs = await settledRuns(scheduleId);
    expect(runs.map(({ due, state }) => [due, state])).toEqual([
      ["2026-06-01T00:30Z", "missed"],
      ["2026-06-02T00:30Z", "missed"],
      ["2026-06-03T00:30Z", "missed"],
      ["2026-06-04T00:30Z", "sent"],
    ]);
    expect(mailsOf(name)).toHaveLength(1);
  });

  it("follows the company to another zone", async () => {
    const { scheduleId } = await scheduleView(member);
    const zone = (name: string) =>
      database().execute(
        sql`update app_auth_companies set time_zone = ${name} where id = ${company.companyId}`,
      );
    try {
      await zone("Asia/Tokyo");
      await feedAt("2026-07-01T00:00:00Z");
      const [row] = await database().execute<{ at: string }>(sql`
        select to_char(next_due_at at time zone 'Asia/Tokyo', 'HH24:MI') as at from report_schedules
        where id = ${scheduleId}`);
      expect(row!.at).toBe("02:30");
      expect(await runsOf(scheduleId)).toEqual([]);
    } finally {
      await zone("Europe/Berlin");
    }
  });
});

describe("the file", () => {
  const range = "from=2026-05-03T22:00:00.000Z&to=2026-05-04T22:00:00.000Z";
  const answer = async (format: string, more = "") => {
    const asked = await fetch(`${api.url}/api/v1/reports/failures?${range}&format=${format}${more}`, {
      headers: { "X-API-Key": key },
    });
    expect(asked.status).toBe(200);
    return Buffer.from(await asked.arrayBuffer());
  };
  const sent = async (format: string, view = {}, schedule = {}) => {
    const { scheduleId, name } = await scheduleView(member, { format, ...schedule }, view);
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    const [run] = await settledRuns(scheduleId);
    expect(run).toMatchObject({ state: "sent", note: null, attempt_count: 1 });
    const [received] = mailsOf(name);
    return { mail: received!.mail, run: run! };
  };

  it("as CSV is the API's answer for the same range, byte for byte", async () => {
    const { mail, run } = await sent("csv", {
      query: "range=30d&group_by=computer&sort=name",
      columns: "failures,computerName",
    });
    const [file] = mail.attachments;
    const asked = await answer("csv", "&group_by=computer&sort=name&columns=failures,computerName");
    expect(file!.content.equals(asked)).toBe(true);
    expect(file!.filename).toMatch(/^failures_Mailed-.*_2026-05-04_2026-05-04\.csv$/);
    expect(Number(run.bytes)).toBe(file!.content.length);
    expect(run.duration_ms).toBeGreaterThanOrEqual(0);
    expect(mail.text).toContain("Europe/Berlin");
  });

  it("as Excel has the same cells", async () => {
    const { mail } = await sent("xlsx");
    const sheet = (file: Uint8Array) => strFromU8(unzipSync(file)["xl/worksheets/sheet1.xml"]!);
    expect(sheet(mail.attachments[0]!.content)).toBe(sheet(await answer("xlsx")));
  });

  it("as PDF is a PDF", async () => {
    const { mail } = await sent("pdf");
    expect(mail.attachments[0]!.contentType).toBe("application/pdf");
    expect(mail.attachments[0]!.content.subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("beyond the bound is a link to the same rows, which needs sign-in", async () => {
    const { scheduleId, name } = await scheduleView(
      member,
      {},
      { table: "events", query: "range=48h&sort=time" },
    );
    await setDue(scheduleId, "2026-05-03T00:30:00Z");
    await feedAt("2026-05-03T01:00:00Z");
    expect(await settledRuns(scheduleId)).toMatchObject([{ state: "sent", bytes: null }]);
    const { mail } = mailsOf(name)[0]!;
    expect(mail.attachments).toEqual([]);
    const link = new URL(/https:\/\/\S+/.exec(mail.text!)![0]);
    expect(link.origin).toBe(PUBLIC_ADDRESS);
    expect(link.pathname).toBe(`/${company.companyId}/events`);
    const { request, ignored } = parseEventsRequest(Object.fromEntries(link.searchParams));
    expect(ignored).toEqual([]);
    expect(request.filters.range).toEqual({
      from: Date.parse("2026-05-01T22:00:00Z"),
      to: Date.parse("2026-05-02T22:00:00Z"),
    });
  });

  it("made late is of the day it was due, also where the view says the range", async () => {
    const { mail } = await sent("csv", { query: "range=yesterday" }, { range: "view" });
    expect(mail.attachments[0]!.filename).toMatch(/_2026-05-04_2026-05-04\.csv$/);
  });

  it("of a day that isn't over counts nothing after its due time, however late it is made", async () => {
    const event = (type: string, user: string, time: string) => ({
      type,
      user,
      computer: `pc of ${user}`,
      at: Date.parse(`2026-05-20T${time}Z`),
    });
    const madeAt = async (at: string) => {
      const view = { table: "time-spent", query: "range=7d" };
      const { scheduleId, name } = await scheduleView(member, { time: "17:00", range: "today" }, view);
      await setDue(scheduleId, "2026-05-20T15:00:00Z");
      await feedAt(at);
      expect(await settledRuns(scheduleId)).toMatchObject([{ state: "sent", due: "2026-05-20T15:00Z" }]);
      return mailsOf(name)[0]!.mail.attachments[0]!.content.toString();
    };
    await storeEvents(company, [
      event("Logon", "early", "06:00"),
      event("Logoff", "early", "15:00"),
      event("Logon", "long", "12:00"),
    ]);
    const onTime = await madeAt("2026-05-20T15:00:10Z");
    expect(["early", "long", "late"].map((name) => onTime.includes(name))).toEqual([true, true, false]);
    await storeEvents(company, [
      event("Logoff", "long", "18:00"),
      event("Logon", "early", "16:00"),
      event("Logon", "late", "17:00"),
      event("Logoff", "late", "19:00"),
    ]);
    expect(await madeAt("2026-05-20T20:00:00Z")).toBe(onTime);
    await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
    const nextDays = Date.parse("2026-05-23T00:00:00Z");
    const stored = await storeTime(new AbortController().signal, nextDays, false);
    expect(stored.computers).toBeGreaterThan(0);
    expect(await madeAt("2026-05-21T12:00:00Z")).toBe(onTime);
  });

  it.each([
    ["failures", "Failed logons by hour: 200 in total. Highest: 60 (10:00)."],
    ["logons", "Logons by hour of the day: 1 in total. Highest: 1 (09:00)."],
    ["time-spent", "Time spent by day: 2 h in total. Highest: 2 h (05-04)."],
    ["accounts", null],
  ])(
    "of %s is a summary in the mail where that was chosen, with the chart as a picture",
    async (table, words) => {
      const { mail, run } = await sent("summary", { table, query: "range=7d" });
      expect(run).toMatchObject({ bytes: null, file_name: null });
      const hasRows = !mail.text!.includes("The report has no rows.");
      const isDrawn = words !== null && hasRows;
      expect(mail.text!.includes(words ?? "Chart")).toBe(isDrawn);
      expect(mail.attachments.map(({ contentType, cid }) => [contentType, cid])).toEqual(
        isDrawn ? [["image/png", "chart@winauthmon"]] : [],
      );
      expect(mail.html).toContain("person 3");
    },
  );
});

describe("recipients", () => {
  it("get a mail each, are in the trail, and are looked at again each time", async () => {
    await changeReportDomains(admin.context, { reportDomains: ["partner.example"] });
    const leaver = await makeColleague(company);
    const to = [admin, member, leaver].map(({ person }) => String(person.id));
    const outside = ["ann@partner.example", "bob@partner.example"];
    const { scheduleId, name } = await scheduleView(admin, { memberIds: to, addresses: outside.join(" ") });
    await database().execute(sql`delete from app_auth_user_companies where user_id = ${leaver.person.id}`);
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    const [run] = await settledRuns(scheduleId);
    expect(run!.recipients!.map(({ address, state }) => [address, state])).toEqual([
      [admin.address, "sent"],
      [member.address, "sent"],
      [leaver.address, "refused"],
      ...outside.map((address) => [address, "sent"]),
    ]);
    expect(
      mailsOf(name)
        .map((received) => received.to)
        .toSorted(),
    ).toEqual([admin.address, member.address, ...outside].map((address) => [address]).toSorted());
    const rows = await database().execute<{ to: string }>(sql`
      select after ->> 'to' as to from audit_log
      where company_id = ${company.companyId} and action = 'schedule.send' and target_id = ${String(scheduleId)}
      order by seq`);
    expect(rows.map((row) => row.to)).toEqual([admin.address, member.address, ...outside]);

    await changeReportDomains(admin.context, { reportDomains: [] });
    await feedAt("2026-05-06T01:00:00Z");
    const [, second] = await settledRuns(scheduleId);
    expect(second!.recipients!.filter(({ state }) => state === "refused")).toHaveLength(3);
    expect(second).toMatchObject({ state: "sent", note: "May no longer see the company's events." });
  });

  it("outside the allowed domains are refused when scheduled and when changed", async () => {
    await changeReportDomains(admin.context, { reportDomains: ["partner.example"] });
    for (const addresses of ["x@elsewhere.example", "x@sub.partner.example"]) {
      await expect(scheduleView(admin, { addresses })).rejects.toMatchObject({
        code: "invalid",
        fields: [{ field: "addresses" }],
      });
    }
    const { scheduleId } = await scheduleView(admin);
    const change = changeSchedule(admin.context, { scheduleId, addresses: ["x@elsewhere.example"] });
    await expect(change).rejects.toMatchObject({ code: "invalid", fields: [{ field: "addresses" }] });
    await changeReportDomains(admin.context, { reportDomains: [] });
  });

  it("whom the mail server refuses for now get it later under the same Message-ID", async () => {
    const { scheduleId, name } = await scheduleView(member);
    mailing.server.refuse({ step: "message", code: 451, words: "Later" });
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    const { messageId } = (await untilTried(scheduleId)).recipients![0]!;
    mailing.server.refuse(null);
    const [run] = await hurriedRuns(scheduleId);
    expect([run!.state, run!.attempt_count > 1]).toEqual(["sent", true]);
    expect(mailsOf(name).map(({ mail }) => mail.messageId)).toEqual([`<${messageId}@example.com>`]);
  });

  it("get nothing of a schedule that is paused meanwhile, unless somebody asks for it", async () => {
    const { scheduleId, name } = await scheduleView(member);
    mailing.server.refuse({ step: "message", code: 451, words: "Later" });
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    await untilTried(scheduleId);
    await pauseSchedule(member.context, { scheduleId });
    expect(await hurriedRuns(scheduleId)).toMatchObject([
      { state: "missed", note: "The schedule was paused.", recipients: [{ state: "refused" }] },
    ]);
    mailing.server.refuse(null);
    expect(mailsOf(name)).toEqual([]);
    await sendNow(member.context, { scheduleId });
    expect(await settledRuns(scheduleId)).toMatchObject([{ state: "missed" }, { state: "sent" }]);
    expect(mailsOf(name)).toHaveLength(1);
  });

  it("that are refused for good are told to the administrators", async () => {
    const { scheduleId, name } = await scheduleView(member);
    mailing.server.refuse({ step: "recipient", code: 550, words: "No such user" });
    await setDue(scheduleId, "2026-05-05T00:30:00Z");
    await feedAt("2026-05-05T01:00:00Z");
    expect(await settledRuns(scheduleId)).toMatchObject([{ state: "failed" }]);
    mailing.server.refuse(null);
    expect((await sentencesIn(company.companyId)).at(-1)).toEqual([
      "report.failed",
      `The scheduled report ${name}, due at 2026-05-05T00:30:00.000Z, couldn't be sent: The mail server refused the recipient (550).`,
    ]);
  });
});
