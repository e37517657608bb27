import type { RawSql } from "@/db/client";
import { packIpv4 } from "@/lib/domain/events/ipv4";
import { passRules } from "./pass-rules";
import { ACCOUNT_COUNT, COMPUTER_COUNT, PUBLIC_IP } from "./sample-events";

/** Rows of one statement: small enough to show progress, large enough to cost nothing. */
const CHUNK = 500_000;

/**
 * Adds `rows` events of a past year to the first company, spread evenly, with their counts; for screens and
 * speed on a full table. Accounts and computers must be there already.
 */
export async function fillEvents(sql: RawSql, rows: number, progress: (done: number) => void): Promise<void> {
  for (let done = 0; done < rows; done += CHUNK) {
    const count = Math.min(CHUNK, rows - done);
    await sql`
      with made as (
        insert into events (company_id, site_id, account_id, computer_id, kind, occurred_at, fingerprint, event_type,
          local_ipv4, public_ipv4)
        select a.company_id, k.site_id, a.id, c.id, (array[1, 4, 2, 6])[1 + n / ${ACCOUNT_COUNT} % 4],
          date_trunc('milliseconds', now() - interval '365 days' + interval '364 days' * (n::float8 / ${rows})),
          gen_random_uuid(), null,
          (('10.0.' || n % 200 || '.' || n % 250)::inet - '128.0.0.0')::int, ${packIpv4(PUBLIC_IP)}::int
        from generate_series(${done}::int, ${done + count - 1}::int) n
        join (select row_number() over (order by id) - 1 as position, company_id, id from accounts
          where company_id = 1 limit ${ACCOUNT_COUNT}) a on a.position = n % ${ACCOUNT_COUNT}
        join (select row_number() over (order by id) - 1 as position, id from computers
          where company_id = 1 limit ${COMPUTER_COUNT}) c on c.position = n % ${COMPUTER_COUNT}
        cross join (select site_id from app_auth_api_keys where company_id = 1 limit 1) k
        returning company_id, occurred_at, site_id, kind
      )
      insert into event_counts (company_id, bucket_at, site_id, kind, count)
      select company_id, date_bin('15 minutes', occurred_at, timestamptz '2000-01-01 00:00Z'), site_id, kind, count(*)
      from made group by 1, 2, 3, 4
      on conflict (company_id, bucket_at, site_id, kind) do update set count = event_counts.count + excluded.count`;
    progress(done + count);
  }
  await passRules(sql);
}
