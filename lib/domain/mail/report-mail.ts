import { writeMail, type MailBlock, type WrittenMail } from "./layout";

/** A scheduled report as its mail tells it. Texts are in words; nothing is taken for HTML. */
export interface ReportMail {
  /** The saved view's name. */
  view: string;
  company: string;
  /** What stands above a file's rows: company, range, filters, zone. */
  heading: readonly (readonly [string, string])[];
  content:
    | { kind: "file"; fileName: string }
    /** The file was too large; null where the portal's own address is not known. */
    | { kind: "link"; url: string | null; most: string }
    | {
        kind: "summary";
        rowCount: number;
        headers: readonly string[];
        rows: readonly (readonly string[])[];
        /** null where the report has no chart. */
        picture: { title: string; contentId: string; text: string } | null;
      };
  owner: string;
  /** "Every Monday at 07:30 (Europe/Berlin)". */
  when: string;
  address: string;
  /** null while the public address is not set. */
  unsubscribeUrl: string | null;
}

/** The mail to one recipient. */
export function writeReportMail({
  view,
  company,
  heading,
  content,
  owner,
  when,
  address,
  unsubscribeUrl,
}: ReportMail): WrittenMail {
  return writeMail({
    subject: `${company}: ${view}`,
    title: view,
    tone: "neutral",
    blocks: [{ kind: "facts", facts: [...heading, ...chartFact(content)] }, ...blocksOf(content)],
    footer: [
      `WinAuthMon sends this to ${address}. ${owner} scheduled it: ${when}.`,
      unsubscribeUrl === null
        ? `To stop receiving it, ask ${owner} or an administrator of ${company}. Replies are not read.`
        : "Replies are not read.",
    ],
    unsubscribeUrl,
  });
}

function chartFact(content: ReportMail["content"]): [string, string][] {
  return content.kind === "summary" && content.picture ? [["Chart", content.picture.title]] : [];
}

function blocksOf(content: ReportMail["content"]): MailBlock[] {
  const text = (words: string): MailBlock => ({ kind: "text", text: words });
  if (content.kind === "file") return [text(`The report is attached: ${content.fileName}`)];
  if (content.kind === "link") {
    const why = `The file is larger than ${content.most}, so it is not attached.`;
    if (content.url === null) return [text(`${why} Sign in to WinAuthMon to export it.`)];
    return [
      text(`${why} Sign in to see the same rows, and choose Export for the file.`),
      { kind: "button", label: "Open the report", url: content.url },
    ];
  }
  const { rowCount, headers, rows, picture } = content;
  const shown =
    rows.length < rowCount ? `The first ${rows.length} of ${rowCount.toLocaleString("en")} rows:` : null;
  return [
    ...(picture ? [{ kind: "picture" as const, contentId: picture.contentId, text: picture.text }] : []),
    ...(rowCount === 0 ? [text("There are no rows.")] : []),
    ...(shown ? [text(shown)] : []),
    ...(rows.length > 0 ? [{ kind: "table" as const, headers, rows }] : []),
  ];
}
