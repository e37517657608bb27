import type { Transaction } from "@/db/client";
import { ImportError } from "@/lib/domain/import/import-error";
import type { TableTally } from "@/lib/domain/import/import-report";
import { textOf } from "@/lib/domain/import/stored-value";
import { meaningOf, parseStoredTime } from "@/lib/domain/import/wall-clock";
import { ianaZone, type IanaZone } from "@/lib/domain/zones";
import type { FormerRuns } from "./former-runs";
import type { OriginalDatabase } from "./sources/original-schema";

/** A bar or a line for something of known length. */
export interface ProgressPart {
  advance(by: number): void;
  finish(note: string): void;
}

export interface ImportProgress {
  begin(label: string, total: number): ProgressPart;
}

/** One run of the import. */
export interface ImportRun {
  database: OriginalDatabase;
  /** In which the source's wall clocks stand. */
  zone: IanaZone;
  /** Zones that an earlier run may have taken for it. */
  candidateZones: readonly IanaZone[];
  /** The portal's zone as the original was set to show it; null when only the database's is known. */
  portalZone: IanaZone | null;
  /** Takes what belongs to no company; undefined when none was named. */
  keylessCompanyName: string | undefined;
  isDryRun: boolean;
  /** How many logs are stored in one transaction. */
  logsAtOnce: number;
  /** Epoch milliseconds. */
  now: number;
  progress: ImportProgress;
  signal: AbortSignal;
}

/** What the tables that hang together are brought over with. */
export interface StructureWork {
  run: ImportRun;
  tx: Transaction;
  tally: TableTally;
  former: FormerRuns;
}

/** Where in the new installation events of a key belong. */
export interface Place {
  companyId: number;
  siteId: number;
}

/** @throws ImportError when the operator asked to stop. */
export function assertGoingOn(signal: AbortSignal): void {
  if (signal.aborted) throw new ImportError("Stopped. Run the same command again to continue.");
}

const UTC = ianaZone("UTC");

const DAY_MS = 86_400_000;

/** The original's `created_at` and `last_used`, which are UTC; undefined when there is none to be read, or it lies ahead. */
export function utcTimeOf(value: unknown, { now }: Pick<ImportRun, "now">): Date | undefined {
  const stored = parseStoredTime(textOf(value) ?? "");
  const meaning = stored && meaningOf(stored, UTC);
  return meaning?.is === "exact" && !isAhead(meaning.at, now) ? new Date(meaning.at) : undefined;
}

/** Whether an instant is more than a day ahead, as no clock is that is only wrong by its zone. Epoch milliseconds. */
export function isAhead(at: number, now: number): boolean {
  return at > now + DAY_MS;
}
