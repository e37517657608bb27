import type { RawSql } from "@/db/client";

const NOTIFICATIONS = 1_000;

/** Has so many notifications of the first company wait for a channel's next message, which comes after the bench. */
export async function fillNotifications(sql: RawSql): Promise<void> {
  const [company] = await sql<{ id: number }[]>`select min(id)::int as id from app_auth_companies`;
  const companyId = company!.id;
  const [channel] = await sql<{ id: number }[]>`
    insert into notification_channels (company_id, name, type, wait_seconds, interval_seconds)
    values (${companyId}, 'Bench', 'webhook', 3600, 3600) returning id`;
  await sql`
    insert into notification_subscriptions (company_id, channel_id, kinds)
    values (${companyId}, ${channel!.id}, '{computer.silent}')`;
  await sql`
    insert into notifications (company_id, kind, severity, params, subject)
    select ${companyId}, 'computer.silent', 'warning',
      jsonb_build_object('computer', jsonb_build_object('id', n, 'name', 'SILENT-' || n),
        'lastSeenAt', '2026-01-01T00:00:00.000Z'),
      'computer:' || n
    from generate_series(1, ${NOTIFICATIONS}) as n`;
}
