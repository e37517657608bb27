import type { TextKey, Wording } from "@/lib/domain/text";
import { isAppError, type ErrorCode } from "@/lib/errors";
import { currentRequestGone } from "@/lib/request-context";
import type { CompanyScope } from "@/lib/services/access/read-access";
import { runList } from "@/lib/services/reports/list-queue";
import { runReport } from "@/lib/services/reports/report-queue";
import type { CompanyView, SignedIn } from "./guards";

/** Why a report is not shown. */
export interface Refused {
  refusal: {
    title: TextKey;
    description: Wording;
    /** It may be shown in a moment as it is; else only with a shorter range or more filters. */
    isBusy: boolean;
  };
}

type Titles = Partial<Record<ErrorCode, TextKey>>;

const TITLE = {
  limited: "reports.refusedBusy",
  unavailable: "reports.refusedSlow",
  invalid: "reports.refused",
} as const satisfies Titles;

const LIST_TITLE = {
  limited: "reports.refusedListBusy",
  unavailable: "reports.refusedListSlow",
} as const satisfies Titles;

/** Who reads, as the queue of reports counts it. */
export function readerOf({ session }: SignedIn): string {
  return `user ${session.userId}`;
}

/** Reads a page's report when its turn comes; the one who asks counts as in the read API. */
export async function readInQueue<T extends object>(
  view: CompanyView,
  read: (scope: CompanyScope, signal: AbortSignal | undefined) => Promise<T>,
): Promise<T | Refused> {
  const signal = currentRequestGone();
  const asker = { reader: readerOf(view), scope: view.scope, signal };
  return orRefused(() => runReport(asker, (own) => read(own, signal)));
}

/** The same for a page of a list, whose place is kept until `rest` of it is there. */
export async function readListInQueue<T extends object>(
  view: CompanyView,
  read: (signal: AbortSignal | undefined) => Promise<T>,
  rest?: (read: T) => Promise<unknown>,
): Promise<T | Refused> {
  const signal = currentRequestGone();
  const asker = { reader: readerOf(view), scope: view.scope, signal };
  return orRefused(() => runList(asker, () => read(signal), rest), LIST_TITLE);
}

/** What is read, or why the queue or the report's bounds refuse it. */
export async function orRefused<T extends object>(
  read: () => Promise<T>,
  titles: Titles = TITLE,
): Promise<T | Refused> {
  try {
    return await read();
  } catch (error) {
    const title = isAppError(error) && titles[error.code];
    if (!title) throw error;
    return { refusal: { title, description: error.wording.message, isBusy: error.code === "limited" } };
  }
}
