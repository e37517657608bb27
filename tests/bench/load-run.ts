import { KeepAliveConnection, type ConnectionOwner } from "./keep-alive-connection";
import type { LoadOrder, LoadOutcome } from "./load-messages";
import { ONE_COMPANY, sampleEvent, wireJson, type Spread } from "./sample-events";

/** Requests up to this many bytes in all are made before the clock starts. */
const PREPARED_BYTES = 256 * 1024 * 1024;

const PATHS = ["/api/health", "/api/log_event"];
const HEALTHY_COMPUTERS = 10_000;

/** The half, the slowest hundredth and the slowest of latencies in any order, in their unit. */
export function summarise(latencies: readonly number[]): LoadOutcome["latency"] {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Carries out one order of load and reports what came of it. */
export class LoadRun implements ConnectionOwner {
  readonly #order: LoadOrder;
  /** Of each company. */
  readonly #heads: readonly string[];
  readonly #spread: Spread;
  readonly #dueAt = new Map<KeepAliveConnection, number>();
  readonly #statuses: Record<string, number> = {};
  readonly #latencies: number[] = [];
  #prepared: (string | Buffer)[] = [];
  #idle: KeepAliveConnection[] = [];
  #waiting: number[] = [];
  #sent = 0;
  #answered = 0;
  #finish: () => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  private constructor(order: LoadOrder) {
    this.#order = order;
    const path = PATHS[order.eventsPerRequest] ?? "/api/log_events";
    this.#spread = order.spread ?? ONE_COMPANY;
    this.#heads = (order.spread?.apiKeys ?? [order.apiKey]).map(
      (apiKey) =>
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${order.port}\r\nX-API-Key: ${apiKey}\r\n` +
        "Content-Type: application/json\r\nContent-Length: ",
    );
  }

  static async run(order: LoadOrder): Promise<LoadOutcome> {
    const run = new LoadRun(order);
    await run.#open();
    try {
      return await run.#work();
    } finally {
      for (const connection of run.#dueAt.keys()) connection.close();
    }
  }

  async #open(): Promise<void> {
    const { connections, port, requests } = this.#order;
    for (let i = 0; i < connections; i++) this.#idle.push(await KeepAliveConnection.open(port, this));
    let bytes = 0;
    while (this.#prepared.length < requests && bytes < PREPARED_BYTES) {
      const request = this.#request(this.#prepared.length);
      bytes += request.length;
      this.#prepared.push(request);
    }
  }

  async #work(): Promise<LoadOutcome> {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const finished = new Promise<void>((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    if (this.#order.arrivalsPerSecond) this.#arrive(this.#order.arrivalsPerSecond);
    else for (const connection of this.#idle.splice(0)) this.#sendNext(connection, performance.now());
    await finished;
    const seconds = (performance.now() - startedAt) / 1000;
    const used = process.cpuUsage(cpu);
    return {
      seconds,
      statuses: this.#statuses,
      latency: summarise(this.#latencies),
      latencies: this.#latencies,
      cpuSeconds: (used.user + used.system) / 1e6,
    };
  }

  #request(number: number): string | Buffer {
    const { eventsPerRequest, firstEvent, since } = this.#order;
    const { companies } = this.#spread;
    const company = number % companies;
    const head = this.#heads[company]!;
    const start = Math.floor(number / companies) * eventsPerRequest;
    const event = (turn: number) =>
      wireJson(sampleEvent(firstEvent + turn * companies + company, since, this.#spread));
    if (eventsPerRequest === 0) {
      const body = `{"ComputerName":"HEALTHY-${number % HEALTHY_COMPUTERS}","AgentVersion":"2.0.0"}`;
      return `${head}${body.length}\r\n\r\n${body}`;
    }
    if (eventsPerRequest === 1) {
      const body = event(start);
      return `${head}${body.length}\r\n\r\n${body}`;
    }
    const events = Array.from({ length: eventsPerRequest }, (_, i) => event(start + i));
    const body = `{"events":[${events.join(",")}]}`;
    return Buffer.from(`${head}${body.length}\r\n\r\n${body}`, "latin1");
  }

  /** Arrivals at random, seeded moments (a Poisson process): agents do not wait for one another. */
  #arrive(perSecond: number): void {
    let seed = 1;
    const gap = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return (-Math.log(seed / 2_147_483_647) / perSecond) * 1000;
    };
    let nextAt = performance.now() + gap();
    let arrived = 0;
    const tick = () => {
      for (const now = performance.now(); nextAt <= now && arrived < this.#order.requests; arrived += 1) {
        // In turn, as the server ends a connection that says nothing for long.
        const connection = this.#idle.shift();
        if (connection) this.#sendNext(connection, nextAt);
        else this.#waiting.push(nextAt);
        nextAt += gap();
      }
      if (arrived < this.#order.requests) setTimeout(tick, Math.max(0, nextAt - performance.now()));
    };
    tick();
  }

  #sendNext(connection: KeepAliveConnection, dueAt: number): void {
    if (this.#sent >= this.#order.requests) return;
    const request = this.#prepared[this.#sent] ?? this.#request(this.#sent);
    this.#sent += 1;
    this.#dueAt.set(connection, dueAt);
    connection.send(request);
  }

  answered(connection: KeepAliveConnection, status: number): void {
    const now = performance.now();
    this.#latencies.push(now - this.#dueAt.get(connection)!);
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#answered += 1;
    if (this.#answered === this.#order.requests) return this.#finish();
    if (!this.#order.arrivalsPerSecond) return this.#sendNext(connection, now);
    const dueAt = this.#waiting.shift();
    if (dueAt === undefined) this.#idle.push(connection);
    else this.#sendNext(connection, dueAt);
  }

  lost(_connection: KeepAliveConnection, hadRequest: boolean): void {
    const what = hadRequest ? "with a request under way" : "that waited for its turn";
    if (this.#answered < this.#order.requests)
      this.#fail(new Error(`The server closed a connection ${what}.`));
  }
}
