import { logger } from "@/lib/logger";

/**
 * Answers with what is written piece by piece, each only when the one before it has been taken.
 *
 * Waits for the first piece, so that an error before it is an answer with its own status. A later one breaks the
 * connection off: what is cut short must not look whole. Who stops listening stops the writing.
 */
export async function streamResponse(
  pieces: AsyncGenerator<string | Uint8Array>,
  headers: Record<string, string>,
  abort: AbortController,
): Promise<Response> {
  const first = await pieces.next();
  const encoder = new TextEncoder();
  const bytes = (piece: string | Uint8Array) => (typeof piece === "string" ? encoder.encode(piece) : piece);
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (first.done) controller.close();
        else controller.enqueue(bytes(first.value));
      },
      async pull(controller) {
        try {
          const { value, done } = await pieces.next();
          if (done) return controller.close();
          controller.enqueue(bytes(value));
        } catch (error) {
          if (!abort.signal.aborted) logger.error({ err: error }, "an answer of the read API broke off");
          controller.error(error);
        }
      },
      async cancel() {
        abort.abort();
        await pieces.return(undefined).catch(() => undefined);
      },
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
