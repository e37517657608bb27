import type { ProofRequest } from "./step-up";

/** The form's list of the fields that the person changed, names between blanks. Here, as browsers need no zod for it. */
export const TOUCHED_FIELD = "touched";

/** What a form shows after its action: nothing yet, done, or what is wrong and where. */
export interface FormResult<Result = unknown> {
  status: "idle" | "done" | "error";
  message?: string;
  fieldErrors?: Record<string, string>;
  /** What was typed, without passwords, so that an error does not empty the form. */
  values?: Record<string, string>;
  /** What the service answered, when done. */
  result?: Result;
  /** Nothing was done: the password or a code is asked for first. Forms that use `withProof` then go on. */
  proofNeeded?: ProofRequest;
}

export type FormAction<Result = unknown> = (
  state: FormResult<Result>,
  form: FormData,
) => Promise<FormResult<Result>>;
