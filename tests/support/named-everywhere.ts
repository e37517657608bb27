import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { findSchedule } from "@/db/queries/schedules/schedules";
import { readWithin } from "@/db/scope";
import { alertCommentForm, alertStateForm, exceptionForm } from "@/lib/domain/detections/alert-form";
import { exemptionForm } from "@/lib/domain/detections/calendar-form";
import { EVENT_KINDS } from "@/lib/domain/events/kinds";
import { accountTagsForm, patternForm } from "@/lib/domain/tag-form";
import { recordExport } from "@/lib/services/audit/record-export";
import { recordReportExport } from "@/lib/services/audit/record-report-export";
import { addExemption } from "@/lib/services/calendar/manage-days";
import { commentAlert, setAlertState } from "@/lib/services/detections/change-alerts";
import { addException } from "@/lib/services/detections/manage-exceptions";
import { storeTime } from "@/lib/services/reports/store-time";
import { sendNow } from "@/lib/services/schedules/manage-schedules";
import { stopWithin } from "@/lib/services/schedules/stop-schedule";
import { addPattern, changeAccountTags } from "@/lib/services/tags/manage-tags";
import { watchLogons } from "@/lib/services/watch/watch-logons-job";
import { followStored } from "./detecting";
import { deliveriesOf, eventually, makeChannel } from "./notifying";
import { makeColleague, scheduleView, type Colleague } from "./scheduling";
import { idOf, makeCompany, storeEvents, type TestCompany } from "./stored-events";

/** A person whose name no other text has, in the form of a domain's account. */
export const NAME = "CONTOSO\\Quetzal.Zoé";
/** Part of it that is written the same in a query string, and has no other spelling than by case. */
export const NAME_MARK = "quetzal";
/** An id that stands nowhere by chance. */
const FIRST_ID = 876_543_210;

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

export interface NamedEverywhere {
  company: TestCompany;
  admin: Colleague;
  accountId: number;
}

/** Brings one account's name or id wherever agents, jobs and people bring them. Needs the mail and the notifications. */
export async function nameEverywhere(): Promise<NamedEverywhere> {
  const company = await makeCompany("Named", 2);
  const admin = await makeColleague(company, "CompanyAdmin");
  await database().execute(sql`select setval('accounts_id_seq', ${FIRST_ID - 1})`);
  await sendEvents(company);
  const accountId = Number(await idOf("accounts", company, NAME));
  await findThings(company, admin, accountId);
  await workOnAlerts(admin, accountId);
  await configure(admin, accountId);
  await reportOn(company, admin, accountId);
  return { company, admin, accountId };
}

/** Events of every kind, some days ago with one that comes late, and an attack on the account just now. */
async function sendEvents(company: TestCompany): Promise<void> {
  const now = Date.now();
  const of = (type: string, at: number, fields: Record<string, unknown> = {}) => ({
    type,
    user: NAME,
    computer: "PC-1",
    at,
    fields,
  });
  const whole = EVENT_KINDS.map((kind, place) => of(kind, now - 5 * DAY + place * 600 * SECOND));
  await storeEvents(company, whole);
  await storeTime(new AbortController().signal, now, false);
  await storeEvents(company, [of("logon", now - 5 * DAY - 600 * SECOND)]);
  const attack = { SourceIP: "10.0.3.7", Status: "0xC000006D", SubStatus: "0xC000006A" };
  await storeEvents(company, [
    ...Array.from({ length: 6 }, (_, n) => of("logon_failed", now - (30 - n) * SECOND, attack)),
    of("logon", now - 20 * SECOND, attack),
    of("lockout", now - 10 * SECOND),
  ]);
}

/** What rules and jobs make of it, and what channels are told. */
async function findThings(company: TestCompany, { address }: Colleague, accountId: number): Promise<void> {
  const channel = await makeChannel(
    company,
    { type: "mail", addresses: [address] },
    { accountIds: [accountId] },
  );
  await followStored();
  await watchLogons(new AbortController().signal);
  await eventually("messages about the account are sent", async () => {
    const sent = await deliveriesOf(channel.id);
    return sent.length > 0 && sent.every(({ state }) => state === "done");
  });
}

async function workOnAlerts({ context }: Colleague, accountId: number): Promise<void> {
  const rows = await database().execute<{ id: number }>(
    sql`select id from alerts where account_id = ${accountId} order by id`,
  );
  const [first, last] = [String(rows[0]!.id), String(rows.at(-1)!.id)];
  await setAlertState(
    context,
    alertStateForm.parse({ alertId: first, state: "acknowledged", comment: "QUETZAL.ZOÉ was called" }),
  );
  await commentAlert(context, alertCommentForm.parse({ alertId: last, comment: `${NAME} was on holiday` }));
  await addException(
    context,
    exceptionForm.parse({ alertId: first, reason: "quetzal.zoé types badly", until: "" }),
  );
}

async function configure({ context }: Colleague, accountId: number): Promise<void> {
  await changeAccountTags(
    context,
    accountTagsForm.parse({
      accountId: String(accountId),
      touched: "administrator",
      administrator: "yes",
    }),
  );
  for (const pattern of [NAME, "quetzal.zoé"]) {
    await addPattern(context, patternForm.parse({ tag: "service-account", pattern }));
  }
  await addExemption(
    context,
    exemptionForm.parse({ account: NAME, reason: "Quetzal.Zoé is on call", until: "" }),
  );
}

/** Views and their schedules, one of which stopped, and files. */
async function reportOn(company: TestCompany, admin: Colleague, accountId: number): Promise<void> {
  const { context } = admin;
  await scheduleView(
    admin,
    {},
    { name: "Hours of Quetzal", table: "time-spent", query: `account=${accountId}` },
  );
  const query = new URLSearchParams({ q: "Quetzal.Zoé", range: "7d" }).toString();
  const { scheduleId } = await scheduleView(admin, {}, { name: "Failures of Quetzal", query });
  await sendNow(context, { scheduleId });
  const schedule = await readWithin(company.scope, (tx) => findSchedule(tx, company.scope, scheduleId));
  await database().transaction((tx) =>
    stopWithin(tx, context, { schedule: schedule!, company }, "its view was deleted"),
  );
  await recordReportExport(context.audit, company.scope, { report: "events", format: "csv", query });
  await recordExport({ companies: context }, "csv", `q=${NAME_MARK}`);
}
