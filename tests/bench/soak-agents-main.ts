import { SoakAgent } from "./soak-agent";
import type { Acknowledgements, SoakOrder, SoakOutcome } from "./soak-messages";

/** Grows as answers come, without a JavaScript number object for each. */
class Noted {
  readonly #dueAt: number[] = [];
  readonly #milliseconds: number[] = [];

  note(dueAt: number): void {
    this.#dueAt.push(dueAt);
    this.#milliseconds.push(Date.now() - dueAt);
  }

  all(): Acknowledgements {
    return { dueAt: Float64Array.from(this.#dueAt), milliseconds: Float64Array.from(this.#milliseconds) };
  }
}

async function soak({ port, apiKeys, seconds, singles, batches }: SoakOrder): Promise<SoakOutcome> {
  const until = Date.now() + seconds * 1000;
  const noted = { singles: new Noted(), batches: new Noted() };
  const outcome = { inTime: 0, duplicates: 0, retries: {} as Record<string, number> };
  const agents = Array.from({ length: singles.agents + batches.agents }, (_, number) => {
    const isSingle = number < singles.agents;
    const events = isSingle ? 1 : batches.events;
    return new SoakAgent({
      number,
      port,
      apiKey: apiKeys[number % apiKeys.length]!,
      events,
      gap: 1000 / (isSingle ? singles.perSecond : 1),
      until,
      acknowledged: (dueAt, duplicates) => {
        noted[isSingle ? "singles" : "batches"].note(dueAt);
        if (Date.now() <= until) outcome.inTime += events;
        outcome.duplicates += duplicates;
      },
      again: (why) => (outcome.retries[why] = (outcome.retries[why] ?? 0) + 1),
    });
  });
  await Promise.all(agents.map((agent) => agent.run()));
  return {
    ...outcome,
    agents: agents.map(({ computer, acknowledgedEvents }) => ({ computer, events: acknowledgedEvents })),
    singles: noted.singles.all(),
    batches: noted.batches.all(),
  };
}

// A process of its own, so that making load takes nothing from the servers' event loops or the bench's clock.
process.on("message", (order: SoakOrder) => {
  soak(order).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
