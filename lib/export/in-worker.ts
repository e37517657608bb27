import { Worker } from "node:worker_threads";
import { threadProgram } from "@/lib/background-thread";
import {
  NO_TOTALS,
  type PlainCells,
  type PlainBatches,
  type PlainTotals,
} from "@/lib/domain/reports/report-table";
import { writeHeavyFile, type HeavyFile } from "./heavy-file";

export type ToWorker =
  | { type: "rows"; rows: readonly PlainCells[] }
  | { type: "end"; totals: readonly PlainCells[] };
export type FromWorker =
  | { type: "wanted" }
  | { type: "chunk"; bytes: Uint8Array<ArrayBuffer> }
  | { type: "done" };

const MOST_MEGABYTES = 1_024;

interface WorkerOptions {
  /** Raised, the thread is ended at once. */
  signal: AbortSignal;
  totals?: PlainTotals | undefined;
  /** The bundled thread; null writes in this thread. */
  program?: string | null;
}

/**
 * Writes the file in a thread of its own where there is one to start, so that agents need not wait for it; while a batch
 * is written the next one is read. How many files are written at once is up to the queue that the caller is in.
 */
export async function* writeInWorker(
  file: HeavyFile,
  batches: PlainBatches,
  { signal, totals = NO_TOTALS, program = threadProgram("export-worker-main") }: WorkerOptions,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  if (program === null) yield* writeHeavyFile(file, batches, totals);
  else yield* writeWith(startWorker(program, file), batches, totals, signal);
}

function startWorker(program: string, file: HeavyFile): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: MOST_MEGABYTES };
  return new Worker(program, { workerData: file, resourceLimits });
}

async function* writeWith(
  worker: Worker,
  batches: PlainBatches,
  totals: PlainTotals,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const inbox = new Inbox(worker);
  const rows = batches[Symbol.asyncIterator]();
  const end = () => void worker.terminate();
  signal.addEventListener("abort", end, { once: true });
  let coming = readAhead(rows);
  try {
    for (;;) {
      const message = await inbox.next();
      if (message.type === "done") return;
      if (message.type === "chunk") yield message.bytes;
      else {
        const { value, done } = await coming;
        const answer: ToWorker = done ? { type: "end", totals: totals() } : { type: "rows", rows: value };
        worker.postMessage(answer);
        if (!done) coming = readAhead(rows);
      }
    }
  } finally {
    signal.removeEventListener("abort", end);
    await Promise.all([worker.terminate(), rows.return?.()]);
  }
}

/** Prefetches a batch. Its error is raised when the batch is requested, and dropped if the file ends first. */
function readAhead<T>(rows: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const batch = rows.next();
  batch.catch(() => undefined);
  return batch;
}

/** Waits for a worker's messages, in their order. The worker's death rejects the wait. */
class Inbox {
  private readonly messages: FromWorker[] = [];
  private failure: Error | null = null;
  private wake: (() => void) | null = null;

  constructor(worker: Worker) {
    const arrived = () => this.wake?.();
    worker.on("message", (message: FromWorker) => {
      this.messages.push(message);
      arrived();
    });
    worker.on("error", (error) => {
      this.failure = error;
      arrived();
    });
    worker.on("exit", () => {
      this.failure ??= new Error("The thread that writes a file has ended before the file.");
      arrived();
    });
  }

  async next(): Promise<FromWorker> {
    for (;;) {
      const message = this.messages.shift();
      if (message) return message;
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = null;
    }
  }
}
