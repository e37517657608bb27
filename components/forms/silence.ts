/** How long a server may say nothing before a person need not wait for it. */
export const SILENT_MILLISECONDS = 10_000;

/** Reports when the server hasn't answered for a while. Time in a confirmation dialog doesn't count. */
export class Silence {
  #tell: (isSilent: boolean) => void;

  constructor(tell: (isSilent: boolean) => void) {
    this.#tell = tell;
  }

  /** The same action; reported while it runs for longer than SILENT_MILLISECONDS. */
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
