import type { FormResult } from "@/lib/domain/form-result";
import type { ProofRequest } from "@/lib/domain/step-up";

type Ask = (request: ProofRequest) => Promise<boolean>;

let ask: Ask | null = null;
let refusal: string | undefined;

/** Called by the one dialog that asks as it comes and goes, with what a form says after a cancellation. */
export function answerProofRequests(by: Ask | null, refusalText?: string): void {
  ask = by;
  refusal = refusalText;
}

/**
 * The action, and once more after each proof that it asks for, so that what was asked goes on by itself with the
 * same fields. Cancelled, it answers that nothing was done; where `mayAsk` says no, the proof asked for is the answer.
 */
export function withProof<State extends FormResult>(
  action: (state: State, form: FormData) => Promise<State>,
  mayAsk: () => boolean = () => true,
): (state: State, form: FormData) => Promise<State> {
  return async (state, form) => {
    let next = await action(state, form);
    while (next.proofNeeded && ask && mayAsk()) {
      if (!(await ask(next.proofNeeded))) {
        return { ...next, message: refusal };
      }
      next = await action(state, form);
    }
    return next;
  };
}
