import type { Spread } from "./sample-events";

/** A piece of load the generator's process is asked for. */
export interface LoadOrder {
  port: number;
  apiKey: string;
  /** Several companies, whose keys take turns; without it all goes to the company of `apiKey`. */
  spread?: Spread & { apiKeys: readonly string[] };
  /** How many requests in all. */
  requests: number;
  connections: number;
  /** 1 posts single events; more posts batches of that many; 0 posts health checks of 10,000 computers. */
  eventsPerRequest: number;
  /** Number of the first event, and the instant (epoch milliseconds) of number 0. */
  firstEvent: number;
  since: number;
  /** Requests a second that arrive whether or not earlier ones were answered; absent = as fast as answers come. */
  arrivalsPerSecond?: number;
}

export interface LoadOutcome {
  seconds: number;
  /** How often each status came. */
  statuses: Record<string, number>;
  /** From a request's due time to its answer, so that waiting for a free connection counts; milliseconds. */
  latency: { p50: number; p99: number; max: number };
  /** The same of each request, in the order of the answers. */
  latencies: number[];
  /** Processor seconds the generator used itself. */
  cpuSeconds: number;
}
