import { countOpenAlerts, listEndingKeys, type EndingKey } from "@/db/queries/dashboard/attention";
import { LAST_FOUND_FIRST, listAlerts } from "@/db/queries/detections/read-alerts";
import { countByHealth } from "@/db/queries/fleet/list-computers";
import type { Transaction } from "@/db/client";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { Actor } from "@/lib/domain/actor";
import { EXPIRY_DAYS } from "@/lib/domain/notifications/expiry";
import { can } from "@/lib/domain/permissions";
import type { Text } from "@/lib/domain/text";
import { subjectOf, type AlertListRow } from "@/lib/domain/reports/alerts";
import { narrowToCompanies } from "../access/read-access";
import { readJobs } from "../jobs/read-jobs";

const DAY_MS = 86_400_000;
const SOON_MS = Math.max(...EXPIRY_DAYS) * DAY_MS;
/** A key that expired longer ago isn't listed. */
const PAST_MS = 14 * DAY_MS;
/** Of alerts and of keys, each in a line of its own. */
const LINES = 5;
const GRAVE = ["critical", "high"] as const;

export interface GraveAlert {
  companyId: number;
  companyName: string | null;
  id: number;
  rule: string;
  subject: string | Text;
  /** When it was found, by which they are ordered; epoch milliseconds, as all times here. */
  createdAt: number;
}

export interface FailedJob {
  title: Text;
  at: number | null;
}

/** What needs attention, of what the reader may see and deal with. */
export interface Attention {
  /** Open and of high severity or above, such as a guessed password; the gravest first, then the last found. */
  graveAlerts: GraveAlert[];
  /** All other open ones, and those for which there was no line. */
  furtherAlertCount: number;
  silentComputerCount: number;
  /** Expired or about to, the soonest first; none for readers who may not change keys. */
  endingKeys: EndingKey[];
  furtherKeyCount: number;
  /** None for readers who may not see the System page. */
  failedJobs: FailedJob[];
}

/** For the scope's companies at `now`; silent sites are part of readDashboard. */
export async function readAttention(
  actor: Actor,
  scope: CompanyScope,
  now: number = Date.now(),
): Promise<Attention> {
  const managed = scope.companyIds.filter((companyId) => can(actor, "site:manage", { companyId }));
  const [ofCompanies, failedJobs] = await Promise.all([
    readWithin(scope, async (tx) => {
      const [alerts, health, keys] = await Promise.all([
        readAlerts(tx, scope),
        countByHealth(tx, scope, now),
        listEndingKeys(
          tx,
          narrowToCompanies(scope, managed),
          new Date(now - PAST_MS),
          new Date(now + SOON_MS),
        ),
      ]);
      return {
        ...alerts,
        silentComputerCount: health.silent,
        endingKeys: keys.slice(0, LINES),
        furtherKeyCount: Math.max(0, keys.length - LINES),
      };
    }),
    can(actor, "system:read") ? readFailedJobs() : [],
  ]);
  return { ...ofCompanies, failedJobs };
}

async function readAlerts(
  tx: Transaction,
  scope: CompanyScope,
): Promise<Pick<Attention, "graveAlerts" | "furtherAlertCount">> {
  const [openCount, ...found] = await Promise.all([
    countOpenAlerts(tx, scope),
    ...GRAVE.map((severity) => listAlerts(tx, scope, { state: "open", severity }, LAST_FOUND_FIRST, LINES)),
  ]);
  const graveAlerts = found.flatMap((rows) => rows.map(({ row }) => toGraveAlert(row))).slice(0, LINES);
  return { graveAlerts, furtherAlertCount: openCount - graveAlerts.length };
}

function toGraveAlert(row: AlertListRow): GraveAlert {
  const { companyId, companyName, id, rule, createdAt } = row;
  return { companyId, companyName, id, rule, subject: subjectOf(row), createdAt };
}

async function readFailedJobs(): Promise<FailedJob[]> {
  const jobs = await readJobs();
  return jobs
    .filter(({ state }) => state === "failed")
    .map(({ title, lastFinishedAt }) => ({ title, at: lastFinishedAt }));
}
