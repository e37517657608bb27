import { KEPT_FOREVER, OTHER_KEPT_DAYS, SHORT_KEPT_DAYS } from "./kept";
import type { Memories } from "./memories";

const DAY = 86_400_000;
/** Subjects remembered at once, some hundred bytes to a few kilobytes each. */
const MOST_MEMORIES = 200_000;

/** What rules remember while they are asked about the past, without what they would have forgotten. */
export class RecentMemories {
  readonly memories: Memories = new Map();
  /** There were more subjects at once than can be held, and those not seen for longest were given up. */
  isOverfull = false;
  /** When each was last touched, the longest ago first, by the days that such are kept. */
  readonly #touchedAt = new Map<number, Map<string, number>>();

  constructor(readonly most = MOST_MEMORIES) {}

  /** Notes what a batch of events changed and forgets; `at`: when its last event was received, epoch milliseconds. */
  touch(changed: Iterable<string>, at: number): void {
    for (const key of changed) {
      if (key === KEPT_FOREVER) continue;
      const group = this.#groupOf(key);
      group.delete(key);
      group.set(key, at);
    }
    for (const [days, group] of this.#touchedAt) this.#forget(group, at - days * DAY);
  }

  #groupOf(key: string): Map<string, number> {
    const days = OTHER_KEPT_DAYS.get(key.slice(0, key.indexOf(" "))) ?? SHORT_KEPT_DAYS;
    const known = this.#touchedAt.get(days);
    if (known) return known;
    const group = new Map<string, number>();
    this.#touchedAt.set(days, group);
    return group;
  }

  #forget(group: Map<string, number>, before: number): void {
    for (const [key, touchedAt] of group) {
      const isOld = touchedAt < before;
      if (!isOld && this.memories.size <= this.most) return;
      if (!isOld) this.isOverfull = true;
      group.delete(key);
      this.memories.delete(key);
    }
  }
}
