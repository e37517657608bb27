import { Alert, AlertDescription } from "@/components/ui/alert";

/** What a form shows after its action. */
export interface FormResult {
  status: "idle" | "done" | "error";
  message?: string;
  fieldErrors?: Record<string, string>;
}

export type OwnAction<Result extends FormResult = FormResult> = (
  state: Result,
  form: FormData,
) => Promise<Result>;

/** Says what was done or what is wrong, and is read out. */
export function FormMessage({ state }: { state: FormResult }) {
  if (!state.message) return null;
  return (
    <Alert variant={state.status === "done" ? "success" : "destructive"} role="alert">
      <AlertDescription>{state.message}</AlertDescription>
    </Alert>
  );
}
