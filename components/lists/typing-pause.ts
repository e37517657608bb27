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
