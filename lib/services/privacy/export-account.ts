import { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany } from "@/db/queries/companies/company";
import { findPerson, listOwnNames } from "@/db/queries/privacy/accounts";
import {
  listHeldAudit,
  listHeldEvents,
  listHeldExemptions,
  listHeldMemories,
  listHeldNotifications,
  listHeldPatterns,
  listHeldPresence,
  listHeldSubscriptions,
  listHeldTags,
  type HeldEvent,
  type HeldPresence,
} from "@/db/queries/privacy/held";
import { listHeldAlerts, listHeldExceptions } from "@/db/queries/privacy/held-alerts";
import { listSchedules } from "@/db/queries/schedules/schedules";
import { listAllSavedViews } from "@/db/queries/views/saved-views";
import { readWithin, writeWithin, type CompanyWriteScope } from "@/db/scope";
import { kindFromCode } from "@/lib/domain/events/kinds";
import { nameKey } from "@/lib/domain/events/wire";
import { rowId } from "@/lib/domain/form-input";
import { isViewOfAccount } from "@/lib/domain/reports/saved-view";
import { scheduleWords } from "@/lib/domain/reports/schedule-words";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import { BYTE_ORDER_MARK, csvLine } from "@/lib/export/csv";
import type { CompanyContext } from "../context";
import { scheduleOf } from "../schedules/schedule-of";

export const accountExportInput = z.object({ account: rowId, format: z.enum(["json", "csv"]) });

export interface AccountExport {
  fileName: string;
  contentType: string;
  /** The file in pieces, made while it is read. */
  text: AsyncGenerator<string>;
}

const PAGE_ROWS = 1_000;

/**
 * Everything the company's records hold about one account: as JSON all of it, as CSV its events. Audited before the
 * first byte. @throws AppError `not_found` for an account of another company or of none.
 */
export async function exportAccount(
  context: CompanyContext,
  { account: accountId, format }: z.output<typeof accountExportInput>,
): Promise<AccountExport> {
  const { audit, scope } = context;
  const head = await writeWithin(scope, async (tx) => {
    const [account, company] = await Promise.all([findPerson(tx, scope, accountId), findCompany(tx, scope)]);
    if (!account || !company) throw new AppError("not_found", { key: "errors.accountNotFound" });
    await insertAuditRow(tx, {
      ...audit,
      companyId: scope.companyId,
      action: "privacy.export",
      outcome: "success",
      targetType: "account",
      targetId: accountId,
      after: { format },
    });
    return { account, company: company.name };
  });
  const fileName = `account-${accountId}.${format}`;
  if (format === "csv")
    return { fileName, contentType: "text/csv; charset=utf-8", text: csvText(context, accountId) };
  const instant = (at: number | null) => (at === null ? null : new Date(Number(at)).toISOString());
  const about = {
    exportedAt: new Date().toISOString(),
    company: head.company,
    account: {
      id: head.account.id,
      name: head.account.name,
      firstSeenAt: instant(head.account.first_ms),
      lastSeenAt: instant(head.account.last_ms),
      erasedAt: instant(head.account.erased_ms),
    },
  };
  return {
    fileName,
    contentType: "application/json; charset=utf-8",
    text: jsonText(context, head.account.id, about),
  };
}

async function* eventPages({ scope }: CompanyContext, accountId: number): AsyncGenerator<HeldEvent[]> {
  let last: HeldEvent | null = null;
  for (;;) {
    const after: HeldEvent | null = last;
    const rows: HeldEvent[] = await readWithin(scope, (tx) =>
      listHeldEvents(tx, scope, accountId, after, PAGE_ROWS),
    );
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_ROWS) return;
    last = rows.at(-1)!;
  }
}

function eventView(row: HeldEvent) {
  return {
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    kind: kindFromCode(row.kind),
    eventType: row.event_type,
    computer: row.computer,
    site: row.site,
    localIp: row.local_ip,
    publicIp: row.public_ip,
    sourceIp: row.source_ip,
    logonType: row.logon_type,
    status: row.status,
    subStatus: row.sub_status,
    sessionId: row.session_id,
    agentEventId: row.agent_event_id,
    agentVersion: row.agent_version,
    retry: row.retry,
    isClockSkewed: row.is_clock_skewed,
  };
}

function presenceView(row: HeldPresence) {
  return {
    computer: row.computer,
    site: row.site,
    lastKind: kindFromCode(row.kind),
    lastAt: row.at,
    firstAt: row.first_at,
    lastStartAt: row.start_at,
    lastPauseAt: row.pause_at,
    lastEndAt: row.end_at,
  };
}

async function* jsonText(context: CompanyContext, accountId: number, about: object): AsyncGenerator<string> {
  const { scope } = context;
  const held = await readWithin(scope, (tx) => listHeld(tx, scope, accountId));
  const head = JSON.stringify({ ...about, ...held }, null, 2);
  yield `${head.slice(0, -2)},\n  "events": [`;
  let separator = "\n    ";
  for await (const rows of eventPages(context, accountId)) {
    yield separator + rows.map((row) => JSON.stringify(eventView(row))).join(",\n    ");
    separator = ",\n    ";
  }
  yield "\n  ]\n}\n";
}

async function listHeld(tx: Transaction, scope: CompanyWriteScope, accountId: number) {
  const names = await listOwnNames(tx, scope, accountId);
  return {
    lastPlaces: (await listHeldPresence(tx, scope, accountId)).map(presenceView),
    auditTrail: await listHeldAudit(tx, scope, accountId),
    notifications: await listHeldNotifications(tx, scope, accountId),
    notificationSubscriptions: await listHeldSubscriptions(tx, scope, accountId),
    alerts: await listHeldAlerts(tx, scope, accountId),
    alertExceptions: await listHeldExceptions(tx, scope, accountId),
    ruleMemories: await listHeldMemories(tx, scope, accountId),
    tags: await listHeldTags(tx, scope, accountId),
    tagPatterns: await listHeldPatterns(tx, scope, names),
    calendarExemptions: await listHeldExemptions(tx, scope, accountId),
    savedViews: await savedViewsOf(tx, scope, { id: accountId, names }),
  };
}

/** Views that hold to the account, and when each is sent. */
async function savedViewsOf(
  tx: Transaction,
  scope: CompanyWriteScope,
  account: { id: number; names: readonly string[] },
): Promise<object[]> {
  const [views, schedules] = await Promise.all([listAllSavedViews(tx, scope), listSchedules(tx, scope)]);
  return views
    .filter((view) => isViewOfAccount(view, account, nameKey))
    .map(({ id, name, table, query }) => {
      const sent = schedules.filter(({ viewId }) => viewId === id);
      return { name, table, query, sent: sent.map((row) => inEnglish(scheduleWords(scheduleOf(row)))) };
    });
}

async function* csvText(context: CompanyContext, accountId: number): AsyncGenerator<string> {
  const names = Object.keys(eventView({} as HeldEvent));
  yield BYTE_ORDER_MARK + csvLine(names);
  for await (const rows of eventPages(context, accountId)) {
    yield rows
      .map((row) =>
        csvLine(
          Object.values(eventView(row)).map((cell) => (typeof cell === "boolean" ? String(cell) : cell)),
        ),
      )
      .join("");
  }
}
