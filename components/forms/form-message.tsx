import { Alert, AlertDescription } from "@/components/ui/alert";
import type { FormResult } from "@/lib/domain/form-result";

/** Says what is wrong with the form as a whole, or what was done, and is read out when it appears. */
export function FormMessage({ state }: { state: FormResult }) {
  if (!state.message) return null;
  return (
    <Alert variant={state.status === "done" ? "success" : "destructive"} role="alert">
      <AlertDescription>{state.message}</AlertDescription>
    </Alert>
  );
}
