import { setTimeout as pause } from "node:timers/promises";
import { KeepAliveConnection, type ConnectionOwner } from "./keep-alive-connection";

/** Agents come and go, so that a server that is back gets its share. */
const REQUESTS_PER_CONNECTION = 50;
const SHORTEST_WAIT = 200;
const LONGEST_WAIT = 2_000;
const KINDS = ["Logon", "Lock", "Unlock", "Logoff"] as const;

export interface AgentOptions {
  number: number;
  port: number;
  apiKey: string;
  /** Of one request; 1 posts single events without an EventId. */
  events: number;
  /** Milliseconds between requests, on average. */
  gap: number;
  /** Epoch milliseconds. */
  until: number;
  /** @param dueAt epoch milliseconds. */
  acknowledged(dueAt: number, duplicates: number): void;
  again(why: string): void;
}

interface Answer {
  /** 0: the connection ended, or was refused. */
  status: number;
  body: string;
}

/**
 * One computer's agent. Its events wait their turn while an earlier request is under way, and a request that was not
 * acknowledged is sent again, the same, until it is.
 */
export class SoakAgent implements ConnectionOwner {
  readonly computer: string;
  acknowledgedEvents = 0;
  readonly #options: AgentOptions;
  #connection: KeepAliveConnection | undefined;
  #requests = 0;
  #settle: ((answer: Answer) => void) | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.computer = `SOAK-${options.number}`;
  }

  /** Sends at random moments until the time is over, and then until all is acknowledged. */
  async run(): Promise<void> {
    const { gap, until, events } = this.#options;
    // At least a millisecond an event lies between requests: no two events of an agent have the same time.
    const wait = () => events + -Math.log(1 - Math.random()) * Math.max(0, gap - events);
    let number = 0;
    for (let dueAt = Date.now() + Math.random() * gap; dueAt < until; dueAt += wait()) {
      const early = dueAt - Date.now();
      if (early > 0) await pause(early);
      await this.#deliver(this.#request(number, Math.floor(dueAt)), dueAt);
      number += 1;
    }
    this.#connection?.close();
  }

  async #deliver(request: string, dueAt: number): Promise<void> {
    for (let failures = 0; ; failures += 1) {
      const { status, body } = await this.#exchange(request);
      if (status === 200 || status === 201) {
        const duplicates = this.#duplicates(status, body);
        this.acknowledgedEvents += this.#options.events;
        return this.#options.acknowledged(dueAt, duplicates);
      }
      this.#options.again(status === 0 ? "connection" : String(status));
      // As the agent does: twice as long each time, drawn from the upper half.
      await pause(Math.min(SHORTEST_WAIT * 2 ** failures, LONGEST_WAIT) * (0.5 + Math.random() / 2));
    }
  }

  /** @throws Error when a batch was not taken whole. */
  #duplicates(status: number, body: string): number {
    if (this.#options.events === 1) return status === 200 ? 1 : 0;
    const { accepted, duplicates } = JSON.parse(body) as { accepted: number; duplicates: number };
    if (accepted + duplicates !== this.#options.events) throw new Error(`A batch was answered with ${body}`);
    return duplicates;
  }

  async #exchange(request: string): Promise<Answer> {
    if (this.#requests >= REQUESTS_PER_CONNECTION) this.#hangUp();
    try {
      this.#connection ??= await KeepAliveConnection.open(this.#options.port, this);
    } catch {
      return { status: 0, body: "" };
    }
    this.#requests += 1;
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#connection!.send(request);
    });
  }

  #hangUp(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#requests = 0;
    connection?.close();
  }

  answered(_connection: KeepAliveConnection, status: number, body: string): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.({ status, body });
  }

  lost(connection: KeepAliveConnection): void {
    if (connection !== this.#connection) return;
    this.#hangUp();
    this.answered(connection, 0, "");
  }

  /** The `number`th request, whose last event happens at `at` (epoch milliseconds). */
  #request(number: number, at: number): string {
    const { events, apiKey, port } = this.#options;
    const path = events === 1 ? "log_event" : "log_events";
    const made = Array.from({ length: events }, (_, i) =>
      this.#event(number * events + i, at - events + 1 + i),
    );
    const body = events === 1 ? made[0]! : `{"events":[${made.join(",")}]}`;
    return (
      `POST /api/${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-API-Key: ${apiKey}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    );
  }

  #event(number: number, at: number): string {
    const id = this.#options.events === 1 ? {} : { EventId: `${this.computer}/${number}` };
    return JSON.stringify({
      EventType: KINDS[number % KINDS.length],
      UserName: `soak.${this.#options.number}`,
      ComputerName: this.computer,
      LocalIP: "10.0.17.170",
      PublicIP: "203.0.113.9",
      Timestamp: new Date(at).toISOString(),
      retry: 0,
      ...id,
    });
  }
}
