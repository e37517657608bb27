import { connect, type RawSql } from "./client";

/** Channels of PostgreSQL NOTIFY between the servers of one database. */
export type Channel = "winauthmon_events" | "winauthmon_api_keys" | "winauthmon_access";

interface Subscription {
  onMessage(payload: string): void;
  /** Called at each (re)connect: what was cached meanwhile may have missed a message. */
  onConnect(): void;
}

interface Listener {
  url: string;
  sql: RawSql;
  isConnected: boolean;
  subscriptions: Map<Channel, Set<Subscription>>;
}

const shared = globalThis as { winauthmonListener?: Listener };

function listener(): Listener {
  const url = process.env.DATABASE_URL ?? "";
  if (shared.winauthmonListener?.url === url) return shared.winauthmonListener;
  const fresh: Listener = {
    url,
    isConnected: false,
    subscriptions: new Map(),
    sql: connect(url, {
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      onclose: () => {
        fresh.isConnected = false;
      },
    }),
  };
  shared.winauthmonListener = fresh;
  return fresh;
}

/** True while this process would hear of a change at once; caches live shorter when it is not. */
export function isListening(): boolean {
  return listener().isConnected;
}

/** Hears a channel until the returned function is called. Connects in the background and again after an outage. */
export function subscribe(channel: Channel, subscription: Subscription): () => void {
  const current = listener();
  let subscribers = current.subscriptions.get(channel);
  if (!subscribers) {
    subscribers = new Set();
    current.subscriptions.set(channel, subscribers);
    void listen(current, channel);
  } else if (current.isConnected) {
    subscription.onConnect();
  }
  subscribers.add(subscription);
  return () => subscribers.delete(subscription);
}

const RETRY_MILLISECONDS = 500;

async function listen(current: Listener, channel: Channel): Promise<void> {
  const subscribers = () => current.subscriptions.get(channel) ?? new Set<Subscription>();
  try {
    await current.sql.listen(
      channel,
      (payload) => {
        for (const subscriber of subscribers()) subscriber.onMessage(payload);
      },
      () => {
        current.isConnected = true;
        for (const subscriber of subscribers()) subscriber.onConnect();
      },
    );
  } catch {
    if (shared.winauthmonListener === current)
      setTimeout(() => void listen(current, channel), RETRY_MILLISECONDS).unref();
  }
}

/** Sends a message to every server, this one included. Payloads are at most 7,999 bytes. */
export async function notify(channel: Channel, payload: string): Promise<void> {
  await listener().sql.notify(channel, payload);
}

export async function stopListening(): Promise<void> {
  const current = shared.winauthmonListener;
  shared.winauthmonListener = undefined;
  await current?.sql.end({ timeout: 1 });
}
