import type { SeenEvent } from "./rule";

/** What rules together remember of an account; JSON. */
export interface AccountMemory {
  /** When it last began a session, epoch milliseconds; 0 for never. */
  last: number;
}

export function newAccountMemory(): AccountMemory {
  return { last: 0 };
}

/** A start of a session of the account. */
export function takeStart(memory: AccountMemory, event: SeenEvent): void {
  memory.last = Math.max(memory.last, event.at);
}
