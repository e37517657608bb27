import type { Reader, Text } from "../text";
import { writeMail, type MailBlock, type MailWords, type WrittenMail } from "./layout";
import { text } from "./mail-parts";

/** A scheduled report as its mail tells it. Nothing is taken for HTML. */
export interface ReportMail {
  /** The saved view's name. */
  view: string;
  company: string;
  /** What stands above a file's rows: company, range, filters, zone. */
  heading: readonly (readonly [MailWords, MailWords])[];
  content:
    | { kind: "file"; fileName: string }
    /** The file was too large; null where the portal's own address is not known. */
    | { kind: "link"; url: string | null; most: string }
    | {
        kind: "summary";
        rowCount: number;
        headers: readonly MailWords[];
        rows: readonly (readonly string[])[];
        /** null where the report has no chart. */
        picture: { title: string; contentId: string; text: MailWords } | null;
      };
  owner: string;
  /** "Every Monday at 07:30 (Europe/Berlin)". */
  when: string | Text;
  address: string;
  /** null while the public address is not set. */
  unsubscribeUrl: string | null;
}

/** The mail to one recipient. */
export function writeReportMail(
  { view, company, heading, content, owner, when, address, unsubscribeUrl }: ReportMail,
  reader: Reader,
): WrittenMail {
  const footer: Text[] = [{ key: "mails.reportSentTo", values: { address, owner, when } }];
  if (unsubscribeUrl === null) footer.push({ key: "mails.reportStop", values: { owner, company } });
  const mail = {
    subject: { key: "mails.subject", values: { sender: company, title: view } },
    title: view,
    tone: "neutral",
    blocks: [{ kind: "facts", facts: [...heading, ...chartFact(content)] }, ...blocksOf(content)],
    footer: [...footer, { key: "mails.replies" }],
    unsubscribeUrl,
  } as const;
  return writeMail(mail, reader);
}

function chartFact(content: ReportMail["content"]): [Text, string][] {
  return content.kind === "summary" && content.picture
    ? [[{ key: "mails.chart" }, content.picture.title]]
    : [];
}

function blocksOf(content: ReportMail["content"]): MailBlock[] {
  if (content.kind === "file") {
    return [text({ key: "mails.reportAttached", values: { fileName: content.fileName } })];
  }
  if (content.kind === "link") {
    const { url, most } = content;
    return url === null
      ? [text({ key: "mails.reportTooLarge", values: { most } })]
      : [
          text({ key: "mails.reportTooLargeLink", values: { most } }),
          { kind: "button", label: { key: "mails.openReport" }, url },
        ];
  }
  const { rowCount, headers, rows, picture } = content;
  const shown: Text | null =
    rows.length < rowCount
      ? { key: "mails.firstRows", values: { shown: rows.length, total: rowCount } }
      : null;
  return [
    ...(picture ? [{ kind: "picture" as const, contentId: picture.contentId, text: picture.text }] : []),
    ...(rowCount === 0 ? [text({ key: "mails.noRows" })] : []),
    ...(shown ? [text(shown)] : []),
    ...(rows.length > 0 ? [{ kind: "table" as const, headers, rows }] : []),
  ];
}
