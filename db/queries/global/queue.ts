import { sql, type SQL } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import { pgArray } from "../pg-array";

/** Queues by name; each has its handler in lib/services. */
export type QueueName = "jobs" | "messages" | "deliveries" | "mail-deliveries" | "mail" | "schedules";

export interface QueueKey {
  /** 0: the portal's own. */
  companyId: number;
  queue: QueueName;
  key: string;
}

/** An entry that this process holds until its lease runs out. */
export interface TakenEntry extends QueueKey {
  lease: string;
  /** How often it was taken since it was last finished or put off, this time included. */
  takenCount: number;
}

/** A longer lease comes from a clock that was ahead; treat it as free. */
const isHeld = sql`coalesce(leased_until > now() and leased_until < now() + interval '15 minutes', false)`;

/** How far ahead an entry is put at most, by its queue; one taken before it is due is put off again. */
const LONGEST_HOURS: Readonly<Record<QueueName, number>> = {
  jobs: 30,
  messages: 6,
  deliveries: 30,
  "mail-deliveries": 30,
  mail: 30,
  schedules: 6,
};

/**
 * The database decides what is due, so the instant is stored by its clock: as far from now as `runAt` is by the clock of
 * this server, which may be wrong.
 */
function runAtSql(queue: QueueName, runAt: Date): SQL {
  const seconds = Math.min((runAt.getTime() - Date.now()) / 1000, LONGEST_HOURS[queue] * 3600);
  return sql`date_trunc('milliseconds', statement_timestamp()) + make_interval(secs => ${seconds})`;
}

/**
 * Puts an entry into its queue, or moves the one that is there; a held one is looked at again after that. `runAt` is by
 * this server's clock, here and below. With `onlySooner`, one that is there is not put off.
 */
export async function putEntry(
  tx: Transaction,
  { companyId, queue, key }: QueueKey,
  runAt: Date,
  { onlySooner = false } = {},
): Promise<void> {
  const moved = onlySooner ? sql`least(queue_entries.run_at, excluded.run_at)` : sql`excluded.run_at`;
  await tx.execute(sql`
    insert into queue_entries (company_id, queue, key, run_at)
    values (${companyId}, ${queue}, ${key}, ${runAtSql(queue, runAt)})
    on conflict (company_id, queue, key) do update set run_at = ${moved}`);
}

/** The same for several keys of a queue. */
export async function putEntries(
  tx: Transaction,
  { companyId, queue }: Omit<QueueKey, "key">,
  keys: readonly string[],
  runAt: Date,
): Promise<void> {
  if (keys.length === 0) return;
  await tx.execute(sql`
    insert into queue_entries (company_id, queue, key, run_at)
    select ${companyId}, ${queue}, key, ${runAtSql(queue, runAt)} from unnest(${pgArray(keys)}::text[]) as key
    on conflict (company_id, queue, key) do update set run_at = excluded.run_at`);
}

/**
 * Takes up to `limit` due entries of a queue, the longest due first, but none of `exceptCompanies`; what another server
 * holds is left to it.
 */
export async function takeEntries(
  queue: QueueName,
  limit: number,
  leaseSeconds: number,
  exceptCompanies: readonly number[] = [],
): Promise<TakenEntry[]> {
  // Materialized: where the table had few rows at its last statistics, a plan looks for the due ones anew for each of its
  // rows, and each time finds others.
  const rows = await database().execute<Record<string, unknown>>(sql`
    with due as materialized (
      select company_id, queue, key from queue_entries
      where ${ofQueue({ queue, exceptCompanies })} and run_at <= now() and not ${isHeld}
      order by run_at limit ${limit} for update skip locked
    )
    update queue_entries q
    set lease = gen_random_uuid(), leased_until = now() + make_interval(secs => ${leaseSeconds}),
      taken_count = taken_count + 1
    from due
    where q.company_id = due.company_id and q.queue = due.queue and q.key = due.key
    returning q.company_id as "companyId", q.queue, q.key, q.lease, q.taken_count as "takenCount"`);
  return rows as unknown as TakenEntry[];
}

/** Keeps held entries for longer; gives the leases that are still held. */
export async function extendLeases(leases: readonly string[], leaseSeconds: number): Promise<Set<string>> {
  const rows = await database().execute<{ lease: string }>(sql`
    update queue_entries set leased_until = now() + make_interval(secs => ${leaseSeconds})
    where lease = any(${pgArray(leases)}::uuid[]) returning lease`);
  return new Set(rows.map(({ lease }) => lease));
}

/** Another server may have the entry by now, so its result must not be written. */
export class LeaseLost extends Error {
  constructor() {
    super("The lease ran out before the work was done.");
  }
}

const held = ({ companyId, queue, key, lease }: TakenEntry) =>
  sql`company_id = ${companyId} and queue = ${queue} and key = ${key} and lease = ${lease}`;

/** Takes a held entry out of its queue, with the transaction that writes what came of it. @throws LeaseLost. */
export async function finishEntry(tx: Transaction, entry: TakenEntry): Promise<void> {
  const rows = await tx.execute(sql`delete from queue_entries where ${held(entry)} returning 1`);
  if (rows.length === 0) throw new LeaseLost();
}

/** Gives a held entry back, to be taken again at an instant. @throws LeaseLost. */
export async function putOffEntry(
  tx: Transaction,
  entry: TakenEntry,
  runAt: Date,
  { isFailure = false } = {},
): Promise<void> {
  const rows = await tx.execute(sql`
    update queue_entries set run_at = ${runAtSql(entry.queue, runAt)}, lease = null, leased_until = null,
      taken_count = case when ${isFailure} then taken_count else 0 end
    where ${held(entry)} returning 1`);
  if (rows.length === 0) throw new LeaseLost();
}

/**
 * Makes due what lies further ahead than anything is put: the database's clock was ahead at the time, or an earlier version
 * put it there. Gives how many. Held or locked entries are left out.
 */
export async function pullBackEntries(): Promise<number> {
  const longest = Object.entries(LONGEST_HOURS).map(([queue, hours]) => sql`(${queue}, ${hours + 1})`);
  const rows = await database().execute(sql`
    update queue_entries q set run_at = now()
    from (
      select e.company_id, e.queue, e.key from (values ${sql.join(longest, sql`, `)}) as longest (queue, hours)
      join queue_entries e on e.queue = longest.queue and e.run_at > now() + make_interval(hours => longest.hours::int)
      where not ${isHeld} for update of e skip locked
    ) stray
    where q.company_id = stray.company_id and q.queue = stray.queue and q.key = stray.key returning 1`);
  return rows.length;
}

/** A queue without the entries of some companies. */
export interface QueuePart {
  queue: QueueName;
  exceptCompanies: readonly number[];
}

const ofQueue = ({ queue, exceptCompanies }: QueuePart) =>
  exceptCompanies.length === 0
    ? sql`queue = ${queue}`
    : sql`(queue = ${queue} and company_id <> all(${pgArray(exceptCompanies)}::int[]))`;

/** Milliseconds until something of these queues can be taken: negative when it could be already, null for nothing. */
export async function untilNextEntry(parts: readonly QueuePart[]): Promise<number | null> {
  const [row] = await database().execute<{ ms: number | null }>(sql`
    select (extract(epoch from min(greatest(run_at, leased_until)) - now()) * 1000)::float8 as ms
    from queue_entries where ${sql.join(parts.map(ofQueue), sql` or `)}`);
  return row?.ms ?? null;
}

/** The entries of a queue as they stand; `runAt` is by this server's clock. */
export async function listEntries(
  queue: QueueName,
): Promise<{ key: string; runAt: Date; isHeld: boolean }[]> {
  const rows = await database().execute<{ key: string; run_ms: number; is_held: boolean }>(sql`
    select key, (extract(epoch from run_at - statement_timestamp()) * 1000)::float8 as run_ms, ${isHeld} as is_held
    from queue_entries where queue = ${queue}`);
  const now = Date.now();
  return rows.map(({ key, run_ms, is_held }) => ({ key, runAt: new Date(now + run_ms), isHeld: is_held }));
}

export interface QueueFigures {
  queue: QueueName;
  /** In the queue at all, due or not. */
  entries: number;
  /** Due, and not taken by any worker. */
  waiting: number;
  running: number;
  /** How long the longest due of those has waited. */
  oldestSeconds: number;
}

/** How full the queues are; one that is empty is not among them. */
export async function measureQueues(): Promise<QueueFigures[]> {
  const rows = await database().execute<Record<string, unknown>>(sql`
    select queue, count(*)::int as entries,
      count(*) filter (where run_at <= now() and not ${isHeld})::int as waiting,
      count(*) filter (where ${isHeld})::int as running,
      coalesce(extract(epoch from now() - min(run_at) filter (
        where run_at <= now() and not ${isHeld})), 0)::float8 as "oldestSeconds"
    from queue_entries group by queue order by queue`);
  return rows as unknown as QueueFigures[];
}

export interface AttemptFigures extends Record<string, unknown> {
  success: number;
  failed: number;
}

/** Attempts to deliver the messages made since the instant, of every company and the portal, by what came of them. */
export async function countAttempts(since: Date): Promise<AttemptFigures> {
  const [row] = await database().execute<AttemptFigures>(sql`
    select count(*) filter (where a.result = 'success')::int as success,
      count(*) filter (where a.result <> 'success')::int as failed
    from (select 0 as id union all select id from app_auth_companies) c
    join notification_deliveries d on d.company_id = c.id and d.created_at > ${since.toISOString()}
    join notification_attempts a on a.company_id = d.company_id and a.delivery_id = d.id`);
  return row!;
}
