import { viewHref } from "../views/savable-tables";
import { answeredParams, scheduledParams, type ScheduleRange } from "@/lib/domain/reports/schedule-range";
import type { ScheduleFormat } from "@/lib/domain/reports/schedule-words";
import type { FileFormat } from "@/lib/domain/reports/table-address";
import { wordText } from "@/lib/domain/text";
import { ianaZone, isIanaZone, type IanaZone } from "@/lib/domain/zones";
import { chartText, type BarChart } from "@/lib/domain/mail/bar-chart";
import type { ReportMail } from "@/lib/domain/mail/report-mail";
import { chooseLocale, languageOf } from "@/lib/domain/locales";
import type { Reader } from "@/lib/domain/text";
import { barChartPng } from "@/lib/export/bar-chart-png";
import { exportFileName } from "@/lib/export/file-name";
import type { ExportHeading } from "@/lib/export/heading";
import { cellTexts, wordColumns } from "@/lib/export/word-cells";
import { publicUrl } from "@/lib/public-url";
import type { MailAttachment } from "../mail/send-mail";
import { runReport } from "../reports/report-queue";
import { headingOf } from "../tables/heading-of";
import { invalid } from "../tables/parse-params";
import { permittedScope } from "../tables/permitted-scope";
import { pickColumns } from "../tables/pick-columns";
import { findTable } from "../tables/registry";
import { openTableFile } from "../tables/table-file";
import type { OpenedTable, TableSource } from "../tables/table-source";
import type { ScheduleAuthority } from "./authority";
import { chartOf, type ReportChart } from "./chart-of";

/** Of the picture within its mail. */
const CHART_ID = "chart@winauthmon";
const SUMMARY_ROWS = 15;
const SUMMARY_COLUMNS = 5;

export interface ReportAsk {
  authority: ScheduleAuthority;
  company: { id: number; name: string };
  /** Who reads the report. */
  words: Reader;
  /** The company's zone. */
  zone: IanaZone;
  range: ScheduleRange;
  format: ScheduleFormat;
  /** Epoch milliseconds: what "now" is to the report, also when it is made late or once more. */
  dueAt: number;
  /** A larger file is not attached. */
  mostBytes: number;
  signal: AbortSignal;
}

/** A report ready to be sent. */
export interface MadeReport extends Pick<ReportMail, "heading" | "content"> {
  attachments: MailAttachment[];
  /** Of the file; null for a summary and for a file that was given up as too large. */
  bytes: number | null;
  fileName: string | null;
}

/**
 * Makes the report under its owner's rights, in its turn among the reports of this server.
 *
 * @throws AppError as the read API would answer; AccessDenied; the signal's reason.
 */
export async function makeReport(ask: ReportAsk): Promise<MadeReport> {
  const { authority, company, zone, range, dueAt, signal } = ask;
  const { actor, scope, view } = authority;
  const source = findTable(view.table);
  if (!source) throw invalid([{ field: "table", message: "is not known" }]);
  const permitted = permittedScope(source, scope, actor);
  const reader = `schedules ${company.id}`;
  return runReport({ reader, scope: permitted, signal }, async (own) => {
    const tz = new URLSearchParams(view.query).get("tz") ?? "";
    const params = scheduledParams(view.query, range, dueAt, isIanaZone(tz) ? tz : ianaZone(zone));
    const asked = { scope: own, viewZone: zone, actor, companyNames: null, now: dueAt, signal };
    const opened = source.open({ ...asked, params });
    const table = pickColumns(opened, view.columns.length > 0 ? view.columns.join(",") : undefined, true);
    const heading = await headingOf(source, table, { company, now: Date.now(), reader: ask.words });
    if (ask.format !== "summary") return fileOf(ask, ask.format, { source, table, heading, params });
    const chart = await chartOf(source.name, languageOf(chooseLocale([ask.words.locale])), (name, more) =>
      findTable(name)!.open({
        ...asked,
        params: new URLSearchParams({ ...Object.fromEntries(params), ...more }),
      }),
    );
    return summaryOf(heading, table, chart, ask.words);
  });
}

interface Opened {
  source: TableSource;
  table: OpenedTable;
  heading: ExportHeading;
  params: URLSearchParams;
}

async function fileOf(
  { company, authority: { view }, words, mostBytes, signal }: ReportAsk,
  format: FileFormat,
  { source, table, heading, params }: Opened,
): Promise<MadeReport> {
  const fileName = exportFileName(source.name, heading, format);
  const file = await openTableFile(table, {
    format,
    heading,
    reader: words,
    hasByteOrderMark: true,
    signal,
  });
  const content = await gather(file.pieces, mostBytes);
  const { lines } = heading;
  if (content) {
    const attachments = [{ fileName, contentType: file.contentType, content }];
    return {
      heading: lines,
      content: { kind: "file", fileName },
      attachments,
      bytes: content.length,
      fileName,
    };
  }
  const base = publicUrl();
  const answered = {
    hasRange: source.hasRange,
    hasMoment: "at" in source.query.shape,
    madeAt: Date.now(),
  };
  const query = answeredParams(params, table, answered).toString();
  const href = viewHref(String(company.id), { ...view, query });
  const url = base && href ? base + href : null;
  const most = `${Math.floor(mostBytes / 1_000_000)} MB`;
  return { heading: lines, content: { kind: "link", url, most }, attachments: [], bytes: null, fileName };
}

/** The whole of it, or null as soon as it is larger. */
async function gather(
  pieces: AsyncGenerator<string | Uint8Array>,
  mostBytes: number,
): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    const part = typeof piece === "string" ? Buffer.from(piece, "utf8") : Buffer.from(piece);
    bytes += part.length;
    if (bytes > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function summaryOf(
  heading: ExportHeading,
  { columns, batches }: OpenedTable,
  found: ReportChart | null,
  words: Reader,
): Promise<MadeReport> {
  const shown = columns.slice(0, SUMMARY_COLUMNS);
  const rows: string[][] = [];
  let rowCount = 0;
  const textsOf = cellTexts(shown, heading, words);
  for await (const batch of batches()) {
    rowCount += batch.length;
    rows.push(...batch.slice(0, SUMMARY_ROWS - rows.length).map(textsOf));
  }
  const headers = wordColumns(shown, words).map(({ header }) => header);
  const hasChart = found !== null && rowCount > 0;
  const chart = hasChart ? { ...found.chart, title: wordText(found.title, words) } : null;
  const picture = chart && { title: chart.title, contentId: CHART_ID, text: chartText(chart) };
  const attachments = hasChart && chart ? [chartAttachment(chart, found.axis)] : [];
  const content = { kind: "summary" as const, rowCount, headers, rows, picture };
  return { heading: heading.lines, content, attachments, bytes: null, fileName: null };
}

function chartAttachment(chart: BarChart, axis: ReportChart["axis"]): MailAttachment {
  const content = barChartPng(chart, axis);
  return { fileName: "chart.png", contentType: "image/png", content, contentId: CHART_ID };
}
