import { sql, type SQL } from "drizzle-orm";
import { KIND_CODE, KIND_LABEL, EVENT_KINDS, type EventKind } from "@/lib/domain/events/kinds";
import { CSV_PATTERNS, csvText } from "@/lib/domain/reports/csv-text";
import type { OffsetStretch } from "@/lib/domain/zone-stretches";
import { pgArray, sparsePgArray } from "../pg-array";
import { nameJoins, type EventReader } from "./event-rows";

/** How the lines are written. */
export interface LineStyle {
  /** Ids of an event's columns, in their order. */
  columnIds: readonly string[];
  /** By id, where rows name their company. */
  companyNames: ReadonlyMap<number, string> | null;
  /** The offsets of the zone in which instants are written; they must reach over all of them. */
  stretches: readonly OffsetStretch[];
  /** The column by which the events are ordered, if not by time: the position of the last one names its group. */
  groupColumn: string | null;
}

export interface EventLines {
  text: string;
  /** Lines in the text. */
  length: number;
  last: { companyId: number; groupId: number; occurredAt: number; id: number } | null;
}

interface LinesRow extends Record<string, unknown> {
  text: string | null;
  length: number;
  earliest_ms: string | null;
  latest_ms: string | null;
  company_id: number | null;
  group_id: number | null;
  occurred_ms: string | null;
  id: string | null;
}

/** Texts that anybody may have sent; all others are known to stand in a file as they are. */
const TEXTS: Readonly<Record<string, SQL>> = {
  userName: sql`a.name`,
  computerName: sql`c.name`,
  siteName: sql`s.name`,
  localIp: sql`e.local_ip`,
  publicIp: sql`e.public_ip`,
  eventType: sql`e.event_type`,
};

const INSTANTS: Readonly<Record<string, SQL>> = {
  occurredAt: sql`e.occurred_at`,
  receivedAt: sql`e.received_at`,
};

const PLAIN: Readonly<Record<string, SQL>> = {
  event: kindSql((kind) => KIND_LABEL[kind]),
  kind: kindSql((kind) => kind),
  company: sql`company.cell`,
  isClockSkewed: sql`case when e.is_clock_skewed then 'yes' else 'no' end`,
  id: sql`e.id`,
  companyId: sql`e.company_id`,
  siteId: sql`e.site_id`,
  accountId: sql`e.account_id`,
  computerId: sql`e.computer_id`,
};

/**
 * Reads events as lines of a CSV file, written by PostgreSQL: the bytes that `csvLines` makes of the same rows.
 *
 * A text for many lines costs this process less than rows of COPY would, takes parameters as any statement does, and
 * is whole before the first byte is sent: a reader who stalls holds no transaction open.
 *
 * @throws Error for an instant beyond the stretches, rather than write it wrong.
 */
export function eventLinesReader(style: LineStyle): EventReader<EventLines> {
  const { columnIds, companyNames, stretches, groupColumn } = style;
  const companies = sql`unnest(${pgArray([...(companyNames?.keys() ?? [])])}::int[],
    ${pgArray([...(companyNames?.values() ?? [])].map(csvText))}::text[]) as company (id, cell)`;
  const companyJoin = companyNames ? sql`left join ${companies} on company.id = e.company_id` : sql``;
  const groupId = groupColumn === null ? sql`0` : sql.raw(`e.${groupColumn}`);
  const instants = columnIds.flatMap((id) => INSTANTS[id] ?? []);
  const [earliest, latest] =
    instants.length === 0
      ? [sql`null::timestamptz`, sql`null::timestamptz`]
      : [sql`least(${sql.join(instants, sql`, `)})`, sql`greatest(${sql.join(instants, sql`, `)})`];
  return async (tx, events, order, limit) => {
    const [row] = await tx.execute<LinesRow>(sql`
      with line as materialized (
        select row_number() over (order by ${order}) as place, ${lineSql(columnIds, stretches)} as text,
          e.company_id, ${groupId} as group_id, e.occurred_at, e.id, ${earliest} as earliest, ${latest} as latest
        from (select * from (${events}) e order by ${order} limit ${limit}) e ${nameJoins} ${companyJoin}
      )
      select whole.*, last.company_id, last.group_id, extract(epoch from last.occurred_at) * 1000 as occurred_ms, last.id
      from (
        select string_agg(text, '' order by place) as text, count(*)::int as length,
          extract(epoch from min(earliest)) * 1000 as earliest_ms, extract(epoch from max(latest)) * 1000 as latest_ms
        from line
      ) whole left join line last on last.place = whole.length`);
    return toLines(row!, stretches);
  };
}

function toLines(row: LinesRow, stretches: readonly OffsetStretch[]): EventLines {
  const { text, length } = row;
  if (text === null || row.id === null) return { text: "", length: 0, last: null };
  const isCovered =
    row.earliest_ms === null ||
    (Number(row.earliest_ms) >= stretches[0]!.from && Number(row.latest_ms) < stretches.at(-1)!.to);
  if (!isCovered) throw new Error("An event lies beyond the time whose offsets are known.");
  const last = {
    companyId: row.company_id!,
    groupId: row.group_id!,
    occurredAt: Number(row.occurred_ms),
    id: Number(row.id),
  };
  return { text, length, last };
}

/** The line of event `e`. One look at all its texts tells whether any needs more care, which few do. */
function lineSql(columnIds: readonly string[], stretches: readonly OffsetStretch[]): SQL {
  const line = (spell: (text: SQL) => SQL) => {
    const cells = columnIds.map((id) => {
      if (TEXTS[id]) return spell(TEXTS[id]);
      return INSTANTS[id] ? instantTextSql(INSTANTS[id], stretches) : PLAIN[id]!;
    });
    return sql`concat(${sql.join(cells, sql`, ',', `)}, chr(13), chr(10))`;
  };
  const asItIs = line((text) => text);
  const texts = columnIds.flatMap((id) => TEXTS[id] ?? []);
  if (texts.length === 0) return asItIs;
  const isSpecial = sql`concat_ws(chr(1), ${sql.join(texts, sql`, `)}) ~ ${CSV_PATTERNS.special}`;
  return sql`case when ${isSpecial} then ${line(csvTextSql)} else ${asItIs} end`;
}

/** What `csvText` makes of the text. */
function csvTextSql(text: SQL): SQL {
  const { special, quoted, formula, blankStart } = CSV_PATTERNS;
  const guarded = sql`regexp_replace(regexp_replace(${text}, ${formula}, '\\1''', 'g'), ${blankStart}, '''')`;
  const inQuotes = (whole: SQL) => sql`'"' || replace(${whole}, '"', '""') || '"'`;
  return sql`case when ${text} !~ ${special} then ${text}
    when ${text} !~ ${formula} and ${text} !~ ${blankStart} then ${inQuotes(text)}
    when ${text} ~ ${quoted} then ${inQuotes(guarded)} else ${guarded} end`;
}

/** What `offsetText` makes of the instant. The offsets come from here: PostgreSQL's own zones may be of another year. */
function instantTextSql(instant: SQL, stretches: readonly OffsetStretch[]): SQL {
  const later = stretches.slice(1).map(({ from }) => new Date(from).toISOString());
  const place =
    later.length === 0 ? sql`1` : sql`1 + width_bucket(${instant}, ${pgArray(later)}::timestamptz[])`;
  const shifts = pgArray(stretches.map(({ offsetMinutes }) => `${offsetMinutes} minutes`));
  const suffixes = pgArray(stretches.map(({ suffix }) => suffix));
  const wall = sql`(${instant} at time zone 'UTC') + (${shifts}::interval[])[${place}]`;
  return sql`replace(to_char(${wall}, 'YYYY-MM-DD"T"HH24:MI:SS.MS'), '.000', '') || (${suffixes}::text[])[${place}]`;
}

function kindSql(word: (kind: EventKind) => string): SQL {
  const words: (string | null)[] = [];
  for (const kind of EVENT_KINDS) words[KIND_CODE[kind]] = csvText(word(kind));
  const list = sparsePgArray(Array.from(words, (text) => text ?? null));
  return sql`coalesce((${list}::text[])[e.kind + 1], ${csvText(word("other"))})`;
}
