const waiting = new Set<() => void>();

/** Waits until typing in one field pauses, or until something else is about to change the list. */
export class TypingPause {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due: (() => void) | undefined;

  /** Sends after so long, in place of what waits already. */
  wait(milliseconds: number, send: () => void): void {
    this.stop();
    this.#due = () => {
      this.stop();
      send();
    };
    this.#timer = setTimeout(this.#due, milliseconds);
    waiting.add(this.#due);
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#due) waiting.delete(this.#due);
    this.#due = undefined;
  }
}

/** Sends what is typed in any field at once: called before a filter leads to another address, which would lose it. */
export function sendTyped(): void {
  for (const due of waiting) due();
}

const boxes = new Map<() => void, string>();

/** Has a search box emptied when its search, by this name, is taken away by other means than typing; answers how to stop. */
export function whenTakenAway(name: string, empty: () => void): () => void {
  boxes.set(empty, name);
  return () => void boxes.delete(empty);
}

/** Empties boxes whose search is taken away: what is typed or sent there must not come back. */
export function emptyTyped(isTakenAway: (name: string) => boolean): void {
  for (const [empty, name] of boxes) if (isTakenAway(name)) empty();
}
