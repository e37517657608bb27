/** What a form shows after its action (lib/server/actions FormState, which components may not import). */
export interface FormResult {
  status: "idle" | "done" | "error";
  message?: string;
  fieldErrors?: Record<string, string>;
  values?: Record<string, string>;
}

export type FormAction = (state: FormResult, form: FormData) => Promise<FormResult>;
