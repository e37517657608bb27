import type { ScheduleRow } from "@/db/queries/schedules/schedules";
import type { ReportSchedule } from "@/lib/domain/reports/schedule";

/** The stored rule: which of its columns count depends on its kind. */
export function scheduleOf({
  kind,
  weekday,
  day,
  hour,
  minute,
}: Pick<ScheduleRow, "kind" | "weekday" | "day" | "hour" | "minute">): ReportSchedule {
  if (kind === "weekly") return { kind, weekday, hour, minute };
  if (kind === "monthly") return { kind, day: day === 0 ? "last" : day, hour, minute };
  return { kind: "daily", hour, minute };
}
