import type { Paper } from "@/lib/domain/date-order";
import { wordText, type Reader, type Text } from "@/lib/domain/text";
import { localDateOf, type IanaZone } from "@/lib/domain/zones";
import { minuteText } from "./cell-text";
import { fileWords, type FileWords } from "./file-words";

/** What stands above the rows of a file: whose they are, of when and under which filters. */
export interface HeadingFacts {
  title: string | Text;
  /** Null for all companies that the reader may see. */
  companyName: string | null;
  /** Epoch milliseconds; null where the rows have no range, `to` null where it is open. */
  range: { from: number; to: number | null } | null;
  filterWords: readonly (string | Text)[];
  zone: IanaZone;
  /** Epoch milliseconds. */
  madeAt: number;
}

/** The same in words, with those of the writers: plain texts, which can go to another thread. */
export interface ExportHeading extends Pick<HeadingFacts, "range" | "zone" | "madeAt"> {
  title: string;
  companyName: string;
  /** A word and its value each, in the order in which a file shows them. */
  lines: readonly (readonly [string, string])[];
  words: FileWords;
  /** Of a PDF. */
  paper: Paper;
  /** Whose numbers a PDF writes; a BCP 47 tag. */
  locale: string;
}

/** The first and the last local day of the range, up to the day the file is made on where it is open. */
export function daysOf({ range, zone, madeAt }: Pick<ExportHeading, "range" | "zone" | "madeAt">): {
  first: string;
  last: string;
} | null {
  if (!range) return null;
  const last = localDateOf((range.to ?? madeAt + 1) - 1, zone);
  const first = localDateOf(range.from, zone);
  return { first, last: last < first ? first : last };
}

/** The heading as the reader of the file reads it. */
export function wordHeading(facts: HeadingFacts, reader: Reader): ExportHeading {
  const { range, zone, madeAt } = facts;
  const word = (text: string | Text) => wordText(text, reader);
  const companyName = facts.companyName ?? word({ key: "files.allCompanies" });
  const filters = facts.filterWords.map(word).join("; ");
  const lines: [Text, string | Text][] = [
    [{ key: "files.company" }, companyName],
    rangeLine(facts),
    [{ key: "files.filters" }, filters === "" ? { key: "files.noFilters" } : filters],
    [{ key: "files.timeZone" }, zone],
    [{ key: "files.created" }, minuteText(madeAt, zone)],
  ];
  return {
    title: word(facts.title),
    companyName,
    range,
    zone,
    madeAt,
    lines: lines.map(([label, value]) => [word(label), word(value)]),
    words: fileWords(reader),
    paper: reader.paper ?? "a4",
    locale: reader.locale,
  };
}

function rangeLine({ range, zone }: HeadingFacts): [Text, string | Text] {
  const label: Text = { key: "files.period" };
  if (range === null) return [label, { key: "files.anyTime" }];
  const from = minuteText(range.from, zone);
  if (range.from === range.to) return [{ key: "files.moment" }, from];
  if (range.to === null) return [label, { key: "files.untilNow", values: { from } }];
  return [label, { key: "files.fromTo", values: { from, to: minuteText(range.to, zone) } }];
}
