/** An event as an agent writes it. */
export interface PostedEvent {
  EventType: string;
  UserName: string;
  ComputerName: string;
  Timestamp: string;
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
