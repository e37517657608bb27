import { setTimeout as pause } from "node:timers/promises";
import { API_KEY } from "./bench-server";

const EVERY_MILLISECONDS = 2_000;
const PATIENCE_MILLISECONDS = 15_000;

export interface LiveOutcome {
  /** From the acknowledgement by another server until the live feed of the first told of it. */
  milliseconds: number[];
  missed: number;
}

/** A live view of the first company on one server, while other servers store that company's events. */
export class LiveWatch {
  readonly outcome: LiveOutcome = { milliseconds: [], missed: 0 };
  readonly #over = new AbortController();
  readonly #waiting = new Map<string, () => void>();
  #watching: Promise<unknown> = Promise.resolve();

  /** @param others the ports of the other servers that run at present. */
  async start(port: number, cookie: string, others: () => number[]): Promise<void> {
    const url = `http://127.0.0.1:${port}/api/events/stream?company=1&read_at=${Date.now()}`;
    const answer = await fetch(url, { headers: { cookie }, signal: this.#over.signal });
    if (answer.status !== 200) throw new Error(`The live feed was answered with ${answer.status}.`);
    this.#watching = Promise.all([this.#listen(answer.body!), this.#probe(others)]);
  }

  async stop(): Promise<void> {
    this.#over.abort();
    await this.#watching;
  }

  async #listen(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = "";
    try {
      for await (const chunk of body) {
        text = (text + decoder.decode(chunk, { stream: true })).slice(-100_000);
        for (const [name, found] of this.#waiting) if (text.includes(`"${name}"`)) found();
      }
    } catch (error) {
      if (!this.#over.signal.aborted) throw error;
    }
  }

  async #probe(others: () => number[]): Promise<void> {
    for (let number = 0; !this.#over.signal.aborted; number += 1) {
      const ports = others();
      const name = `probe.${number}`;
      const found = new Promise<void>((resolve) => this.#waiting.set(name, resolve));
      const isStored = await post(ports[number % ports.length]!, name);
      const startedAt = performance.now();
      if (isStored) {
        const late = new AbortController();
        const signal = AbortSignal.any([late.signal, this.#over.signal]);
        const isFound = await Promise.race([
          found.then(() => true),
          pause(PATIENCE_MILLISECONDS, false, { signal }).catch(() => false),
        ]);
        late.abort();
        if (isFound) this.outcome.milliseconds.push(performance.now() - startedAt);
        // The last one may still be on its way when the watch ends.
        else if (!this.#over.signal.aborted) this.outcome.missed += 1;
      }
      this.#waiting.delete(name);
      await pause(EVERY_MILLISECONDS, undefined, { signal: this.#over.signal }).catch(() => undefined);
    }
  }
}

/** False when the server was killed meanwhile. */
async function post(port: number, UserName: string): Promise<boolean> {
  const Timestamp = new Date().toISOString();
  const body = JSON.stringify({ EventType: "Logon", UserName, ComputerName: "PROBE", Timestamp });
  const answer = fetch(`http://127.0.0.1:${port}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": API_KEY },
    body,
  });
  return answer.then(
    ({ status }) => status === 201,
    () => false,
  );
}
