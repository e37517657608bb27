import { isAppError, type ErrorCode } from "@/lib/errors";
import { currentRequestGone } from "@/lib/request-context";
import type { CompanyScope } from "@/lib/services/access/read-access";
import { runReport } from "@/lib/services/reports/report-queue";
import type { CompanyView, SignedIn } from "./guards";

/** Why a report is not shown, in words for its page. */
export interface Refused {
  refusal: {
    title: string;
    description: string;
    /** It may be shown in a moment as it is; else only with a shorter range or more filters. */
    isBusy: boolean;
  };
}

const TITLE: Partial<Record<ErrorCode, string>> = {
  limited: "Too many reports are running",
  unavailable: "This report takes too long",
  invalid: "This report cannot be shown",
};

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

/** What is read, or in words why the queue or the report's bounds refuse it. */
export async function orRefused<T extends object>(read: () => Promise<T>): Promise<T | Refused> {
  try {
    return await read();
  } catch (error) {
    const title = isAppError(error) ? TITLE[error.code] : undefined;
    if (!isAppError(error) || title === undefined) throw error;
    return { refusal: { title, description: error.message, isBusy: error.code === "limited" } };
  }
}
