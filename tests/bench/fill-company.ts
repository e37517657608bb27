import type { RawSql } from "@/db/client";
import { packIpv4 } from "@/lib/domain/events/ipv4";
import { storedEventType } from "@/lib/domain/events/usual-types";

export interface FilledCompany {
  companyId: number;
  /** The end of the filled time, epoch milliseconds. */
  until: number;
}

export interface FillOptions {
  name: string;
  rows: number;
  /** Days before `until` over which the rows are spread, busier between 7 and 19 o'clock UTC. */
  days: number;
  accounts: number;
  /** Accounts that have events; the others are of people long gone. */
  activeAccounts: number;
  computers: number;
  sites: number;
  until: number;
}

/** Rows of one statement: small enough to show progress. */
const CHUNK = 250_000;
const PUBLIC_IP = "203.0.113.7";
/** A prime, so that the accounts in use stand anywhere in the alphabet. */
const SPREAD = 9973;
const FIRST_NAMES =
  "anna ben carla david emma finn greta henry ida jonas karim lena mona nils olga paul rosa sven tina uwe vera willi xenia yusuf zoe";
const LAST_NAMES =
  "adams baker clark davies evans fischer green hughes ivanov jones keller lewis martin novak olsen price quinn roberts smith taylor ullman vogel walker xu young zimmer";

/** Each name with how often it occurs in 100,000 events; the last ones are the rare kinds that must still be quick. */
const KINDS: readonly [code: number, eventType: string, share: number][] = [
  [2, "Unlock", 32_000],
  [4, "Lock", 32_000],
  [1, "Logon", 14_000],
  [6, "Logoff", 13_000],
  [3, "RemoteConnect", 3_000],
  [5, "RemoteDisconnect", 3_000],
  [7, "Sleep", 1_000],
  [10, "Wake", 1_000],
  [11, "LogonFailed", 797],
  [8, "Shutdown", 100],
  [9, "Startup", 100],
  [0, "PrinterJam", 2],
  [12, "Lockout", 1],
];

/**
 * Makes a company and fills it inside PostgreSQL with `rows` events and the counts the ingest would keep.
 *
 * The same options give the same rows. Accounts are used unevenly, a few much and many seldom, sites too;
 * kinds from a third of the rows to one in 100,000. Rows are stored in the order of their time, as in life.
 */
export async function fillCompany(
  sql: RawSql,
  options: FillOptions,
  progress?: (done: number) => void,
): Promise<FilledCompany> {
  const [company] = await sql<
    { id: number }[]
  >`with made as (insert into app_auth_companies (name) values (${options.name}) returning id)
      insert into tenants select id from made returning company_id as id`;
  const companyId = company!.id;
  const first = await fillNames(sql, companyId, options);
  for (let done = 0; done < options.rows; done += CHUNK) {
    await fillChunk(sql, { ...options, ...first, companyId }, done, Math.min(done + CHUNK, options.rows));
    progress?.(Math.min(done + CHUNK, options.rows));
  }
  return { companyId, until: options.until };
}

/** The lowest ids; those of one insert follow one another. */
export interface FirstIds {
  siteId: number;
  accountId: number;
  computerId: number;
}

/** Makes the sites (where there is an HO already, the others), accounts and computers of a company. */
export async function fillNames(sql: RawSql, companyId: number, options: FillOptions): Promise<FirstIds> {
  const from = new Date(options.until - options.days * 86_400_000);
  const until = new Date(options.until);
  await sql`
    insert into sites (company_id, name)
    select ${companyId}, case n when 0 then 'HO' else 'Office ' || lpad(n::text, 2, '0') end
    from generate_series(0, ${options.sites}::int - 1) n
    where n > 0 or not exists (select from sites where company_id = ${companyId} and name = 'HO')`;
  await sql`
    insert into accounts (company_id, name, name_key, first_seen_at, last_seen_at)
    select ${companyId}, initcap(f[1 + n % 25]) || '.' || initcap(l[1 + n / 25 % 26]) || coalesce(nullif(n / 650, 0)::text, ''),
      f[1 + n % 25] || '.' || l[1 + n / 25 % 26] || coalesce(nullif(n / 650, 0)::text, ''), ${from}, ${until}
    from generate_series(0, ${options.accounts}::int - 1) n,
      string_to_array(${FIRST_NAMES}, ' ') f, string_to_array(${LAST_NAMES}, ' ') l`;
  await sql`
    insert into computers (company_id, name, name_key, first_seen_at, last_seen_at)
    select ${companyId}, upper(name), name, ${from}, ${until}
    from (select (array['ho-pc', 'nb', 'ws', 'rds'])[1 + n % 4] || '-' || lpad(n::text, 5, '0') as name
      from generate_series(0, ${options.computers}::int - 1) n) named`;
  const [first] = await sql<FirstIds[]>`
    select (select min(id) from sites where company_id = ${companyId}) as "siteId",
      (select min(id) from accounts where company_id = ${companyId}) as "accountId",
      (select min(id) from computers where company_id = ${companyId}) as "computerId"`;
  return first!;
}

// oxlint-disable-next-line max-lines-per-function -- one statement, easier read whole
async function fillChunk(
  sql: RawSql,
  options: FillOptions & FirstIds & { companyId: number },
  from: number,
  to: number,
): Promise<void> {
  const { companyId, computers, activeAccounts } = options;
  const upTo = KINDS.map((_, index) =>
    KINDS.slice(0, index + 1).reduce((sum, [, , share]) => sum + share, 0),
  );
  await sql`
    with dice as (
      select n, n / (${options.rows}::float8 / ${options.days}) as day,
        (hashint8extended(n, 1) & 1048575) / 1048576.0 as who,
        (hashint8extended(n, 2) & 1048575) / 1048576.0 as other,
        width_bucket((hashint8extended(n, 3) & 2147483647) % 100000, ${upTo}::int[]) as kind
      from generate_series(${from}::bigint, ${to}::bigint - 1) n
    ), timed as (
      select *, floor(day) as whole, day - floor(day) as part from dice
    ), made as (
      insert into events (company_id, site_id, account_id, computer_id, kind, occurred_at, received_at, fingerprint,
        event_type, local_ipv4, public_ipv4)
      select ${companyId}, ${options.siteId} + floor(${options.sites} * other ^ 3)::int,
        ${options.accountId} + floor(${activeAccounts} * who ^ 2)::int * ${SPREAD} % ${options.accounts},
        ${options.computerId} + (floor(${computers} * who ^ 2)::int + (hashint8extended(n, 4) & 1)::int) % ${computers},
        (${KINDS.map(([code]) => code)}::smallint[])[kind + 1], at, at + interval '1 second', md5(n::text)::uuid,
        (${KINDS.map(([code, type]) => storedEventType(code, type))}::text[])[kind + 1], 
        (('10.0.' || n % 200 || '.' || n % 250)::inet - '128.0.0.0')::int, ${packIpv4(PUBLIC_IP)}::int
      from timed, lateral (select date_trunc('milliseconds', ${new Date(options.until)}::timestamptz
        - make_interval(days => ${options.days}) + make_interval(days => whole::int) + interval '1 hour' *
        case when part < 0.1 then part * 70 when part < 0.9 then 7 + (part - 0.1) * 15 else 19 + (part - 0.9) * 50 end) as at) moment
      order by n
      returning company_id, occurred_at, site_id, kind
    )
    insert into event_counts (company_id, bucket_at, site_id, kind, count)
    select company_id, date_bin('15 minutes', occurred_at, timestamptz '2000-01-01 00:00Z'), site_id, kind, count(*)
    from made group by 1, 2, 3, 4
    on conflict (company_id, bucket_at, site_id, kind) do update set count = event_counts.count + excluded.count`;
}
