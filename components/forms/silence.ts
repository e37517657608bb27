/** How long a server may say nothing before a person need not wait for it. */
export const SILENT_MILLISECONDS = 10_000;

/** Watches whether what was asked of the server stays without an answer; the time in which a person is asked is none. */
export class Silence {
  #tell: (isSilent: boolean) => void;

  constructor(tell: (isSilent: boolean) => void) {
    this.#tell = tell;
  }

  /** The same action; while it runs for longer than SILENT_MILLISECONDS, that is told. */
  watch<Asked extends unknown[], Answer>(
    action: (...asked: Asked) => Promise<Answer>,
  ): (...asked: Asked) => Promise<Answer> {
    return async (...asked) => {
      const timer = setTimeout(() => this.#tell(true), SILENT_MILLISECONDS);
      try {
        return await action(...asked);
      } finally {
        clearTimeout(timer);
        this.#tell(false);
      }
    };
  }
}
