import { listActiveMembers } from "@/db/queries/global/company-members";
import { findUsers, type UserRecord } from "@/db/queries/global/users";
import { findCompany } from "@/db/queries/companies/company";
import {
  findSchedule,
  listLastRuns,
  listRuns,
  listSchedules,
  type RunRow,
  type ScheduleRow,
} from "@/db/queries/schedules/schedules";
import { listSavedViews } from "@/db/queries/views/saved-views";
import { readWithin } from "@/db/scope";
import { can } from "@/lib/domain/permissions";
import { savableTitle } from "../views/savable-tables";
import type { ReportSchedule } from "@/lib/domain/reports/schedule";
import type { ScheduleRange } from "@/lib/domain/reports/schedule-range";
import type { RunRecipient, RunState } from "@/lib/domain/reports/schedule-run";
import type { ScheduleFormat } from "@/lib/domain/reports/schedule-words";
import type { Text } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { isMailSetUp } from "../mail/mail-pool";
import { readSettings } from "../settings/read-settings";
import { assertManages } from "./authority";
import { zoneIn } from "./locked-schedule";
import { scheduleOf } from "./schedule-of";

const MOST_MEMBERS = 500;
const RUNS_OF_A_PAGE = 50;

/** One to choose as a recipient. */
export interface MemberChoice {
  userId: number;
  /** null for a user who was deleted. */
  label: string | null;
}

export interface RunView {
  id: number;
  state: RunState;
  /** Epoch milliseconds, as all times here. */
  dueAt: number;
  finishedAt: number | null;
  durationMs: number | null;
  bytes: number | null;
  fileName: string | null;
  attemptCount: number;
  requestedBy: string | null;
  note: string | null;
  recipients: RunRecipient[];
}

export interface ScheduleView {
  id: number;
  viewName: string;
  schedule: ReportSchedule;
  range: ScheduleRange;
  format: ScheduleFormat;
  ownerName: string;
  members: MemberChoice[];
  addresses: string[];
  /** null while it is paused or stopped. */
  nextDueAt: number | null;
  isPaused: boolean;
  /** Why nothing is sent any more, as the rest of a sentence. */
  stoppedReason: string | null;
  lastRun: RunView | null;
}

/** What the form of a schedule offers. Pages word the titles of its views, which come from areas browsers don't need. */
export interface ScheduleChoices<Title = string> {
  views: { id: number; name: string; title: Title }[];
  members: MemberChoice[];
  /** Mail domains of other recipients; none when only members may get reports. */
  domains: string[];
  /** Of the company, in which times of day are meant. */
  zone: string;
}

export interface SchedulesScreen<Title = string> {
  schedules: ScheduleView[];
  choices: ScheduleChoices<Title>;
  mayAllowDomains: boolean;
  isMailSetUp: boolean;
}

/** The schedules that the user manages: an administrator those of the whole company. @throws AccessDenied `forbidden`. */
export async function readSchedules(context: CompanyContext): Promise<SchedulesScreen<string | Text>> {
  const { actor, scope } = context;
  const { companyId } = scope;
  assertCan(actor, "events:read", scope);
  const { rows, runs } = await readWithin(scope, async (tx) => ({
    rows: (await listSchedules(tx, scope)).filter(({ ownerUserId }) =>
      can(actor, "schedules:manage", { companyId, ownerUserId }),
    ),
    runs: await listLastRuns(tx, scope),
  }));
  const users = await usersOf(rows);
  const lastOf = (id: number) => runs.find(({ scheduleId }) => scheduleId === id) ?? null;
  return {
    schedules: rows.map((row) => viewOf(row, users, lastOf(row.id))),
    choices: await readChoices(context),
    mayAllowDomains: can(actor, "report-domains:update", { companyId }),
    isMailSetUp: isMailSetUp(),
  };
}

export interface ScheduleHistory {
  schedule: ScheduleView;
  runs: RunView[];
  /** The due time behind which the next page begins; null on the last one. */
  next: number | null;
  /** The company's. */
  zone: string;
  isMailSetUp: boolean;
}

/** One schedule's runs, the newest first. @throws AppError `not_found`; AccessDenied `forbidden`. */
export async function readScheduleHistory(
  context: CompanyContext,
  scheduleId: number,
  before: number | null,
): Promise<ScheduleHistory> {
  const { scope } = context;
  const { timeZone } = await readSettings();
  const { row, runs, company } = await readWithin(scope, async (tx) => {
    const found = await findSchedule(tx, scope, scheduleId);
    const owner = await findCompany(tx, scope);
    if (!found || !owner) throw new AppError("not_found", { key: "errors.gone" });
    assertManages(context, found);
    const page = { before: before === null ? null : new Date(before), limit: RUNS_OF_A_PAGE + 1 };
    return { row: found, runs: await listRuns(tx, scope, scheduleId, page), company: owner };
  });
  const shown = runs.slice(0, RUNS_OF_A_PAGE);
  return {
    schedule: viewOf(row, await usersOf([row]), null),
    runs: shown.map(runViewOf),
    next: runs.length > RUNS_OF_A_PAGE ? shown.at(-1)!.dueAt.getTime() : null,
    zone: zoneIn(company, timeZone),
    isMailSetUp: isMailSetUp(),
  };
}

/** What the user may schedule, and for whom. */
export async function readChoices({ actor, scope }: CompanyContext): Promise<ScheduleChoices<string | Text>> {
  const { companyId } = scope;
  const { timeZone } = await readSettings();
  const { company, views } = await readWithin(scope, async (tx) => ({
    company: await findCompany(tx, scope),
    views: await listSavedViews(tx, scope, actor.userId),
  }));
  if (!company) throw new AppError("not_found", { key: "errors.gone" });
  const [self] = await findUsers([actor.userId]);
  const listed = can(actor, "user:list", { companyId })
    ? await listActiveMembers(companyId, MOST_MEMBERS)
    : [];
  const members = [...(self ? [self] : []), ...listed.filter(({ userId }) => userId !== actor.userId)];
  return {
    views: views
      .filter(({ ownerUserId }) => can(actor, "schedules:manage", { companyId, ownerUserId }))
      .map(({ id, name, table }) => ({ id, name, title: savableTitle(table) })),
    members: members.map(memberOf),
    domains: company.reportDomains,
    zone: zoneIn(company, timeZone),
  };
}

const memberOf = ({ userId, username, email }: Pick<UserRecord, "userId" | "username" | "email">) => {
  return { userId, label: `${username} (${email})` };
};

async function usersOf(rows: readonly ScheduleRow[]): Promise<Map<number, UserRecord>> {
  const ids = [...new Set(rows.flatMap(({ memberIds }) => memberIds))];
  return new Map((await findUsers(ids)).map((user) => [user.userId, user]));
}

function viewOf(
  row: ScheduleRow,
  users: ReadonlyMap<number, UserRecord>,
  lastRun: RunRow | null,
): ScheduleView {
  const named = (userId: number) => {
    const user = users.get(userId);
    return user ? memberOf(user) : { userId, label: null };
  };
  return {
    id: row.id,
    viewName: row.viewName,
    schedule: scheduleOf(row),
    range: row.range as ScheduleRange,
    format: row.format as ScheduleFormat,
    ownerName: row.ownerName,
    members: row.memberIds.map(named),
    addresses: row.addresses,
    nextDueAt: row.nextDueAt?.getTime() ?? null,
    isPaused: row.pausedAt !== null,
    stoppedReason: row.stoppedReason,
    lastRun: lastRun && runViewOf(lastRun),
  };
}

function runViewOf(row: RunRow): RunView {
  const { id, durationMs, bytes, fileName, attemptCount, requestedBy, note } = row;
  return {
    id,
    state: row.state as RunState,
    dueAt: row.dueAt.getTime(),
    finishedAt: row.finishedAt?.getTime() ?? null,
    durationMs,
    bytes,
    fileName,
    attemptCount,
    requestedBy,
    note,
    recipients: row.recipients ?? [],
  };
}
