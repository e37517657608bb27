import type { SourceRow } from "@/lib/domain/import/stored-value";

export type SourceKind = "sqlite" | "postgresql" | "mysql" | "mssql";

/** An open database of the original. It is only ever read. */
export interface OriginalSource {
  kind: SourceKind;
  /** For people and logs; without the password. */
  label: string;
  /** Names of the tables and views with those of their columns, all in lower case. */
  columns(): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** Runs a query of {@link ./select-page} or a count. Times come as text. */
  query(text: string): Promise<SourceRow[]>;
  /** The zone in which PostgreSQL spells wall-clock times for a session that asks for none; null elsewhere. */
  sessionTimeZone(): Promise<string | null>;
  /** Something that must be said when the source changed while it was read; null otherwise. */
  changedWhileRead(): Promise<string | null>;
  close(): Promise<void>;
}
