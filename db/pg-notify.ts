import { sql } from "drizzle-orm";
import { processState } from "@/lib/process-state";
import { connect, type RawSql, type Transaction } from "./client";

/** What the servers of one database tell each other about by PostgreSQL NOTIFY. */
export type Topic =
  | "winauthmon_events"
  | "winauthmon_api_keys"
  | "winauthmon_access"
  | "winauthmon_queue"
  | "winauthmon_news";

interface TopicListener {
  onMessage(payload: string): void;
  /** Called at each (re)connect: what was cached meanwhile may have missed a message. */
  onConnect(): void;
}

interface Hearing {
  url: string;
  sql: RawSql;
  isConnected: boolean;
  listeners: Map<Topic, Set<TopicListener>>;
}

const shared = processState("pg-notify", (): { hearing?: Hearing | undefined } => ({}));

function hearing(): Hearing {
  const url = process.env.DATABASE_URL ?? "";
  if (shared.hearing?.url === url) return shared.hearing;
  const fresh: Hearing = {
    url,
    isConnected: false,
    listeners: new Map(),
    sql: connect(url, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      // A message is nothing to keep: without this each would wait for the disk, and make agents' commits wait.
      connection: { synchronous_commit: "off" },
      onclose: () => {
        fresh.isConnected = false;
      },
    }),
  };
  shared.hearing = fresh;
  return fresh;
}

/** True while this process learns of changes immediately; otherwise caches expire sooner. */
export function isListening(): boolean {
  return hearing().isConnected;
}

/** Hears a topic until the returned function is called. Connects in the background and again after an outage. */
export function listenTo(topic: Topic, listener: TopicListener): () => void {
  const current = hearing();
  let listeners = current.listeners.get(topic);
  if (!listeners) {
    listeners = new Set();
    current.listeners.set(topic, listeners);
    void listen(current, topic);
  } else if (current.isConnected) {
    listener.onConnect();
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const RETRY_MILLISECONDS = 500;

async function listen(current: Hearing, topic: Topic): Promise<void> {
  const listeners = () => current.listeners.get(topic) ?? new Set<TopicListener>();
  try {
    await current.sql.listen(
      topic,
      (payload) => {
        for (const listener of listeners()) listener.onMessage(payload);
      },
      () => {
        current.isConnected = true;
        for (const listener of listeners()) listener.onConnect();
      },
    );
  } catch {
    if (shared.hearing === current) setTimeout(() => void listen(current, topic), RETRY_MILLISECONDS).unref();
  }
}

/** Sends a message to every server, this one included. Payloads are at most 7,999 bytes. */
export async function publish(topic: Topic, payload: string): Promise<void> {
  await hearing().sql.notify(topic, payload);
}

/** Sends a message to every server once the transaction is committed, and none if it isn't. */
export async function publishWithin(tx: Transaction, topic: Topic, payload: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${topic}, ${payload})`);
}

export async function stopListening(): Promise<void> {
  const current = shared.hearing;
  shared.hearing = undefined;
  await current?.sql.end({ timeout: 1 });
}
