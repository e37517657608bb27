import { sql } from "drizzle-orm";
import { database } from "../../client";

export interface DueSchedule extends Record<string, unknown> {
  companyId: number;
  scheduleId: number;
}

/**
 * Schedules that are due at the instant, those whose company has another zone than their due time was reckoned in, and
 * those whose due time is further away than any of their kind, because a clock was ahead; the longest due first. Unscoped: it is the server's own look at what there is to do.
 */
export async function listDueSchedules(at: Date, portalZone: string, limit: number): Promise<DueSchedule[]> {
  const rows = await database().execute<DueSchedule>(sql`
    select s.company_id as "companyId", s.id as "scheduleId"
    from report_schedules s join app_auth_companies c on c.id = s.company_id
    where s.next_due_at <= ${at.toISOString()}
      or s.next_due_at > ${at.toISOString()}::timestamptz
        + make_interval(days => case s.kind when 'daily' then 3 when 'weekly' then 10 else 35 end)
      or (s.next_due_at is not null and s.due_zone <> coalesce(c.time_zone, ${portalZone}))
    order by s.next_due_at limit ${limit}`);
  return [...rows];
}
