import { availableParallelism } from "node:os";

// One count a process: server.ts and Next are bundled apart.
const shared = globalThis as { winauthmonLongStatements?: Record<LongWork, Queue> };

/** Reports wait holding a connection, exports before they take one: in one queue they could wait for each other. */
export type LongWork = "report" | "export";

interface Queue {
  running: number;
  waiting: (() => void)[];
}

/**
 * Runs a statement that reads for long, of each kind at most one fewer at a time than there are processors.
 *
 * Where PostgreSQL shares the machine with this server, more of them would keep agents waiting for a processor and
 * take no less time in all. Fairly: who asked first goes first.
 */
export async function runLongStatement<T>(work: LongWork, statement: () => Promise<T>): Promise<T> {
  const queues = (shared.winauthmonLongStatements ??= {
    report: { running: 0, waiting: [] },
    export: { running: 0, waiting: [] },
  });
  const queue = queues[work];
  if (queue.running >= Math.max(1, availableParallelism() - 1))
    await new Promise<void>((resolve) => queue.waiting.push(resolve));
  else queue.running += 1;
  try {
    return await statement();
  } finally {
    const next = queue.waiting.shift();
    if (next) next();
    else queue.running -= 1;
  }
}
