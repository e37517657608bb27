import { availableParallelism } from "node:os";
import { processState } from "@/lib/process-state";

const queue = processState("long-statements", () => ({ running: 0, waiting: [] as (() => void)[] }));

/** A place is given up after this long: its statement may wait for a connection that a waiting report holds. */
const LONGEST_MILLISECONDS = 1_000;

/**
 * Runs a statement that reads for long, at most one fewer at a time than there are processors.
 *
 * Where PostgreSQL shares the machine with this server, more of them would keep agents waiting for a processor and
 * take no less time in all. Fairly: who asked first goes first.
 */
export async function runLongStatement<T>(statement: () => Promise<T>): Promise<T> {
  if (queue.running >= Math.max(1, availableParallelism() - 1))
    await new Promise<void>((resolve) => queue.waiting.push(resolve));
  else queue.running += 1;
  let isOver = false;
  const giveUpPlace = () => {
    if (isOver) return;
    isOver = true;
    const next = queue.waiting.shift();
    if (next) next();
    else queue.running -= 1;
  };
  const timer = setTimeout(giveUpPlace, LONGEST_MILLISECONDS);
  try {
    return await statement();
  } finally {
    clearTimeout(timer);
    giveUpPlace();
  }
}
