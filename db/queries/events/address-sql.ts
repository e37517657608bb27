import { sql, type SQL } from "drizzle-orm";

/** The address of event `e`, stored as a number (lib/domain/events/ipv4.ts) or as the agent spelled it. */
const spelled = (column: string): SQL =>
  sql.raw(`coalesce(e.${column}_ip, host('128.0.0.0'::inet + e.${column}_ipv4))`);

export const localIpSql: SQL = spelled("local");
export const publicIpSql: SQL = spelled("public");
