import { afterEach, expect, it, vi } from "vitest";
import { answerProofRequests, withProof } from "@/components/forms/with-proof";
import type { FormResult } from "@/lib/domain/form-result";
import type { ProofRequest } from "@/lib/domain/step-up";

type Action = (state: FormResult, form: FormData) => Promise<FormResult>;
type Ask = (request: ProofRequest) => Promise<boolean>;

const REQUEST: ProofRequest = { username: "anna", hasCode: false };
const IDLE: FormResult = { status: "idle" };
const NEEDED: FormResult = { status: "error", message: "Confirm, then try again.", proofNeeded: REQUEST };
const DONE: FormResult = { status: "done" };

afterEach(() => answerProofRequests(null));

/** An action that needs a proof each time but the last. */
function needing(proofs: number) {
  const action = vi.fn<Action>().mockResolvedValue(DONE);
  for (let left = proofs; left > 0; left -= 1) action.mockResolvedValueOnce(NEEDED);
  return action;
}

it("goes on by itself with the same fields after each proof", async () => {
  const ask = vi.fn<Ask>(async () => true);
  answerProofRequests(ask, "Nothing was done.");
  const form = new FormData();
  const action = needing(2);
  expect(await withProof(action)(IDLE, form)).toEqual(DONE);
  expect(ask.mock.calls).toEqual([[REQUEST], [REQUEST]]);
  expect(action.mock.calls.map(([, sent]) => sent === form)).toEqual([true, true, true]);
});

it("answers that nothing was done when nobody confirms", async () => {
  answerProofRequests(async () => false, "Nothing was done.");
  const action = needing(1);
  expect(await withProof(action)(IDLE, new FormData())).toEqual({ ...NEEDED, message: "Nothing was done." });
  expect(action).toHaveBeenCalledTimes(1);
});

it("asks nobody for a form that is gone by the time of the answer, which is then a refusal with its words", async () => {
  const ask = vi.fn<Ask>(async () => true);
  answerProofRequests(ask, "Nothing was done.");
  let isGone = false;
  const action = needing(1);
  const leaving = vi.fn<Action>(async (state, form) => {
    const answer = await action(state, form);
    isGone = true;
    return answer;
  });
  expect(await withProof(leaving, () => !isGone)(IDLE, new FormData())).toEqual(NEEDED);
  expect(ask).not.toHaveBeenCalled();
  expect(leaving).toHaveBeenCalledTimes(1);
});
