/**
 * Aborted by what ends a program in a terminal: Ctrl-C, a kill, and the terminal being closed. A terminal that is gone takes
 * no more lines; what was begun is still brought to a good end.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => stop.abort());
  return stop.signal;
}
