import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { processState } from "@/lib/process-state";
import { env } from "./env";

const PREFIX = "winauthmon_";

/** Makes every metric. Labels come from fixed lists: nothing of a company, account or address ever becomes one. */
function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter<Label>({ name: PREFIX + name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge<Label>({ name: PREFIX + name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: PREFIX + name, help, buckets, registers });
  const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  return {
    registry,
    ...makeQueueMetrics(registry),
    build: gauge("build_info", "The release that runs; always 1.", ["version", "commit"]),
    events: counter("events_total", "Events of agents by result.", ["outcome"]),
    rejections: counter("rejections_total", "Refused requests and events by reason.", ["reason"]),
    agentRequests: counter("agent_requests_total", "Answers to agents.", ["path", "status"]),
    ingestSeconds: histogram(
      "ingest_seconds",
      "From an agent's request to its answer, events only.",
      seconds,
    ),
    commitEvents: histogram(
      "commit_events",
      "Events stored by one commit.",
      [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
    ),
    commitSeconds: histogram("commit_seconds", "How long one commit of events took.", seconds),
    queueEvents: gauge("commit_queue_events", "Events waiting for their commit."),
    liveFeeds: gauge("live_feeds", "Open live views."),
    signInFailures: counter("sign_in_failures_total", "Refused sign-ins.", ["reason"]),
    databaseUp: gauge("database_up", "1 while the database answers."),
    databaseSeconds: gauge("database_ping_seconds", "Waiting for a connection and one round trip."),
    databaseConnections: gauge("database_connections", "Connections of all servers to the database.", [
      "use",
      "state",
    ]),
    replicaLagSeconds: gauge(
      "replica_lag_seconds",
      "How far a replica is behind the primary; +Inf if unknown.",
      ["replica"],
    ),
    replicaReads: counter("replica_reads_total", "Reports and lists read from a replica.", ["replica"]),
    poolSize: gauge("database_pool_size", "Most connections this server opens for screens and reports."),
    jobRuns: counter("job_runs_total", "Runs of scheduled jobs on this server.", ["job", "outcome"]),
    jobOverdue: gauge("job_overdue_seconds", "How long a job has been due without starting.", ["job"]),
    jobSuccess: gauge("job_last_success_timestamp_seconds", "When a job last succeeded.", ["job"]),
  };
}

function makeQueueMetrics(registry: Registry) {
  const registers = [registry];
  return {
    queueEntries: new Gauge({
      name: `${PREFIX}queue_entries`,
      help: "Entries of each queue.",
      labelNames: ["queue", "state"],
      registers,
    }),
    queueOldestSeconds: new Gauge({
      name: `${PREFIX}queue_oldest_seconds`,
      help: "How long the longest due entry has waited.",
      labelNames: ["queue"],
      registers,
    }),
    rulesStalled: new Gauge({
      name: `${PREFIX}rules_stalled_seconds`,
      help: "How long rules have checked no event of a company although events wait.",
      registers,
    }),
    deliveryAttempts: new Counter({
      name: `${PREFIX}delivery_attempts_total`,
      help: "This server's attempts to deliver a message, by result.",
      labelNames: ["type", "result"],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof makeMetrics>;

/** The metrics, or undefined while METRICS_TOKEN is not set: then nothing is counted either. */
export function metrics(): Metrics | undefined {
  return env().METRICS_TOKEN === undefined ? undefined : processState("metrics", makeMetrics);
}

const EVENT_FIELDS = new Set(["EventType", "UserName", "ComputerName", "Timestamp", "events"]);

/** Counts an event or body refused for what stands in a field. */
export function countRejectedField(field: string | undefined): void {
  metrics()?.rejections.inc({
    reason: field && EVENT_FIELDS.has(field) ? field : field ? "other field" : "body",
  });
}
