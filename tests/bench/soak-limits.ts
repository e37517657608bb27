/** Requests a minute of one key; far more than each key of the soak sends. */
export const LIMIT_PER_MINUTE = 3_000;
const TRIED = 4_000;
const AT_ONCE = 16;

export interface Limited {
  allowed: number;
  /** Beyond a minute the limit begins anew. */
  seconds: number;
}

/**
 * How many of 4,000 requests with one key, spread evenly over all servers, are let through: no more than the limit
 * where the servers count together.
 */
export async function countAllowed(ports: readonly number[], apiKey: string): Promise<Limited> {
  const startedAt = performance.now();
  const body = JSON.stringify({
    EventType: "Logon",
    UserName: "limited",
    ComputerName: "LIMITED",
    Timestamp: new Date().toISOString(),
  });
  let [next, allowed] = [0, 0];
  const client = async () => {
    while (next < TRIED) {
      const port = ports[next++ % ports.length]!;
      const headers = { "X-API-Key": apiKey };
      const answer = await fetch(`http://127.0.0.1:${port}/api/log_event`, { method: "POST", headers, body });
      await answer.arrayBuffer();
      if (answer.ok) allowed += 1;
      else if (answer.status !== 429) throw new Error(`Expected 429, got ${answer.status}.`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return { allowed, seconds: (performance.now() - startedAt) / 1000 };
}
