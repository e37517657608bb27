import type { ServerProcess } from "../support/server-process";

const LOOK_MILLISECONDS = 25;
const REST_MILLISECONDS = 1_500;
const MEBIBYTE = 1024 * 1024;

/**
 * By how much a server's resident memory grew at most while the work went on, in MiB, above what it held at rest
 * before; null where the system does not tell.
 */
export async function memoryGrowth(server: ServerProcess, work: () => Promise<void>): Promise<number | null> {
  await new Promise((resolve) => setTimeout(resolve, REST_MILLISECONDS));
  const before = await server.residentBytes();
  let most = before?.now ?? 0;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      most = Math.max(most, (await server.residentBytes())?.now ?? 0);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    }
  };
  const watching = watch();
  try {
    await work();
  } finally {
    isOver = true;
    await watching;
  }
  return before && (most - before.now) / MEBIBYTE;
}
