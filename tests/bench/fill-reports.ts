import type { RawSql } from "@/db/client";
import { fillNames, type FirstIds } from "./fill-company";
import { passRules } from "./pass-rules";

const DAY_MS = 86_400_000;
/** Events of one person on one day: a logon, locks and unlocks, a logoff. */
const EVENTS_A_DAY = 34;
const SHARED_COMPUTERS = 10;

export interface ReportsFillOptions {
  /** Which is there already and gets most. */
  companyId: number;
  accounts: number;
  /** Days of the large company, of which the last `days` are measured. */
  historyDays: number;
  days: number;
  /** Companies of the same size beside it, for the last `days` only. */
  otherCompanies: number;
  /** The end of the filled time, a UTC midnight in epoch milliseconds. */
  until: number;
}

export interface FilledReports {
  /** Of the large company between `from` and `until`. */
  rowsInRange: number;
  rows: number;
  from: number;
}

interface Filler extends FirstIds {
  companyId: number;
  days: number;
}

/**
 * Fills companies whose people work: on each day a person logs on, locks, unlocks and logs off, a few on a second
 * computer, with sleeps, failed logons and lost events among them.
 *
 * The same options give the same rows. Rows lie as in life, those of all companies mixed and in the order of their
 * time; indexes are made afterwards, which is what makes filling quick, and the tables are left vacuumed.
 */
export async function fillReports(
  sql: RawSql,
  options: ReportsFillOptions,
  progress: (rows: number) => void,
): Promise<FilledReports> {
  const fillers = await makeCompanies(sql, options);
  const rebuild = await dropIndexes(sql);
  let rows = 0;
  for (let back = options.historyDays; back >= 1; back -= 1) {
    const start = new Date(options.until - back * DAY_MS);
    rows += await fillDay(
      sql,
      fillers.filter(({ days }) => back <= days),
      options.accounts,
      start,
    );
    if (back % 10 === 1) progress(rows);
  }
  await sql`
    insert into event_counts (company_id, bucket_at, site_id, kind, count)
    select company_id, date_bin('15 minutes', occurred_at, timestamptz '2000-01-01 00:00Z'), site_id, kind, count(*)
    from events group by 1, 2, 3, 4`;
  await rebuild();
  await passRules(sql);
  await sql.unsafe("vacuum analyze");
  const from = options.until - options.days * DAY_MS;
  return { rows, rowsInRange: options.days * options.accounts * EVENTS_A_DAY, from };
}

async function makeCompanies(sql: RawSql, options: ReportsFillOptions): Promise<Filler[]> {
  const { accounts, until } = options;
  const fillers: Filler[] = [];
  for (let number = 0; number <= options.otherCompanies; number += 1) {
    const [company] =
      number === 0
        ? [{ id: options.companyId }]
        : await sql<
            { id: number }[]
          >`with made as (insert into app_auth_companies (name) values (${`Other ${number}`}) returning id)
              insert into tenants select id from made returning company_id as id`;
    const days = number === 0 ? options.historyDays : options.days;
    const size = { accounts, activeAccounts: accounts, computers: accounts + SHARED_COMPUTERS, sites: 4 };
    const first = await fillNames(sql, company!.id, { name: "", rows: 0, days, until, ...size });
    fillers.push({ ...first, companyId: company!.id, days });
  }
  return fillers;
}

/** Takes the events' indexes and the check of their parents away; what comes back makes them anew. */
async function dropIndexes(sql: RawSql): Promise<() => Promise<void>> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = 'events'::regclass and not indisprimary`;
  const [key] = await sql<{ name: string; definition: string }[]>`
    select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = 'events'::regclass and contype = 'p'`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  await sql.unsafe(`alter table events drop constraint ${key!.name}`);
  await sql.unsafe("alter table events disable trigger user");
  return async () => {
    await sql.unsafe("alter table events enable trigger user");
    await sql.begin(async (tx) => {
      await tx.unsafe("set local maintenance_work_mem = '512MB'");
      await tx.unsafe(`alter table events add constraint ${key!.name} ${key!.definition}`);
      for (const { definition } of indexes) await tx.unsafe(definition);
    });
  };
}

const COLUMNS =
  "company_id, site_id, account_id, computer_id, kind, occurred_at, received_at, fingerprint, event_type, local_ipv4, public_ipv4";

/** By way of a file of PostgreSQL's own: COPY stores rows several times as fast as INSERT does. */
async function fillDay(
  sql: RawSql,
  fillers: readonly Filler[],
  accounts: number,
  start: Date,
): Promise<number> {
  const [setting] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`;
  const file = `'${setting!.folder}/bench-day.copy'`;
  await sql.unsafe(`copy (${daySql(fillers, accounts, start)}) to ${file} (format binary)`);
  await sql.unsafe(`copy events (${COLUMNS}) from ${file} (format binary)`);
  return fillers.length * accounts * EVENTS_A_DAY;
}

function daySql(fillers: readonly Filler[], accounts: number, start: Date): string {
  const column = (pick: (filler: Filler) => number) => `array[${fillers.map(pick).join(",")}]`;
  const day = `timestamptz '${start.toISOString()}'`;
  return `
    select company_id, site_id, account_id, computer_id, kind::smallint, at, at + interval '1 second', gen_random_uuid(),
      null::text,
      (('10.0.17.' || a % 250)::inet - '128.0.0.0')::int, ('203.0.113.7'::inet - '128.0.0.0')::int
    from (
      select *, case when dice < 8000 then 11 when a % 50 = 2 and k = 10 then 9 when a % 5 = 1 and k = 21 then 7
          when k = 0 then 1 when k = ${EVENTS_A_DAY - 1} then 6 when k % 2 = 1 then 4 else 2 end as kind,
        ${day} + interval '1 millisecond' * (25200000 + (a * 37 % 120 + k * 18) * 60000 + dice % 60000) as at
      from (
        select c.company_id, c.site_ids[1 + a % cardinality(c.site_ids)] as site_id, c.account_id + a as account_id,
          c.computer_id + case when a % 10 = 0 and k >= 17 then ${accounts} + a / 10 % ${SHARED_COMPUTERS} else a end
            as computer_id,
          hashint8extended((c.company_id::int8 << 40) + (a::int8 << 8) + k, extract(epoch from ${day})::int8)
            & 1048575 as dice,
          a, k
        from (select *, array(select id from sites s where s.company_id = f.company_id order by id) as site_ids
            from unnest(${column((filler) => filler.companyId)}, ${column((filler) => filler.accountId)},
              ${column((filler) => filler.computerId)}) as f (company_id, account_id, computer_id)) c,
          generate_series(0, ${accounts - 1}) a, generate_series(0, ${EVENTS_A_DAY - 1}) k
      ) planned
    ) dated
    order by at`;
}
