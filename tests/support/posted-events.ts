/** An event as an agent writes it. */
export interface PostedEvent {
  EventType: string;
  UserName: string;
  ComputerName: string;
  Timestamp: string;
}

const DAY_MS = 86_400_000;

/** The day so many before today as `YYYY-MM-DD`, UTC, which is the zone of the journeys' portals. */
export function dayBack(back: number): string {
  return new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10);
}

/** An event so many days ago at `HH:mm:ss` UTC. */
export function eventBack(
  type: string,
  user: string,
  computer: string,
  back: number,
  time: string,
  more: object = {},
): PostedEvent {
  const Timestamp = `${dayBack(back)}T${time}Z`;
  return { EventType: type, UserName: user, ComputerName: computer, Timestamp, ...more };
}

const BATCH = 40;

/** Sends events to the agent API one after another: singly and in batches by turns, as agents do after an outage. */
export async function postEvents(
  baseUrl: string,
  apiKey: string,
  events: readonly PostedEvent[],
): Promise<void> {
  for (let sent = 0, turn = 0; sent < events.length; turn += 1) {
    const isSingle = turn % 2 === 0;
    const batch = events.slice(sent, sent + (isSingle ? 1 : BATCH));
    const response = await fetch(`${baseUrl}/api/${isSingle ? "log_event" : "log_events"}`, {
      method: "POST",
      headers: { "X-API-Key": apiKey, "Content-Type": "application/json" },
      body: JSON.stringify(isSingle ? batch[0] : { events: batch }),
    });
    const answer = (await response.json()) as { rejected?: unknown[] };
    if (!response.ok || (answer.rejected?.length ?? 0) > 0) throw new Error(JSON.stringify(answer));
    sent += batch.length;
  }
}
