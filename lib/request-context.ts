import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { dateOrderOf, paperOf, type DateOrder, type Paper } from "@/lib/domain/date-order";
import type { Locale } from "@/lib/domain/locales";
import { processState } from "@/lib/process-state";
import { tellReader } from "@/lib/reader";

// server.ts opens the context, Next's bundle reads it.
interface RequestContext {
  id: string;
  gone?: AbortSignal | undefined;
  dateOrder?: DateOrder;
  locale?: Locale;
  paper?: Paper;
  hasEndedPage?: boolean;
}

const context = processState("request", () => new AsyncLocalStorage<RequestContext>());
tellReader(() => context.getStore());

export const REQUEST_ID_HEADER = "x-request-id";
const USABLE = /^[\w.:-]{8,100}$/;

/** The id a client or proxy gave its request when it is fit for a log, else a new one. */
export function requestIdFrom(sent: string | null | undefined): string {
  return sent && USABLE.test(sent) ? sent : randomUUID();
}

interface RequestFacts {
  /** Raised when the client leaves. */
  gone?: AbortSignal;
  /** As the browser sent it. */
  acceptLanguage?: string | undefined;
}

/** Everything `work` logs, and what it starts, carries the request's id; the facts can be asked for. */
export function withRequestId<Result>(
  requestId: string,
  work: () => Result,
  { gone, acceptLanguage }: RequestFacts = {},
): Result {
  return context.run(
    { id: requestId, gone, dateOrder: dateOrderOf(acceptLanguage), paper: paperOf(acceptLanguage) },
    work,
  );
}

/** The id of the request this code runs for, where server.ts is in front. */
export function currentRequestId(): string | undefined {
  return context.getStore()?.id;
}

/** Raised when the client leaves, where server.ts is in front; Next doesn't tell pages of it. */
export function currentRequestGone(): AbortSignal | undefined {
  return context.getStore()?.gone;
}

/** Notes the reader's language once it is known, for what formats dates and numbers. */
export function noteLocale(locale: Locale): void {
  const request = context.getStore();
  if (request) request.locale = locale;
}

/** What the reader prints on; A4 outside a request. */
export function currentPaper(): Paper {
  return context.getStore()?.paper ?? "a4";
}

/** Notes that this request has deleted what its page is about, which is drawn once more behind it. */
export function notePageEnded(): void {
  const request = context.getStore();
  if (request) request.hasEndedPage = true;
}

/** Whether what this request's page is about was deleted by it. */
export function hasPageEnded(): boolean {
  return context.getStore()?.hasEndedPage === true;
}
