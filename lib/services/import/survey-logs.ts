import { EvenSample } from "@/lib/domain/import/even-sample";
import { integerOf, textOf, type SourceRow } from "@/lib/domain/import/stored-value";
import { assertGoingOn, type ImportRun } from "./import-run";
import { TimeReader } from "./read-times";
import { MINIMUM_ID } from "./sources/original-schema";

const ROWS_AT_ONCE = 20_000;

/** Logs kept from all over the source, to be compared with what is stored. */
const SPREAD = 1_000;

export interface StoredLogTime {
  id: number;
  /** As the source spells it. */
  stored: string;
}

export interface LogSurvey {
  rows: number;
  times: TimeReader;
  /** Logs of no company. */
  keylessRows: number;
  /** Old ids of the keys that each company's logs name, by the company's old id; null stands for none of them. */
  keysOfLogs: ReadonlyMap<number | null, ReadonlySet<number | null>>;
  /** The last log of each month by its stored time, the newest month first. */
  samples: StoredLogTime[];
  /** Logs from all over the source, in the order of ids. */
  spread: readonly StoredLogTime[];
}

/** Tells the old id of a log's company: its own, else its key's; null when neither exists. */
export type CompanyOfLog = (row: SourceRow) => number | null;

export function companyOfLogs(companies: readonly SourceRow[], keys: readonly SourceRow[]): CompanyOfLog {
  const known = new Set(companies.map((row) => integerOf(row.id)));
  const ofKey = new Map(keys.map((key) => [integerOf(key.id), integerOf(key.company_id)]));
  return (row) => {
    const own = integerOf(row.company_id);
    if (own !== null && known.has(own)) return own;
    const key = ofKey.get(integerOf(row.api_key_id)) ?? null;
    return key !== null && known.has(key) ? key : null;
  };
}

/** Looks at every log before any is written, for what can only be told of all of them. */
export async function surveyLogs(run: ImportRun, companyOf: CompanyOfLog): Promise<LogSurvey> {
  const total = await run.database.count("api_logs");
  const bar = run.progress.begin("Reading the logs", total);
  const times = new TimeReader(run.zone);
  const keysOfLogs = new Map<number | null, Set<number | null>>();
  let [rows, keylessRows, afterId] = [0, 0, MINIMUM_ID];
  const lastOfMonth = new Map<string, StoredLogTime>();
  const spread = new EvenSample<StoredLogTime>(SPREAD);
  for (;;) {
    assertGoingOn(run.signal);
    const columns = ["id", "timestamp", "company_id", "api_key_id"];
    const page = await run.database.page("api_logs", afterId, ROWS_AT_ONCE, columns);
    for (const row of page) {
      times.lookAt(row);
      const log = { id: integerOf(row.id)!, stored: textOf(row.timestamp) ?? "" };
      lastOfMonth.set(log.stored.slice(0, 7), log);
      spread.offer(log);
      const company = companyOf(row);
      if (company === null) keylessRows += 1;
      const keys = keysOfLogs.get(company) ?? new Set();
      keysOfLogs.set(company, keys.add(integerOf(row.api_key_id)));
    }
    rows += page.length;
    bar.advance(page.length);
    if (page.length < ROWS_AT_ONCE) break;
    afterId = integerOf(page.at(-1)!.id)!;
  }
  times.settle();
  bar.finish(`${rows.toLocaleString("en")} logs`);
  const months = [...lastOfMonth].sort(([a], [b]) => (a < b ? 1 : -1));
  const samples = months.map(([, sample]) => sample);
  return { rows, times, keylessRows, keysOfLogs, samples, spread: spread.items };
}
