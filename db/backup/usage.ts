import type { AnySql } from "./tables";

export interface DatabaseUsage {
  /** The names of other programs of ours that are connected. */
  others: string[];
  /** It holds more than what the first start makes. */
  isInUse: boolean;
}

/** The names of programs of ours that are connected, but for the session of this name and one's own. */
export async function findOthers(sql: AnySql, ownSessionName: string): Promise<string[]> {
  const others = await sql<{ name: string }[]>`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name like 'winauthmon%'
      and application_name <> ${ownSessionName}`;
  return others.map(({ name }) => name);
}

/** Who else uses the database, and whether it holds anything. */
export async function findUsage(sql: AnySql, ownSessionName: string): Promise<DatabaseUsage> {
  const others = await findOthers(sql, ownSessionName);
  const [row] = await sql<{ isInUse: boolean }[]>`
    select exists (select from events) or (select count(*) > 1 from app_auth_companies)
      or (select count(*) > 1 from app_auth_users)
      or exists (select from app_auth_users where last_sign_in_at is not null) as "isInUse"`;
  return { others, isInUse: row!.isInUse };
}
