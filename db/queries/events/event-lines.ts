import { sql, type SQL } from "drizzle-orm";
import { isSpread } from "../../distribute";
import { companySql, sameCompanySql, type Companies } from "../../scope-sql";
import { KIND_CODE, KIND_TEXT, EVENT_KINDS, type EventKind } from "@/lib/domain/events/kinds";
import { LOGON_TYPE_NUMBERS, logonTypeText } from "@/lib/domain/events/logon-types";
import { CSV_PATTERNS, csvText } from "@/lib/domain/reports/csv-text";
import { wordText, type Reader } from "@/lib/domain/text";
import type { OffsetStretch } from "@/lib/domain/zone-stretches";
import { eventTypeSql } from "../kind-sql";
import { pgArray, sparsePgArray } from "../pg-array";
import { localIpSql, publicIpSql } from "./address-sql";
import type { EventReader } from "./event-rows";
import { PLACE, reasonCellSql } from "./reason-sql";

/** As RFC 4180 asks. */
const LINE_END = "\r\n";

/** How the lines are written. */
export interface LineStyle {
  /** Ids of an event's columns, in their order. */
  columnIds: readonly string[];
  /** By id, where rows name their company. */
  companyNames: ReadonlyMap<number, string> | null;
  /** The offsets of the zone in which instants are written; what they don't reach over, a page tells as `beyond`. */
  stretches: readonly OffsetStretch[];
  /** The column by which the events are ordered, if not by time: the position of the last one names its group. */
  groupColumn: string | null;
  /** For whom words are written. */
  reader: Reader;
}

export interface EventLines {
  text: string;
  /** Lines in the text. */
  length: number;
  /** Of the last line where there are as many as were asked for, else null. */
  last: { companyId: number; groupId: number; occurredAt: number; id: number } | null;
  /** The first and the last instant where the offsets don't reach over them: there is no text then. Else null. */
  beyond: { earliest: number; latest: number } | null;
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

/** Texts of an event itself, which agents send as they like. */
const TEXTS: Readonly<Record<string, SQL>> = {
  localIp: sql`coalesce(${localIpSql}, '')`,
  publicIp: sql`coalesce(${publicIpSql}, '')`,
  eventType: eventTypeSql,
  status: sql`coalesce(e.status, '')`,
  subStatus: sql`coalesce(e.sub_status, '')`,
  sourceIp: sql`coalesce(e.source_ip, '')`,
};

/** What of them is stored as text. Usual types and addresses stored as numbers never need care. */
const STORED_TEXTS: Readonly<Record<string, SQL>> = {
  localIp: sql`e.local_ip`,
  publicIp: sql`e.public_ip`,
  eventType: sql`e.event_type`,
  status: sql`e.status`,
  subStatus: sql`e.sub_status`,
  sourceIp: sql`e.source_ip`,
};

const INSTANTS: Readonly<Record<string, SQL>> = {
  occurredAt: sql`e.occurred_at`,
  receivedAt: sql`e.received_at`,
};

/** Cells that go into a file unchanged; those of names are made once per name, see nameSql. */
function plainCells(reader: Reader): Readonly<Record<string, SQL>> {
  const [yes, no] = [reader.translate("files.yes"), reader.translate("files.no")].map(csvText);
  return {
    userName: sql`a.cell`,
    computerName: sql`c.cell`,
    siteName: sql`s.cell`,
    event: kindSql((kind) => reader.translate(KIND_TEXT[kind])),
    kind: kindSql((kind) => kind),
    logonType: logonTypeSql(reader),
    reason: reasonCellSql(reader),
    company: sql`coalesce(company.cell, '')`,
    isClockSkewed: sql`case when e.is_clock_skewed then ${yes} else ${no} end`,
    id: sql`e.id::text`,
    companyId: sql`e.company_id::text`,
    siteId: sql`e.site_id::text`,
    accountId: sql`e.account_id::text`,
    computerId: sql`e.computer_id::text`,
  };
}

/**
 * Reads events as lines of a CSV file, written by PostgreSQL: the bytes that `csvLines` makes of the same rows.
 *
 * A text for many lines costs this process less than rows of COPY would, takes parameters as any statement does, and
 * is whole before the first byte is sent: a reader who stalls holds no transaction open.
 */
export function eventLinesReader(style: LineStyle): EventReader<EventLines> {
  const { companyNames, stretches, groupColumn } = style;
  const line = lineSql(style);
  const companies = sql`unnest(${pgArray([...(companyNames?.keys() ?? [])])}::int[],
    ${pgArray([...(companyNames?.values() ?? [])].map(csvText))}::text[]) as company (id, cell)`;
  const companyJoin = companyNames ? sql`left join ${companies} on company.id = e.company_id` : sql``;
  const groupId = groupColumn === null ? sql`0` : sql.raw(`e.${groupColumn}`);
  const instants = style.columnIds.flatMap((id) => INSTANTS[id] ?? []);
  const [earliest, latest] =
    instants.length === 0
      ? [sql`null::timestamptz`, sql`null::timestamptz`]
      : [sql`least(${sql.join(instants, sql`, `)})`, sql`greatest(${sql.join(instants, sql`, `)})`];
  return async (tx, events, { scope, order, limit }) => {
    // Equal orders are sorted by once; the place of the last line is needed only where more may follow it.
    const spread = await isSpread(scope);
    const name = (table: string, column: string, alias: string) =>
      nameSql(scope, spread, { table, column, alias });
    const last = (column: SQL) => sql`(array_agg(${column} order by ${order}))[${limit}::int]`;
    const [row] = await tx.execute<LinesRow>(sql`
      select string_agg(e.line, '' order by ${order}) as text, count(*)::int as length,
        extract(epoch from min(e.earliest)) * 1000 as earliest_ms, extract(epoch from max(e.latest)) * 1000 as latest_ms,
        ${last(sql`e.company_id`)} as company_id, ${last(groupId)} as group_id,
        extract(epoch from ${last(sql`e.occurred_at`)}) * 1000 as occurred_ms, ${last(sql`e.id`)} as id
      from (
        select e.*, ${line} as line, ${earliest} as earliest, ${latest} as latest
        from (select * from (${events}) e order by ${order} limit ${limit}) e
          ${name("accounts", "account_id", "a")} ${name("computers", "computer_id", "c")}
          ${name("sites", "site_id", "s")} ${companyJoin}
      ) e`);
    return toLines(row!, stretches);
  };
}

function toLines(row: LinesRow, stretches: readonly OffsetStretch[]): EventLines {
  const { text, length } = row;
  const beyond = beyondOf(row, stretches);
  const last =
    row.id === null
      ? null
      : {
          companyId: row.company_id!,
          groupId: row.group_id!,
          occurredAt: Number(row.occurred_ms),
          id: Number(row.id),
        };
  return { text: beyond ? "" : (text ?? ""), length, last, beyond };
}

/** Rather than write an instant with another time's offset, the page is not written. */
function beyondOf(
  { earliest_ms, latest_ms }: LinesRow,
  stretches: readonly OffsetStretch[],
): EventLines["beyond"] {
  if (earliest_ms === null || latest_ms === null) return null;
  const [earliest, latest] = [Number(earliest_ms), Number(latest_ms)];
  const isCovered = earliest >= stretches[0]!.from && latest < stretches.at(-1)!.to;
  return isCovered ? null : { earliest, latest };
}

/**
 * The cell of a name of event `e`. Kept apart, so that PostgreSQL remembers it for the events that follow; over several
 * nodes of Citus only a plain join can be told of events of all of them.
 */
function nameSql(
  scope: Companies,
  spread: boolean,
  { table, column, alias }: { table: string; column: string; alias: string },
): SQL {
  const [names, cell] = [sql.raw(table), csvTextSql(sql`n.name`)];
  if (spread) {
    return sql`join (
      select n.company_id, n.id, ${cell} as cell from ${names} n where ${companySql(scope, "n.company_id")}
    ) ${sql.raw(`${alias} on ${alias}.company_id = e.company_id and ${alias}.id = e.${column}`)}`;
  }
  return sql`cross join lateral (
    select ${cell} as cell from ${names} n
    where ${sameCompanySql(scope, "n.company_id", "e.company_id")} and n.id = ${sql.raw(`e.${column}`)} offset 0
  ) ${sql.raw(alias)}`;
}

/** The line of event `e`. One look at all texts of its own tells whether any needs more care. */
function lineSql({ columnIds, stretches, reader }: LineStyle): SQL {
  const plain = plainCells(reader);
  const line = (spell: (text: SQL) => SQL) => {
    const cells = columnIds.map((id) => {
      if (TEXTS[id]) return spell(TEXTS[id]);
      return INSTANTS[id] ? instantTextSql(INSTANTS[id], stretches) : plain[id]!;
    });
    return sql`${sql.join(cells, sql` || ',' || `)} || ${LINE_END}`;
  };
  const asItIs = line((text) => text);
  const texts = columnIds.flatMap((id) => STORED_TEXTS[id] ?? []);
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

function logonTypeSql(reader: Reader): SQL {
  const word = (type: number) => csvText(wordText(logonTypeText(type), reader));
  const cases = LOGON_TYPE_NUMBERS.map((type) => sql`when ${type} then ${word(type)}`);
  const other = csvText(reader.translate("logonTypes.other", { type: PLACE }));
  return sql`case e.logon_type ${sql.join(cases, sql` `)}
    else coalesce(replace(${other}, ${PLACE}, e.logon_type::text), '') end`;
}
