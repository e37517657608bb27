// The thread that writes Excel and PDF files, bundled as dist/export-worker-main.mjs. See in-worker.ts.
import { parentPort, workerData } from "node:worker_threads";
import { stepBehind } from "@/lib/background-thread";
import type { PlainCells } from "@/lib/domain/reports/report-table";
import { writeHeavyFile, type HeavyFile } from "./heavy-file";
import type { FromWorker, ToWorker } from "./in-worker";

const port = parentPort!;
const tell = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

async function* batches(
  onEnd: (totals: readonly PlainCells[]) => void,
): AsyncGenerator<readonly PlainCells[]> {
  for (;;) {
    const coming = new Promise<ToWorker>((resolve) => port.once("message", resolve));
    tell({ type: "wanted" });
    const message = await coming;
    if (message.type === "end") {
      onEnd(message.totals);
      return;
    }
    yield message.rows;
  }
}

async function main(): Promise<void> {
  stepBehind();
  let totals: readonly PlainCells[] = [];
  const rows = batches((last) => {
    totals = last;
  });
  for await (const chunk of writeHeavyFile(workerData as HeavyFile, rows, () => totals)) {
    // Small buffers share their memory with others, which newer releases of Node.js don't let go to another thread.
    const bytes = new Uint8Array(chunk);
    tell({ type: "chunk", bytes }, [bytes.buffer]);
  }
  tell({ type: "done" });
  port.close();
}

void main();
