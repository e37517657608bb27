import type { ProofRequest } from "@/lib/domain/step-up";

/** What a form shows after its action (lib/server/actions FormState, which components may not import). */
export interface FormResult<Result = unknown> {
  status: "idle" | "done" | "error";
  message?: string;
  fieldErrors?: Record<string, string>;
  values?: Record<string, string>;
  result?: Result;
  /** Nothing was done: see `withProof`. */
  proofNeeded?: ProofRequest;
}

export type FormAction<Result = unknown> = (
  state: FormResult<Result>,
  form: FormData,
) => Promise<FormResult<Result>>;
