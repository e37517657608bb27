import { listenTo } from "@/db/pg-notify";

/** Calls back whenever somebody's rights changed, on whichever server, until the returned function is called. */
export function watchAccess(onChange: () => void): () => void {
  return listenTo("winauthmon_access", { onMessage: onChange, onConnect: () => undefined });
}
