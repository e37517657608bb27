import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { database, type Transaction } from "../../client";
import type { WaitingRules } from "@/lib/domain/detections/standstill";

/** Between taking an id and having a transaction number lie microseconds; looks closer together prove nothing. */
const LEAST_PAUSE_SECONDS = 0.2;

interface ClockRow extends Record<string, unknown> {
  settled: string;
  candidate: string;
  hasPaused: boolean;
  isNumbered: boolean;
  isSettled: boolean;
  isForeign: boolean;
  isOnCitus: boolean;
  newest: string;
}

/**
 * Looks once which events are settled, and notes for each company that has new ones how far it may be asked.
 *
 * Ids become visible out of order, so only those count below which no transaction is under way (see
 * {@link detectionClock}). Takes no lock that storing events needs. Gives the settled id, null while another server looks.
 */
export function tickDetectionClock(): Promise<number | null> {
  return database().transaction(async (tx) => {
    const [clock] = await tx.execute<ClockRow>(sql`
      select settled_id as settled, candidate_id as candidate,
        clock_timestamp() - candidate_at >= make_interval(secs => ${LEAST_PAUSE_SECONDS}) as "hasPaused",
        candidate_xmax is not null as "isNumbered",
        coalesce(pg_snapshot_xmin(pg_current_snapshot()) >= candidate_xmax::xid8, false) as "isSettled",
        coalesce(pg_snapshot_xmax(pg_current_snapshot()) < candidate_xmax::xid8, false) as "isForeign",
        exists (select 1 from pg_extension where extname = 'citus') as "isOnCitus",
        coalesce(pg_sequence_last_value(pg_get_serial_sequence('events', 'id')::regclass), 0) as newest
      from detection_clock for update skip locked`);
    if (!clock) return null;
    const settled = Number(clock.settled);
    const candidate = Number(clock.candidate);
    const newest = Number(clock.newest);
    // A restored copy names transactions of another cluster, and may count ids anew.
    if (clock.isForeign || newest < settled) {
      await propose(newest, Math.min(settled, newest));
      return Math.min(settled, newest);
    }
    if (candidate <= settled) {
      if (newest > settled) await propose(newest, settled);
      return settled;
    }
    if (!clock.isNumbered) {
      if (clock.hasPaused) {
        await tx.execute(sql`
          update detection_clock set candidate_xmax = pg_snapshot_xmax(pg_current_snapshot())::text`);
      }
      return settled;
    }
    if (!clock.isSettled) return settled;
    if (clock.isOnCitus && !(await arePreparedVisible(tx))) return settled;
    await dispatch(tx, settled, candidate);
    await propose(newest, candidate);
    return candidate;

    async function propose(newestId: number, settledId: number): Promise<void> {
      await tx.execute(sql`
        update detection_clock set settled_id = ${settledId}, candidate_id = ${newestId},
          candidate_at = clock_timestamp(), candidate_xmax = null`);
    }
  });
}

/** A company without new events since stays behind; all it had is done, so it goes on from where the clock stood. */
async function dispatch(tx: Transaction, from: number, through: number): Promise<void> {
  await tx.execute(sql`
    insert into detection_cursors (company_id, through_id, target_id)
    select c.id, ${from}::bigint, ${through}::bigint from app_auth_companies c
    where c.id in (select e.company_id from events e where e.id > ${from} and e.id <= ${through})
    order by c.id
    on conflict (company_id) do update set target_id = excluded.target_id,
      through_id = case when detection_cursors.through_id < detection_cursors.target_id
        then detection_cursors.through_id else excluded.through_id end`);
}

const LOOKS_AT_PREPARED = 5;
const PREPARED_PAUSE_MILLISECONDS = 20;

/**
 * Whether every transaction that the coordinator of a Citus cluster has ended is visible on its nodes: they hold it as a
 * prepared one until they are told, moments later or after an outage. False also while a node does not answer.
 */
async function arePreparedVisible(tx: Transaction): Promise<boolean> {
  let waiting = await listPrepared(tx);
  for (let look = 1; waiting && waiting.length > 0 && look < LOOKS_AT_PREPARED; look += 1) {
    await pause(PREPARED_PAUSE_MILLISECONDS);
    const still = await listPrepared(tx);
    waiting = still && waiting.filter((gid) => still.includes(gid));
  }
  return waiting?.length === 0;
}

/** Prepared transactions of all nodes by name; null when a node does not answer. */
async function listPrepared(tx: Transaction): Promise<string[] | null> {
  const nodes = await tx.execute<{ success: boolean; result: string }>(sql`
    select success, result from run_command_on_all_nodes(
      $$select coalesce(string_agg(gid, ' '), '') from pg_prepared_xacts where database = current_database()$$)`);
  if (!nodes.every(({ success }) => success)) return null;
  return nodes.flatMap(({ result }) => result.split(" ").filter(Boolean));
}

/** Companies whose old memories were last looked for more than so many seconds ago, those longest ago first. */
export async function listCompaniesToForget(everySeconds: number): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select company_id as id from detection_cursors
    where forgotten_at < now() - make_interval(secs => ${everySeconds}) order by forgotten_at, company_id`);
  return rows.map(({ id }) => id);
}

/** Companies with events to ask about: those that first learn habits from what is stored, or the others. */
export async function listCompaniesToAsk(isLearning: boolean): Promise<number[]> {
  const rows = await database().execute<{ id: number }>(sql`
    select company_id as id from detection_cursors where through_id < target_id
      and coalesce(habits_id >= habits_target_id, false) = ${!isLearning}
    order by through_id, company_id`);
  return rows.map(({ id }) => id);
}

export type NamedWaitingRules = WaitingRules & { company: string | null };

/**
 * Rules for which events wait, with how far they have come: first those of all companies, whose clock is behind the ids
 * given out, then those of single companies, by id.
 */
export async function listWaitingRules(): Promise<NamedWaitingRules[]> {
  const clock = await database().execute<NamedWaitingRules & Record<string, unknown>>(sql`
    select null::int as "companyId", null::text as company, settled_id::text as mark from detection_clock
    where settled_id < coalesce(pg_sequence_last_value(pg_get_serial_sequence('events', 'id')::regclass), 0)`);
  const companies = await database().execute<NamedWaitingRules & Record<string, unknown>>(sql`
    select c.id as "companyId", c.name as company, concat_ws(' ', d.through_id, d.habits_id) as mark
    from detection_cursors d join app_auth_companies c on c.id = d.company_id
    where d.through_id < d.target_id order by c.id`);
  return [...clock, ...companies];
}
