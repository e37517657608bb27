import { env } from "@/lib/env";
import { isAppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import type { Place } from "@/lib/services/reports/fair-queue";

/** A reader that leaves a piece lying for so long is slow: others may have the place meanwhile. */
const SLOW_MILLISECONDS = 100;

interface Streaming {
  abort: AbortController;
  /** In the report queue; lent while the reader is slow and left at the end. */
  place?: Place | undefined;
}

/**
 * Answers with what is written piece by piece, each only when the one before it has been taken.
 *
 * Waits for the first piece, so that an error before it is an answer with its own status. A later one breaks the
 * connection off: what is cut short must not look whole. Who stops listening stops the writing, and so does a reader
 * that takes nothing for DOWNLOAD_STALL_SECONDS.
 */
export async function streamResponse(
  pieces: AsyncGenerator<string | Uint8Array>,
  headers: Record<string, string>,
  { abort, place }: Streaming,
): Promise<Response> {
  const writing = new Writing(pieces, abort, place);
  const first = await writing.next();
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => writing.hand(controller, first),
      async pull(controller) {
        try {
          writing.hand(controller, await writing.next());
        } catch (error) {
          if (isAppError(error) && error.code === "unauthenticated") {
            logger.info("Download ended because its reader may no longer have it");
          } else if (!abort.signal.aborted) {
            logger.error({ err: error }, "Read API response failed partway");
          }
          controller.error(error);
        }
      },
      cancel: () => writing.end(),
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      // no-transform: compressing megabytes would take the processor from the agents, and hide the progress.
      "Cache-Control": "no-store, no-transform",
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}

type Pieces = AsyncGenerator<string | Uint8Array>;
type Step = IteratorResult<string | Uint8Array, unknown>;

/** The writing behind one answer, which ends once: with its pieces, its error, its reader or its reader's patience. */
class Writing {
  readonly #pieces: Pieces;
  readonly #abort: AbortController;
  readonly #place: Place | undefined;
  readonly #encoder = new TextEncoder();
  readonly #endOnAbort = () => void this.end();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(pieces: Pieces, abort: AbortController, place: Place | undefined) {
    this.#pieces = pieces;
    this.#abort = abort;
    this.#place = place;
    abort.signal.addEventListener("abort", this.#endOnAbort, { once: true });
  }

  async next(): Promise<Step> {
    clearTimeout(this.#timer);
    try {
      await this.#place?.takeAgain(this.#abort.signal);
      const step = await this.#pieces.next();
      if (step.done) this.#settle();
      return step;
    } catch (error) {
      this.#settle();
      void this.#pieces.return(undefined).catch(() => undefined);
      throw error;
    }
  }

  hand(controller: ReadableStreamDefaultController<Uint8Array>, { value, done }: Step): void {
    if (done) return controller.close();
    const piece = value as string | Uint8Array;
    controller.enqueue(typeof piece === "string" ? this.#encoder.encode(piece) : piece);
    this.#awaitReader(controller);
  }

  /** The reader is gone. */
  async end(): Promise<void> {
    if (this.#isOver) return;
    this.#settle();
    this.#abort.abort();
    await this.#pieces.return(undefined).catch(() => undefined);
  }

  #awaitReader(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#isOver) return;
    this.#timer = setTimeout(() => {
      this.#place?.lend();
      this.#timer = setTimeout(() => {
        logger.info("Download cut off because the client stopped reading");
        controller.error(new Error("The client stopped reading."));
        void this.end();
      }, env().DOWNLOAD_STALL_SECONDS * 1_000).unref();
    }, SLOW_MILLISECONDS).unref();
  }

  #settle(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#abort.signal.removeEventListener("abort", this.#endOnAbort);
    this.#place?.leave();
  }
}
