import type { RawSql } from "../client";

/** Stored with each channel; lib/domain/notifications/reasons.ts words it. */
const REASON = "it is in a restored copy";

type Sql = Pick<RawSql, "unsafe">;

/** What the queue is to send; jobs stay. */
const QUEUES = ["messages", "deliveries", "mail-deliveries", "mail", "schedules"];

/**
 * Has an installation send nothing by itself any more: its channels are disabled, its scheduled reports paused, and
 * what waits is left out with the note, also once a channel is enabled. To be called while row-level security isn't
 * forced and triggers are off, as in `refill`.
 */
export async function silence(sql: Sql, note: string): Promise<void> {
  await sql.unsafe(
    "update notification_channels set disabled_at = now(), disabled_reason = $1 where disabled_at is null",
    [REASON],
  );
  await sql.unsafe(
    "update report_schedules set paused_at = now(), next_due_at = null where paused_at is null and stopped_at is null",
  );
  // Those that were asked for are sent even if the schedule is paused.
  await sql.unsafe(
    "update report_runs set state = 'missed', finished_at = now(), note = $1 where state = 'waiting'",
    [note],
  );
  await sql.unsafe("update notifications set is_routed = true where not is_routed");
  await sql.unsafe("delete from notification_items where group_id is null");
  await sql.unsafe("update notification_items set reminded_at = now() where reminded_at is null");
  await sql.unsafe(
    `update notification_deliveries set state = 'dropped', finished_at = now(), next_attempt_at = null, last_note = $1
     where state = 'waiting'`,
    [note],
  );
  await sql.unsafe("delete from queue_entries where queue = any($1::text[])", [QUEUES]);
  await sql.unsafe(
    "update mail_messages set state = 'dropped', finished_at = now(), last_note = $1 where state = 'waiting'",
    [note],
  );
}
