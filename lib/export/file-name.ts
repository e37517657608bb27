import { localDateOf } from "@/lib/domain/zones";
import { daysOf, type ExportHeading } from "./heading";

const COMPANY_LENGTH = 60;

/**
 * `time-spent_Acme_2026-11-01_2026-11-30.csv`: report, company, first and last day; the one day of a moment; without a
 * range the day it is made.
 */
export function exportFileName(
  report: string,
  heading: Pick<ExportHeading, "companyName" | "range" | "zone" | "madeAt">,
  extension: string,
): string {
  const days = daysOf(heading);
  const isMoment = heading.range !== null && heading.range.from === heading.range.to;
  if (isMoment) return `${report}_${namePart(heading.companyName)}_${days!.first}.${extension}`;
  const range = days ? `${days.first}_${days.last}` : localDateOf(heading.madeAt, heading.zone);
  return `${report}_${namePart(heading.companyName)}_${range}.${extension}`;
}

/** A name as every file system takes it, and without what stands between the parts. */
function namePart(name: string): string {
  const plain = name
    .normalize("NFC")
    .replaceAll(/[\p{C}\s_<>:"/\\|?*%]+/gu, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
  return [...plain].slice(0, COMPANY_LENGTH).join("") || "company";
}

/** The header that makes a download of it, as RFC 6266 asks: plain letters for old readers, RFC 5987 for all others. */
export function attachmentHeader(fileName: string): string {
  const plain = fileName
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^\x20-\x7e]|["\\]/g, "-");
  const encoded = encodeURIComponent(fileName).replaceAll(/['()*]/g, (letter) => {
    return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
