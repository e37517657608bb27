/** What the agents' process is asked for. */
export interface SoakOrder {
  /** Of the load balancer. */
  port: number;
  /** Of each company; agents are spread over them. */
  apiKeys: readonly string[];
  seconds: number;
  /** Agents that send single events, as the original's do, and how many each sends a second. */
  singles: { agents: number; perSecond: number };
  /** Agents that send batches, and how many events a batch holds; each sends a batch a second. */
  batches: { agents: number; events: number };
}

/** What an agent had acknowledged, by its computer. */
export interface Acknowledged {
  computer: string;
  events: number;
}

export interface Acknowledgements {
  /** When each request was due, epoch milliseconds, and how long after that it was acknowledged. */
  dueAt: Float64Array;
  milliseconds: Float64Array;
}

export interface SoakOutcome {
  agents: Acknowledged[];
  singles: Acknowledgements;
  batches: Acknowledgements;
  /** Events acknowledged before the time was over. */
  inTime: number;
  /** Why requests were sent again: a status, or "connection". */
  retries: Record<string, number>;
  /** Events that were sent again and turned out to be stored. */
  duplicates: number;
}
