import type { SeenEvent } from "@/lib/domain/detections/rule";
import { classifyEventType } from "@/lib/domain/events/kinds";
import { nameKey } from "@/lib/domain/events/wire";
import type { DemoEvent } from "@/scripts/demo/day";

/** Numbers for names, as the database gives them. */
export function numbering(): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    const key = nameKey(name);
    if (!known.has(key)) known.set(key, known.size + 1);
    return known.get(key)!;
  };
}

const text = (body: DemoEvent["body"], name: string) => String(body[name] ?? "");

/** The demo's events of one site as rules see them, stored in the order given and received at the instant. */
export function seenOfDemo(
  events: readonly DemoEvent[],
  receivedAt: number,
  accountOf = numbering(),
): SeenEvent[] {
  const computerOf = numbering();
  return events.map(({ at, body }, place) => ({
    id: place + 1,
    at,
    receivedAt,
    kind: classifyEventType(text(body, "EventType")),
    accountId: accountOf(text(body, "UserName")),
    computerId: computerOf(text(body, "ComputerName")),
    siteId: 1,
    address: text(body, "SourceIP") || text(body, "LocalIP"),
    publicAddress: text(body, "PublicIP") || null,
    logonType: body.LogonType === undefined ? null : Number(body.LogonType),
    codes: [body.SubStatus, body.Status]
      .filter((code) => code !== undefined)
      .map((code) => String(code).slice(2).toLowerCase()),
  }));
}
