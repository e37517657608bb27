import { afterAll, beforeAll, vi } from "vitest";

/** How long a refused guess is held back before it is answered, as lib/server/rate-limit/limiter.ts has it. */
export const HELD_MILLISECONDS = 2_000;

/**
 * Answers refused guesses at once in this suite, which would wait two seconds for each. `setTimeout` is a spy then, so
 * that a test can see that a refusal would have been held back.
 */
export function provideUnheldRefusals(): void {
  const { setTimeout: real } = globalThis;
  const unheld = (done: () => void, milliseconds?: number, ...values: unknown[]) =>
    real(done, milliseconds === HELD_MILLISECONDS ? 0 : milliseconds, ...values);
  beforeAll(() => void vi.spyOn(globalThis, "setTimeout").mockImplementation(unheld as typeof setTimeout));
  afterAll(() => void vi.mocked(globalThis.setTimeout).mockRestore());
}
