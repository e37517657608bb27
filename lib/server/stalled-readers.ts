import type { ServerResponse } from "node:http";

/**
 * Breaks off the connection once its reader takes nothing of the answer for so long; one that is only waited for is
 * left alone. For each answer anew.
 *
 * Ending what writes the answer is not enough: it waits for the reader, and would keep the connection for ever.
 */
export function cutOffStalledReader(res: ServerResponse, patienceMilliseconds: number): void {
  // Node tells of a timeout only when nothing was taken of a write under way either.
  res.setTimeout(patienceMilliseconds, () => {
    if ((res.socket?.writableLength ?? 0) > 0) res.socket?.destroy();
  });
}
